package org.netchannel.cli.verify;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Locale;
import java.util.SequencedMap;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicLongArray;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.netchannel.cli.Home;
import org.netchannel.cli.Progress;
import org.netchannel.cli.verify.Finding.Violation;
import org.netchannel.conformance.check.ForkedTlcChecker;
import org.netchannel.conformance.check.SpecOracle;
import org.netchannel.conformance.drill.Drill;
import org.netchannel.conformance.drill.DrillResult;
import org.netchannel.conformance.drill.DrillRunner;
import org.netchannel.conformance.drill.Drills;
import org.netchannel.conformance.report.FailureReport;
import org.netchannel.conformance.guide.FollowedOracle;
import org.netchannel.conformance.guide.Guide;
import org.netchannel.conformance.run.Campaign;
import org.netchannel.conformance.run.Check;
import org.netchannel.conformance.run.Counter;
import org.netchannel.conformance.run.Coverage;
import org.netchannel.conformance.run.Examiner;
import org.netchannel.conformance.run.Failure;
import org.netchannel.conformance.run.ScenarioRunner;
import org.netchannel.conformance.scenario.Profile;
import org.netchannel.conformance.transfer.Implementations;
import org.netchannel.traces.Endpoint;

/**
 * An implementation under drills, then on both sides of a simulated link under scenarios of many seeds: every byte is
 * checked, every trace is judged by the executed specification, and TLC judges a sample and every trace that was
 * rejected. All processors run one campaign, guided by what it has exercised. While a drill fails there are no
 * scenarios: they would find the same less plainly.
 */
public final class ScenariosPart implements Part {
    private static final Duration TLC_LIMIT = Duration.ofMinutes(5);
    private static final Duration SHRINK_LIMIT = Duration.ofSeconds(20);
    private static final int TLC_ONCE_IN = 200;
    private static final int MOST_FAILURES = 2;
    private static final int MOST_WORKERS = 8;
    /** The evaluator of the specification is recursive, and recurses deeply where the specification does. */
    private static final long STACK_BYTES = 64 << 20;
    private static final int DIAGRAM_ROWS = 60;

    /**
     * How much to do.
     *
     * @param implementation the name of the endpoints on both sides
     * @param seed the first seed of every profile
     * @param runs how many scenarios at most
     * @param time for how long at most, apart from making failing ones smaller
     */
    public record Settings(String implementation, long seed, long runs, Duration time) {}

    private record Worked(Campaign.Result result, Examiner examiner, Map<String, Long> actions) {}

    private record Drilled(List<DrillResult> results, SpecOracle oracle) {}

    private interface Task<T> {
        T run(int worker) throws IOException, InterruptedException;
    }

    private final Supplier<Endpoint> implementation;
    private final Settings settings;
    private final Home home;
    private final Workspace workspace;
    private final int workers;

    /**
     * Scenarios that have not been run yet.
     *
     * @param settings how much to do
     * @param home where the specification is
     * @param workspace where files go
     */
    public ScenariosPart(Settings settings, Home home, Workspace workspace) {
        this.implementation = Implementations.maker(settings.implementation()).orElseThrow();
        this.settings = settings;
        this.home = home;
        this.workspace = workspace;
        long profiles = Profile.values().length;
        long useful = Math.min(Runtime.getRuntime().availableProcessors(), Math.ceilDiv(settings.runs(), profiles));
        this.workers = Math.clamp(useful, 1, MOST_WORKERS);
    }

    @Override
    public String name() {
        return "scenarios";
    }

    @Override
    public Finding run(Progress progress) throws IOException, InterruptedException {
        ExecutorService executor = Executors.newFixedThreadPool(
                workers, Thread.ofPlatform().name("scenarios-", 1).stackSize(STACK_BYTES).factory());
        try {
            progress.show("scenarios: drills");
            List<Drilled> drilled = onEach(executor, this::drill);
            DrillsReport drills = new DrillsReport(drilled.stream().flatMap(each -> each.results().stream()).toList());
            if (drills.failed() > 0) {
                return drills.finding(new ForkedTlcChecker(home.modules(), TLC_LIMIT), workspace);
            }
            Guide guide = Guide.guided(List.of(Profile.values()), settings.seed(), settings.runs());
            AtomicLongArray done = new AtomicLongArray(workers);
            List<Worked> all = onEach(executor, worker -> work(guide, drilled.get(worker).oracle(), coverage -> {
                done.set(worker, coverage.get(Counter.SCENARIOS));
                progress.show(String.format("scenarios: %,d run", sum(done)));
            }));
            return finding(all, drills);
        } finally {
            executor.shutdownNow();
        }
    }

    private <T> List<T> onEach(ExecutorService executor, Task<T> task) throws IOException, InterruptedException {
        List<Future<T>> futures = new ArrayList<>();
        for (int i = 0; i < workers; i++) {
            int worker = i;
            futures.add(executor.submit(() -> task.run(worker)));
        }
        List<T> results = new ArrayList<>();
        for (Future<T> future : futures) {
            results.add(result(future));
        }
        return results;
    }

