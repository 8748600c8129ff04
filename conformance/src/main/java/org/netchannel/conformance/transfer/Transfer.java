package org.netchannel.conformance.transfer;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.BiConsumer;

/**
 * Moves a file both ways at once between two processes, each with an endpoint on TCP connections over loopback, and
 * compares what came with what was sent. Leaves the trace of each process in a folder. One thread calls.
 */
public final class Transfer {
    private static final Duration START_LIMIT = Duration.ofSeconds(60);
    private static final Duration STALL_LIMIT = Duration.ofSeconds(20);
    private static final Duration CLOSE_LIMIT = Duration.ofSeconds(30);

    /**
     * What to move, and how.
     *
     * @param file a regular file of at most {@link FileContent#MAX_BYTES} bytes
     * @param folder where traces and what the processes complain about go
     * @param dialing the implementation on host A, which dials; see {@link Implementations}
     * @param accepting the implementation on host B
     * @param channels the data channels
     * @param kill whether A breaks a data channel after a third of the file
     * @param seed fixes the endpoints' choices
     * @param childCommand starts a process that runs {@link TransferHost#run} on its standard streams
     */
    public record Order(
            Path file,
            Path folder,
            String dialing,
            String accepting,
            LinkPlan channels,
            boolean kill,
            long seed,
            List<String> childCommand) {}

    /**
     * What came of it.
     *
     * @param bytes the file's length
     * @param problems what went wrong, one line each; empty when both sides received the file and closed cleanly
     * @param killedChannel the data channel that was broken on purpose, 0 for none
     * @param channelFailures how often a host has seen a channel fail
     * @param took how long the two processes ran
     * @param traces the trace files that are there, host A's first
     */
    public record Result(
            long bytes,
            List<String> problems,
            int killedChannel,
            long channelFailures,
            Duration took,
            List<Path> traces) {}

    private record Heard(String host, HostReport report, String problem) {}

    private final Order order;
    private final BiConsumer<Long, Long> progress;
    private final BlockingQueue<Heard> heard = new LinkedBlockingQueue<>();
    private final List<String> problems = new ArrayList<>();
    private final Map<String, HostReport> last = new java.util.HashMap<>();

    private Transfer(Order order, BiConsumer<Long, Long> progress) {
        this.order = order;
        this.progress = progress;
    }

    /**
     * Runs the transfer to its end. No process is left behind, also when this one is ended.
     *
     * @param order what to move
     * @param progress is told the bytes received so far, both hosts together, and how many there will be
     * @return what came of it
     * @throws IOException when the file can't be read or no process can be started
     * @throws InterruptedException when the thread is interrupted; the processes are ended
     */
    public static Result run(Order order, BiConsumer<Long, Long> progress) throws IOException, InterruptedException {
        return new Transfer(order, progress).run();
    }

    private Result run() throws IOException, InterruptedException {
        long startedNs = System.nanoTime();
        try (FileContent content = FileContent.open(order.file());
                Child b = new Child("B", plan("B", 0, content.length()))) {
            int port = awaitReady("B");
            if (port > 0) {
                try (Child a = new Child("A", plan("A", port, content.length()))) {
                    awaitDone(2 * content.length());
                    a.stop();
                    b.stop();
                    awaitClosed(a);
                    awaitClosed(b);
                }
                check(content);
            }
            return result(content.length(), Duration.ofNanos(System.nanoTime() - startedNs));
        }
    }

    private HostPlan plan(String host, int port, long length) {
        boolean dials = host.equals("A");
        long kill = order.kill() && dials ? length / 3 : -1;
        return new HostPlan(host, dials ? order.dialing() : order.accepting(), dials, port,
                order.file().toAbsolutePath().toString(), trace(host).toAbsolutePath().toString(), Map.of(),
                order.seed() + (dials ? 0 : 1), System.currentTimeMillis() * 1_000_000,
                order.channels().latency(), order.channels().throughput(), kill, STALL_LIMIT.toNanos());
    }

    private Path trace(String host) {
        return order.folder().resolve(host + ".ndjson");
    }

    private int awaitReady(String host) throws InterruptedException {
        Heard first = heard.poll(START_LIMIT.toSeconds(), TimeUnit.SECONDS);
        if (first == null || first.report() == null) {
            problems.add("host " + host + ": " + (first == null ? "has not started in time" : first.problem()));
            return 0;
        }
        return first.report().port();
    }

