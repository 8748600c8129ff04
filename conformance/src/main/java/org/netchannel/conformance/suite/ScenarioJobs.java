package org.netchannel.conformance.suite;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;
import org.netchannel.conformance.check.ForkedTlcChecker;
import org.netchannel.conformance.check.SpecOracle;
import org.netchannel.conformance.check.TraceChecker;
import org.netchannel.conformance.guide.Guide;
import org.netchannel.conformance.guide.Trail;
import org.netchannel.conformance.report.FailureReport;
import org.netchannel.conformance.run.Check;
import org.netchannel.conformance.run.Examiner;
import org.netchannel.conformance.run.Run;
import org.netchannel.conformance.run.ScenarioRunner;
import org.netchannel.conformance.run.Shrinker;
import org.netchannel.conformance.scenario.Profile;
import org.netchannel.conformance.scenario.Scenario;

/** Scenarios of the wanted topics, of one seed after the other, in one arrangement after the other. */
final class ScenarioJobs implements Jobs {
    private static final Duration TLC_LIMIT = Duration.ofMinutes(5);
    private static final int TLC_ONCE_IN = 200;
    private static final Duration SHRINK_LIMIT = Duration.ofSeconds(20);

    private final Sides sides;
    private final Plan plan;
    private final Search search;
    private final List<Profile> profiles;
    private final Guide guide;
    private final AtomicLong begun = new AtomicLong();
    private final long endNs;
    private final TraceChecker tlc;

    ScenarioJobs(Sides sides, Plan plan, Search search, Path modules) {
        this.tlc = new ForkedTlcChecker(modules, TLC_LIMIT);
        this.sides = sides;
        this.plan = plan;
        this.search = search;
        this.profiles = plan.topics().stream().flatMap(topic -> topic.profiles().stream()).distinct().sorted().toList();
        this.guide = Guide.guided(profiles, plan.seed(), plan.runs());
        this.endNs = System.nanoTime() + plan.time().toNanos();
    }

    @Override
    public boolean next(SpecOracle oracle) throws InterruptedException {
        Optional<Guide.Chosen> chosen = System.nanoTime() - endNs > 0 ? Optional.empty() : guide.next();
        if (chosen.isEmpty()) {
            return false;
        }
        begun.incrementAndGet();
        // By the seed, so that the seed alone repeats it.
        int side = (int) Math.floorMod(chosen.get().scenario().seed(), (long) plan.arrangements().size());
        run(chosen.get(), plan.arrangements().get(side), oracle);
        return true;
    }

    private void run(Guide.Chosen chosen, Arrangement arrangement, SpecOracle oracle) {
        ScenarioRunner runner = sides.runner(arrangement);
        Trail trail = new Trail();
        Check specification = specification((header, lines) -> oracle.check(header, lines, trail));
        Examiner withTlc = new Examiner(runner, List.of(specification, new Check("TLC", tlc, TLC_ONCE_IN, false)));
        Optional<Trail> exercised = Optional.empty();
        Run run;
        try {
            run = withTlc.examine(chosen.scenario(), chosen.number());
            exercised = run.violation().isEmpty() ? Optional.of(trail) : exercised;
        } finally {
            guide.done(chosen, exercised);
        }
        search.count(run.trace().size(), run.violation(), withTlc.clauses());
        search.countByTlc(withTlc.traces(1));
        exercised.ifPresent(search::count);
        if (run.violation().isPresent() && !search.joins(failed(run, chosen, arrangement))) {
            Examiner examiner = new Examiner(runner, List.of(specification(oracle)));
            search.add(failed(Shrinker.smaller(run, examiner, SHRINK_LIMIT.toNanos()), chosen, arrangement));
        }
    }

    private static Check specification(TraceChecker checker) {
        return new Check("the specification", checker, 1, false);
    }

    private FailedRun failed(Run run, Guide.Chosen chosen, Arrangement arrangement) {
        Scenario scenario = run.scenario();
        String profile = scenario.profile().name().toLowerCase(Locale.ROOT).replace('_', '-');
        return new FailedRun(Part.SCENARIOS, "scenario about " + profile, arrangement, scenario.seed(),
                run.violation().orElseThrow(), FailureReport.start(scenario.setup()),
                scenario.steps().stream().map(Object::toString).toList(), run.header(), run.trace(), again(chosen));
    }

    /** What was made from another scenario takes all runs that led to it. */
    private String again(Guide.Chosen chosen) {
        return chosen.mutated() ? " --seed " + plan.seed() + " --runs " + (chosen.number() + 1)
                : " --seed " + chosen.scenario().seed() + " --runs " + profiles.size();
    }

    @Override
    public String progress() {
        return String.format("%,d run", begun.get());
    }

    @Override
    public Findings findings() {
        return new Findings(search.findings(), List.of());
    }
}
