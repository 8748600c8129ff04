package org.netchannel.cli.testbed;

import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * Runs a benchmark on two hosts: one serves, the other measures and tells. Whatever happens, also when this process is
 * told to end, no process is left on either; one over ssh ends when its standard input does.
 */
public final class TestbedRun implements AutoCloseable {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final TypeReference<List<Map<String, Object>>> ANSWERS = new TypeReference<>() {};
    private static final int PATIENCE_SECONDS = 10;
    /** The most that a host is silent before it serves or says what it is: it may have to build this program first. */
    private static final Duration SILENCE = Duration.ofMinutes(15);

    /** Reads what a process says. */
    private interface Hearing<T> {
        T hear() throws IOException;
    }

    private final List<TestbedHost> hosts;
    private final Duration silence;
    private final ConcurrentLinkedQueue<Process> running = new ConcurrentLinkedQueue<>();
    private final Thread hook = new Thread(this::end);

    /**
     * Starts nothing yet.
     *
     * @param hosts the one that measures, and the one that serves
     */
    public TestbedRun(List<TestbedHost> hosts) {
        this(hosts, SILENCE);
    }

    /** With other patience. */
    TestbedRun(List<TestbedHost> hosts, Duration silence) {
        this.hosts = List.copyOf(hosts);
        this.silence = silence;
        Runtime.getRuntime().addShutdownHook(hook);
    }

    /**
     * Measures. Progress goes to standard error.
     *
     * @param serving the subcommand of the host that serves; the address to listen on is appended, and its device
     * @param listening what stands before the address in its first line
     * @param measuring the subcommand of the host that measures; the other host's address is appended, and its device
     * @return the hosts as they are, and the answers
     * @throws IOException when either host fails, or says nothing for a quarter of an hour; the message says which, and
     *     what its last line was
     */
    public Map<String, Object> run(List<String> serving, String listening, List<String> measuring) throws IOException {
        Map<String, Object> results = new LinkedHashMap<>();
        List<Map<String, Object>> described = new ArrayList<>();
        for (TestbedHost host : hosts) {
            described.add(describe(host));
        }
        results.put("hosts", described);
        TestbedHost server = hosts.get(1);
        Process other = start(server, with(serving, server.address() + ":0", server.device()));
        String first = hear(server, other, other.inputReader()::readLine);
        if (first == null || !first.startsWith(listening)) {
            throw failure(server, other, first);
        }
        results.put("answers", answers(hosts.get(0),
                with(measuring, first.substring(listening.length()), hosts.get(0).device())));
        return results;
    }

    /** What netchannel doctor finds there. Its status only says whether there is DPDK. */
    private Map<String, Object> describe(TestbedHost host) throws IOException {
        Map<String, Object> description = new LinkedHashMap<>();
        description.put("name", host.name());
        description.put("address", host.address());
        Process doctor = start(host, List.of("doctor", "--json"));
        description.put("doctor", answers(host, doctor, hear(host, doctor, doctor.inputReader()::readAllAsString)));
        return description;
    }

    private <T> T hear(TestbedHost host, Process process, Hearing<T> hearing) throws IOException {
        CompletableFuture<T> heard = CompletableFuture.supplyAsync(() -> {
            try {
                return hearing.hear();
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }, Thread::startVirtualThread);
        try {
            return heard.get(silence.toNanos(), TimeUnit.NANOSECONDS);
        } catch (TimeoutException e) {
            end(process);
            throw new IOException(host.name() + " has said nothing for " + silence.toSeconds() + " s", e);
        } catch (ExecutionException e) {
            throw new IOException("what " + host.name() + " says can't be read", e.getCause());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException("interrupted while " + host.name() + " was silent", e);
        }
    }

    private List<Map<String, Object>> answers(TestbedHost host, List<String> arguments) throws IOException {
        Process process = start(host, arguments);
        return answers(host, process, process.inputReader().readAllAsString());
    }

    private List<Map<String, Object>> answers(TestbedHost host, Process process, String said) throws IOException {
        try {
            return JSON.readValue(said, ANSWERS);
        } catch (IOException e) {
            throw failure(host, process, said.lines().reduce((a, b) -> b).orElse(null));
        }
    }

    private IOException failure(TestbedHost host, Process process, String last) {
        end(process);
        return new IOException(host.name() + " failed with status " + process.exitValue()
                + (last == null ? "" : ": " + last));
    }

    private static List<String> with(List<String> arguments, String address, List<String> device) {
        List<String> all = new ArrayList<>(arguments);
        all.add(address);
        all.addAll(device);
        return all;
    }

    private Process start(TestbedHost host, List<String> arguments) throws IOException {
        Process process = new ProcessBuilder(host.command(arguments))
                .redirectError(ProcessBuilder.Redirect.INHERIT).start();
        running.add(process);
        return process;
    }

    private void end() {
        running.forEach(TestbedRun::end);
    }

    /** First its standard input ends, then it is asked, then it is killed. */
    private static void end(Process process) {
        try {
            process.getOutputStream().close();
            if (!process.waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS)) {
                process.destroy();
            }
            if (!process.waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS)) {
                process.destroyForcibly().waitFor();
            }
        } catch (IOException e) {
            process.destroyForcibly();
        } catch (InterruptedException e) {
            process.destroyForcibly();
            Thread.currentThread().interrupt();
        }
    }

    @Override
    public void close() {
        end();
        Hooks.remove(hook);
    }
}
