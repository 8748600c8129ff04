package org.netchannel.cli.verify;

import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Optional;
import java.util.SequencedMap;
import java.util.Set;
import java.util.SplittableRandom;
import org.netchannel.cli.Home;
import org.netchannel.cli.Progress;
import org.netchannel.cli.trace.CountedCheck;
import org.netchannel.cli.verify.Finding.Violation;
import org.netchannel.conformance.check.ForkedTlcChecker;
import org.netchannel.conformance.check.SpecOracle;
import org.netchannel.conformance.check.TraceChecker;
import org.netchannel.conformance.check.Verdict;
import org.netchannel.conformance.transfer.LinkPlan;
import org.netchannel.conformance.transfer.TraceMerger;
import org.netchannel.conformance.transfer.Transfer;
import org.netchannel.traces.TraceLine;
import org.netchannel.traces.TraceReader;

/**
 * A file moved both ways at once between two processes over TCP, and the trace of it judged by the specification: once
 * executed here, once by TLC in a process of its own.
 */
public final class TransferPart implements Part {
    private static final int OWN_BYTES = 64 << 20;
    private static final Duration TLC_LIMIT = Duration.ofMinutes(10);

    /**
     * What is to be moved, and how.
     *
     * @param implementation the name of the endpoints on both sides
     * @param file what to move, or empty for a file of its own
     * @param channels number of data channels
     * @param kill whether one of them is broken in the middle
     * @param seed fixes the endpoints' choices, and the content of a file of its own
     * @param hostCommand starts a process that runs one host
     */
    public record Settings(
            String implementation,
            Optional<Path> file,
            int channels,
            boolean kill,
            long seed,
            List<String> hostCommand) {}

    private final Settings settings;
    private final Home home;
    private final Workspace workspace;
    private final SequencedMap<String, Object> numbers = new LinkedHashMap<>();
    private final Set<String> clauses = new HashSet<>();
    private final List<Violation> violations = new ArrayList<>();

    /**
     * A transfer that has not begun.
     *
     * @param settings what is to be moved
     * @param home where the specification is
     * @param workspace where files go
     */
    public TransferPart(Settings settings, Home home, Workspace workspace) {
        this.settings = settings;
        this.home = home;
        this.workspace = workspace;
    }

    @Override
    public String name() {
        return "transfer";
    }

    @Override
    public Finding run(Progress progress) throws IOException, InterruptedException {
        Path file = settings.file().isPresent() ? settings.file().get() : ownFile();
        Transfer.Result result = Transfer.run(
                new Transfer.Order(file, workspace.folder(), settings.implementation(), settings.implementation(),
                        new LinkPlan(0, settings.channels()), settings.kill(), settings.seed(), settings.hostCommand()),
                (received, total) -> progress.show(
                        String.format("transfer: %,d of %,d bytes received", received, total)));
        numbers.put("bytes", result.bytes());
        numbers.put("dataChannels", settings.channels());
        numbers.put("killedChannel", result.killedChannel());
        numbers.put("channelFailures", result.channelFailures());
        numbers.put("transferSeconds", seconds(result.took()));
        if (!result.problems().isEmpty()) {
            violations.add(new Violation(
                    "the transfer went wrong", Set.of(), result.problems(), workspace.evidence(result.traces())));
        }
        for (Path trace : result.traces()) {
            workspace.keep(trace);
        }
        if (result.traces().size() == 2) {
            judge(result.traces(), progress);
        }
        return new Finding(summary(result), numbers, clauses, violations);
    }

    private void judge(List<Path> traces, Progress progress) throws IOException {
        Path merged = workspace.folder().resolve("merged.ndjson");
        long lines = TraceMerger.merge(traces.get(0), traces.get(1), merged).lines();
        workspace.keep(merged);
        numbers.put("traceLines", lines);
        judge("the specification", "specSeconds", new SpecOracle(home.modules()), merged, lines, progress);
        judge("TLC", "tlcSeconds", new ForkedTlcChecker(home.modules(), TLC_LIMIT), merged, lines, progress);
    }

    private void judge(String who, String key, TraceChecker checker, Path trace, long lines, Progress progress)
            throws IOException {
        long startedNs = System.nanoTime();
        Verdict verdict;
        try (TraceReader reader = TraceReader.open(trace)) {
            Iterable<TraceLine> counted = () -> CountedCheck.telling(reader.iterator(), line -> progress.show(
                    String.format("transfer: line %,d of %,d goes to %s", line.step(), lines, who)));
            verdict = checker.check(reader.header(), counted);
        }
        numbers.put(key, seconds(Duration.ofNanos(System.nanoTime() - startedNs)));
        if (verdict instanceof Verdict.Accepted accepted) {
            clauses.addAll(accepted.clauses());
        } else {
            Verdicts.violation("the trace of the transfer, checked by " + who + ",", verdict,
                    workspace.evidence(List.of(trace))).ifPresent(violations::add);
        }
    }


    private String summary(Transfer.Result result) {
        String killed = result.killedChannel() == 0 ? "" : ", channel " + result.killedChannel() + " killed";
        String sums = result.problems().isEmpty() ? "SHA-256 equal on both sides" : "not complete";
        String judged = numbers.containsKey("traceLines")
                ? String.format("; %,d trace lines %s by the specification in %s s and by TLC in %s s",
                        (Long) numbers.get("traceLines"), violations.isEmpty() ? "accepted" : "checked",
                        numbers.get("specSeconds"), numbers.get("tlcSeconds"))
                : "";
        return String.format("%,d bytes both ways at once over %d TCP connections in %s s%s, %s%s",
                result.bytes(), settings.channels() + 1, numbers.get("transferSeconds"), killed, sums, judged);
    }

    private Path ownFile() throws IOException {
        Path file = workspace.folder().resolve("content");
        SplittableRandom random = new SplittableRandom(settings.seed());
        byte[] piece = new byte[1 << 16];
        try (OutputStream out = new BufferedOutputStream(Files.newOutputStream(file))) {
            for (int written = 0; written < OWN_BYTES; written += piece.length) {
                random.nextBytes(piece);
                out.write(piece);
            }
        }
        return file;
    }

    private static double seconds(Duration duration) {
        return Math.round(duration.toMillis() / 100.0) / 10.0;
    }
}
