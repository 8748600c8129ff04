package org.netchannel.conformance.check;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Stock TLC on the module TraceCheck, in a process and a folder of its own. */
final class TlcProcess {
    private static final int MAX_TEXT_LINES = 400;
    /** Shorter ones end before the better compiler of the JVM pays: found by measuring. */
    private static final int LONG_TRACE_EVENTS = 1_000;
    private static final Pattern EXPLAINED = Pattern.compile("<<\"explained\", (\\d{1,9})>>");
    /** What does not fit into a line TLC prints with more space. */
    private static final Pattern EXPECTED = Pattern.compile("<<\\s*\"expected\",");

    private final List<String> expected = new ArrayList<>();
    private final List<String> errors = new ArrayList<>();
    private int explained;
    private int status;
    private boolean timedOut;
    private List<String> open = null;

    private TlcProcess() {}

    /**
     * Runs TLC to its end.
     *
     * @param folder has the modules, TraceCheck.cfg, and the trace
     * @param trace the trace's file
     * @param events how many events it has
     * @param timeout after this the process is killed
     * @return what it said
     */
    static TlcProcess run(Path folder, Path trace, long events, Duration timeout)
            throws IOException, InterruptedException {
        Path temporary = Files.createDirectories(folder.resolve("tmp"));
        Process process = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-XX:+UseSerialGC",
                        "-XX:TieredStopAtLevel=" + (events < LONG_TRACE_EVENTS ? 1 : 4),
                        "-Xss" + DeepStack.MEGABYTES + "m",
                        "-Djava.io.tmpdir=" + temporary,
                        "-D" + TraceFile.PROPERTY + "=" + trace,
                        "-cp",
                        System.getProperty("java.class.path"),
                        "tlc2.TLC",
                        "-workers",
                        "1",
                        "-deadlock",
                        "-metadir",
                        folder.resolve("states").toString(),
                        "-config",
                        "TraceCheck.cfg",
                        "TraceCheck.tla")
                .directory(folder.toFile())
                .redirectErrorStream(true)
                .start();
        return new TlcProcess().follow(process, timeout);
    }

    private TlcProcess follow(Process process, Duration timeout) throws IOException, InterruptedException {
        AtomicBoolean killed = new AtomicBoolean();
        Thread watchdog = Thread.ofVirtual().start(() -> {
            try {
                if (!process.waitFor(timeout.toNanos(), TimeUnit.NANOSECONDS)) {
                    killed.set(true);
                    process.destroyForcibly();
                }
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        });
        try (BufferedReader out = process.inputReader()) {
            for (String line = out.readLine(); line != null; line = out.readLine()) {
                read(line);
            }
            status = process.waitFor();
            watchdog.join();
            timedOut = killed.get();
            return this;
        } finally {
            process.destroyForcibly();
        }
    }

    private void read(String line) {
        Matcher progress = EXPLAINED.matcher(line);
        if (progress.matches()) {
            explained = Math.max(explained, Integer.parseInt(progress.group(1)));
            open = null;
        } else if (EXPECTED.matcher(line).lookingAt()) {
            open = expected;
            open.clear();
        } else if (line.startsWith("Error: ")) {
            open = errors;
        }
        boolean ends = line.isBlank() || line.startsWith("Error: The behavior up to this point");
        if (ends) {
            open = null;
        }
        if (open != null && open.size() < MAX_TEXT_LINES) {
            open.add(line);
        }
    }

    /** How many events have an explanation. */
    int explained() {
        return explained;
    }

    /** What the operator Explain said, as TLC prints it; empty when it was not asked for. */
    List<String> expected() {
        return expected;
    }

    /** Why TLC stopped early; empty when it did not. */
    String failure() {
        if (timedOut) {
            return "TLC was stopped at its time limit";
        }
        return status == 0 ? "" : "TLC ended with status " + status + ": " + String.join(" ", errors);
    }

    /** Whether TLC was killed, and so did not say what is wrong. */
    boolean timedOut() {
        return timedOut;
    }
}
