package org.netchannel.cli.verify;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.SequencedMap;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;
import org.netchannel.cli.Home;
import org.netchannel.cli.Progress;
import org.netchannel.cli.verify.Finding.Violation;
import org.netchannel.conformance.check.ForkedTlcChecker;
import org.netchannel.conformance.check.SpecOracle;
import org.netchannel.conformance.check.TraceChecker;
import org.netchannel.conformance.check.Verdict;
import org.netchannel.conformance.report.WalkReport;
import org.netchannel.conformance.transfer.Implementations;
import org.netchannel.conformance.walk.Walk;
import org.netchannel.conformance.walk.WalkCoverage;
import org.netchannel.conformance.walk.WalkResult;
import org.netchannel.conformance.walk.WalkRunner;
import org.netchannel.conformance.walk.Walks;
import org.netchannel.traces.Endpoint;

/**
 * Walks through the specification's behaviours, replayed on an implementation on both sides of a simulated link: every
 * action, and every pair of actions that can follow each other. Each processor takes its turn of the walks.
 */
public final class WalksPart implements Part {
    private static final Duration TLC_LIMIT = Duration.ofMinutes(5);
    private static final int MOST_WORKERS = 4;
    private static final int MOST_SHOWN = 3;
    private static final int DIAGRAM_ROWS = 60;

    private final String name;
    private final Supplier<Endpoint> implementation;
    private final long seed;
    private final Home home;
    private final Workspace workspace;

    /**
     * Walks that have not been replayed yet.
     *
     * @param implementation the name of the endpoints on both sides
     * @param seed fixes what the endpoints choose
     * @param home where the specification is
     * @param workspace where files go
     */
    public WalksPart(String implementation, long seed, Home home, Workspace workspace) {
        this.name = implementation;
        this.implementation = Implementations.maker(implementation).orElseThrow();
        this.seed = seed;
        this.home = home;
        this.workspace = workspace;
    }

    @Override
    public String name() {
        return "walks";
    }

    @Override
    public Finding run(Progress progress) throws IOException, InterruptedException {
        List<Walk> walks = Walks.builtIn();
        int workers = Math.clamp(Runtime.getRuntime().availableProcessors(), 1, MOST_WORKERS);
        AtomicInteger next = new AtomicInteger();
        List<WalkResult> results = new ArrayList<>();
        try (ExecutorService executor = Executors.newFixedThreadPool(workers)) {
            List<Future<List<WalkResult>>> futures = new ArrayList<>();
            for (int i = 0; i < workers; i++) {
                futures.add(executor.submit(() -> replay(walks, next, progress)));
            }
            for (Future<List<WalkResult>> future : futures) {
                results.addAll(future.get());
            }
        } catch (ExecutionException e) {
            throw new IllegalStateException("replaying walks", e.getCause());
        }
        return finding(results);
    }

    private List<WalkResult> replay(List<Walk> walks, AtomicInteger next, Progress progress) {
        WalkRunner runner = new WalkRunner(implementation, new SpecOracle(home.modules()));
        List<WalkResult> results = new ArrayList<>();
        for (int i = next.getAndIncrement();
                i < walks.size() && !Thread.currentThread().isInterrupted();
                i = next.getAndIncrement()) {
            progress.show(String.format("walks: %d of %d", i, walks.size()));
            results.add(runner.run(walks.get(i), seed));
        }
        return results;
    }

    private Finding finding(List<WalkResult> results) throws IOException {
        WalkCoverage coverage = new WalkCoverage();
        results.forEach(coverage::add);
        List<WalkResult> failed = results.stream().filter(result -> result.violation().isPresent())
                .sorted(Comparator.comparingInt(result -> result.trace().size()))
                .toList();
        SequencedMap<String, Object> numbers = new LinkedHashMap<>();
        numbers.put("walks", coverage.walks());
        numbers.put("walksFailed", failed.size());
        numbers.put("steps", coverage.steps());
        numbers.put("stepsTaken", coverage.stepsTaken());
        numbers.put("actions", coverage.actions().size());
        numbers.put("pairs", coverage.pairs());
        numbers.put("pairsPossible", coverage.possiblePairs());
        numbers.put("pairsNotTaken", coverage.missing());
        numbers.put("pairsWithPackets", coverage.pairsOfKinds());
        numbers.put("traceLines", coverage.lines());
        String summary = String.format("%,d walks through the specification: %d actions, %,d of %,d possible pairs of"
                        + " actions, %,d with packet types; %,d of %,d steps taken as there; %,d trace lines checked by"
                        + " the specification",
                coverage.walks(), coverage.actions().size(), coverage.pairs(), coverage.possiblePairs(),
                coverage.pairsOfKinds(), coverage.stepsTaken(), coverage.steps(), coverage.lines());
        return new Finding(summary, numbers, coverage.clauses(), violations(failed));
    }

    private List<Violation> violations(List<WalkResult> failed) throws IOException {
        TraceChecker tlc = new ForkedTlcChecker(home.modules(), TLC_LIMIT);
        List<Violation> violations = new ArrayList<>();
        for (WalkResult result : failed.subList(0, Math.min(MOST_SHOWN, failed.size()))) {
            violations.add(violation(result, violations.size() + 1, tlc));
        }
        if (failed.size() > MOST_SHOWN) {
            violations.add(new Violation("in " + (failed.size() - MOST_SHOWN) + " other walks", Set.of(),
                    List.of("the shortest ones are shown"), List.of()));
        }
        return violations;
    }

    private Violation violation(WalkResult result, int number, TraceChecker tlc) throws IOException {
        Path trace = workspace.folder().resolve("walk-" + number + ".ndjson");
        WalkReport.write(result, trace);
        List<String> lines = new ArrayList<>(WalkReport.of(result, DIAGRAM_ROWS));
        lines.add(tlc.check(result.header(), result.trace()) instanceof Verdict.Accepted
                ? "TLC accepts the trace: what is wrong is what does not come"
                : "TLC does not accept the trace either");
        lines.add("again with: netchannel verify --implementation " + name + " --only walks --seed " + seed);
        var found = result.violation().orElseThrow();
        return new Violation("in a walk, " + found.kind(), found.clauses(), lines, workspace.evidence(List.of(trace)));
    }
}