    private static <T> T result(Future<T> future) throws IOException, InterruptedException {
        try {
            return future.get();
        } catch (ExecutionException e) {
            if (e.getCause() instanceof IOException failure) {
                throw failure;
            }
            throw new IllegalStateException("running scenarios", e.getCause());
        }
    }

    /** Each worker takes its turn of the drills, with an oracle that it keeps. */
    private Drilled drill(int worker) {
        SpecOracle oracle = new SpecOracle(home.modules());
        DrillRunner runner = new DrillRunner(implementation, oracle);
        List<DrillResult> results = new ArrayList<>();
        List<Drill> drills = Drills.all();
        for (int i = worker; i < drills.size() && !runner.isStuck(); i += workers) {
            results.add(runner.run(drills.get(i)));
        }
        return new Drilled(results, oracle);
    }

    private static long sum(AtomicLongArray numbers) {
        long sum = 0;
        for (int i = 0; i < numbers.length(); i++) {
            sum += numbers.get(i);
        }
        return sum;
    }

    /** Which scenarios there are does not depend on who runs them. */
    private Worked work(Guide guide, SpecOracle oracle, Consumer<Coverage> progress) throws InterruptedException {
        FollowedOracle followed = new FollowedOracle(oracle);
        Examiner examiner = new Examiner(new ScenarioRunner(implementation, implementation), List.of(
                new Check("the specification", followed, 1, false),
                new Check("TLC", new ForkedTlcChecker(home.modules(), TLC_LIMIT), TLC_ONCE_IN, true)));
        Campaign.Plan plan = new Campaign.Plan(List.of(Profile.values()), settings.seed(), settings.runs(),
                settings.time().toNanos(), MOST_FAILURES, SHRINK_LIMIT.toNanos());
        Campaign.Result result = new Campaign(examiner).run(guide, followed::last, plan, progress);
        return new Worked(result, examiner, followed.actions());
    }

    private Finding finding(List<Worked> all, DrillsReport drills) throws IOException {
        Coverage coverage = new Coverage();
        Set<String> clauses = new TreeSet<>(drills.clauses());
        Map<String, Long> actions = new LinkedHashMap<>();
        List<Violation> violations = new ArrayList<>();
        for (Worked worked : all) {
            worked.actions().forEach((action, times) -> actions.merge(action, times, Long::sum));
            coverage.add(worked.result().coverage());
            clauses.addAll(worked.examiner().clauses());
            for (Failure failure : worked.result().failures()) {
                violations.add(violation(failure));
            }
        }
        long lines = drills.lines() + all.stream().mapToLong(worked -> worked.examiner().lines(0)).sum();
        long byTlc = all.stream().mapToLong(worked -> worked.examiner().traces(1)).sum();
        SequencedMap<String, Object> numbers = new LinkedHashMap<>();
        numbers.put("drills", drills.count());
        numbers.put("scenarios", coverage.get(Counter.SCENARIOS));
        numbers.put("traceLines", lines);
        numbers.put("tracesByTlc", byTlc);
        numbers.put("coverage", coverage.asMap());
        numbers.put("actions", actions);
        long taken = actions.values().stream().filter(times -> times > 0).count();
        String summary = String.format("%,d drills, %,d scenarios of %d profiles, %,d connections, every byte checked;"
                        + " %,d trace lines checked by the specification, %d of %d of its actions taken,"
                        + " %,d traces by TLC too",
                drills.count(), coverage.get(Counter.SCENARIOS), Profile.values().length,
                coverage.get(Counter.CONNECTIONS), lines,
                taken, actions.size(), byTlc);
        return new Finding(summary, numbers, clauses, violations);
    }

    /** What was made from another scenario takes all runs that led to it. */
    private String again(Guide.Chosen chosen) {
        return chosen.mutated() ? " --seed " + settings.seed() + " --runs " + (chosen.number() + 1)
                : " --seed " + chosen.scenario().seed() + " --runs " + Profile.values().length;
    }

    private Violation violation(Failure failure) throws IOException {
        String profile = failure.original().profile().name().toLowerCase(Locale.ROOT);
        long seed = failure.original().seed();
        Path trace = workspace.folder().resolve("scenario-" + profile + "-" + seed + ".ndjson");
        FailureReport.write(failure, trace);
        List<String> lines = new ArrayList<>(FailureReport.of(failure, DIAGRAM_ROWS));
        lines.add("again with: netchannel verify --implementation " + settings.implementation()
                + " --only scenarios" + again(failure.chosen()));
        var found = failure.smallest().violation().orElseThrow();
        return new Violation(
                "in a scenario, " + found.kind(), found.clauses(), lines, workspace.evidence(List.of(trace)));
    }
}
