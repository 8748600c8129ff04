package org.netchannel.cli;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.function.Consumer;

/**
 * {@code netchannel verify --only models} in a process of its own, of lower priority: it has what the tests leave of
 * the processors, and all of them after that. One thread calls.
 */
final class ModelsProcess implements AutoCloseable {
    /** Enough for the tests to come first, and for TLC to come to its end when they spin on every processor. */
    private static final List<String> NICE = List.of("nice", "-n", "10");

    private final Process process;
    private final CompletableFuture<List<String>> report;
    private final Thread killer;
    private volatile Consumer<String> progress = line -> { };

    private ModelsProcess(Process process) {
        this.process = process;
        killer = new Thread(process::destroy);
        Runtime.getRuntime().addShutdownHook(killer);
        report = CompletableFuture.supplyAsync(
                () -> process.inputReader().lines().toList(), Thread::startVirtualThread);
        Thread.startVirtualThread(this::tell);
    }

    /**
     * Starts checking, with the classes of this process.
     *
     * @throws IOException when no process can be started
     */
    static ModelsProcess start() throws IOException {
        List<String> command = new ArrayList<>(NICE);
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.addAll(ManagementFactory.getRuntimeMXBean().getInputArguments());
        command.addAll(List.of("-cp", System.getProperty("java.class.path"), Main.class.getName(),
                "verify", "--only", "models"));
        return new ModelsProcess(new ProcessBuilder(command).start());
    }

    private void tell() {
        try (BufferedReader said = process.errorReader()) {
            for (String line = said.readLine(); line != null; line = said.readLine()) {
                progress.accept(line);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /**
     * Waits for the end.
     *
     * @param lines are told how far it is
     * @param out is told what it comes to
     * @return the exit status of the command
     */
    int await(Consumer<String> lines, Consumer<String> out) throws InterruptedException, IOException {
        progress = lines;
        try {
            report.get().forEach(out);
        } catch (ExecutionException e) {
            throw new IOException("what is found about the models can't be read", e.getCause());
        }
        return process.waitFor();
    }

    /** Ends it, wherever it is; it ends what it has started. */
    @Override
    public void close() {
        Runtime.getRuntime().removeShutdownHook(killer);
        process.destroy();
    }
}