    private void awaitDone(long total) throws InterruptedException {
        while (problems.isEmpty() && !(isDone("A") && isDone("B"))) {
            Heard next = heard.poll(START_LIMIT.toSeconds(), TimeUnit.SECONDS);
            if (next == null) {
                problems.add("the processes have said nothing for " + START_LIMIT.toSeconds() + " s");
            } else {
                take(next);
                progress.accept(received("A") + received("B"), total);
            }
        }
    }

    private void take(Heard next) {
        if (next.report() == null) {
            problems.add("host " + next.host() + ": " + next.problem());
            return;
        }
        last.put(next.host(), next.report());
        if (!next.report().failure().isEmpty() && next.report().phase() == HostReport.Phase.DONE) {
            problems.add("host " + next.host() + ": " + next.report().failure());
        }
    }

    private boolean isDone(String host) {
        return last.containsKey(host) && last.get(host).phase().compareTo(HostReport.Phase.DONE) >= 0;
    }

    private long received(String host) {
        return last.containsKey(host) ? last.get(host).received() : 0;
    }

    private void awaitClosed(Child child) throws InterruptedException {
        if (!child.process.waitFor(CLOSE_LIMIT.toSeconds(), TimeUnit.SECONDS)) {
            problems.add("host " + child.host + ": has not ended in time");
        } else if (child.process.exitValue() != 0) {
            problems.add("host " + child.host + ": ended with status " + child.process.exitValue());
        }
    }

    private void check(FileContent content) {
        if (!problems.isEmpty()) {
            return;
        }
        String expected = HexFormat.of().formatHex(content.sha256());
        last.forEach((host, report) -> {
            if (report.received() != content.length()) {
                problems.add("host " + host + ": received " + report.received() + " of " + content.length() + " bytes");
            } else if (!report.receivedSha256().equals(expected)) {
                problems.add("host " + host + ": received SHA-256 " + report.receivedSha256() + ", sent " + expected);
            }
        });
        if (order.kill() && last.get("A").killedChannel() == 0) {
            problems.add("no data channel could be broken: nothing was in flight");
        }
    }

    private Result result(long length, Duration took) {
        HostReport a = last.get("A");
        long failures = last.values().stream().mapToLong(HostReport::channelFailures).sum();
        List<Path> traces = List.of(trace("A"), trace("B")).stream().filter(Files::exists).toList();
        return new Result(length, List.copyOf(problems), a == null ? 0 : a.killedChannel(), failures, took, traces);
    }

    /** One of the two processes; ended with this object, or with this process. */
    private final class Child implements AutoCloseable {
        private static final ObjectMapper JSON = new ObjectMapper();

        private final String host;
        private final Process process;
        private final Thread killer;
        private final PrintWriter input;

        Child(String host, HostPlan plan) throws IOException {
            this.host = host;
            this.process = new ProcessBuilder(order.childCommand())
                    .redirectError(complaints().toFile())
                    .start();
            this.killer = new Thread(process::destroyForcibly);
            Runtime.getRuntime().addShutdownHook(killer);
            this.input = new PrintWriter(process.outputWriter(), true);
            input.println(JSON.writeValueAsString(plan));
            Thread.ofPlatform().daemon().name("host " + host).start(this::listen);
        }

        private Path complaints() {
            return order.folder().resolve(host + ".err");
        }

        private void listen() {
            try (BufferedReader reader = process.inputReader()) {
                for (String line = reader.readLine(); line != null; line = reader.readLine()) {
                    heard.add(new Heard(host, JSON.readValue(line, HostReport.class), ""));
                }
                process.waitFor();
                if (process.exitValue() != 0) {
                    heard.add(new Heard(host, null, "ended with status " + process.exitValue() + lastComplaint()));
                }
            } catch (JsonProcessingException e) {
                heard.add(new Heard(host, null, "said something that is no report"));
            } catch (IOException e) {
                heard.add(new Heard(host, null, "can't be heard: " + e.getMessage()));
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        }

        private String lastComplaint() throws IOException {
            List<String> lines = Files.readAllLines(complaints());
            return lines.isEmpty() ? "" : ": " + lines.getLast();
        }

        void stop() {
            input.println("stop");
        }

        @Override
        public void close() {
            process.destroyForcibly().onExit().join();
            input.close();
            Runtime.getRuntime().removeShutdownHook(killer);
        }
    }
}
