package org.netchannel.conformance.suite;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.atomic.AtomicLong;
import org.netchannel.conformance.check.ForkedTlcChecker;
import org.netchannel.conformance.check.SpecOracle;
import org.netchannel.conformance.check.TraceChecker;
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
    private final AtomicLong next = new AtomicLong();
    private final long endNs;
    private final TraceChecker tlc;

    ScenarioJobs(Sides sides, Plan plan, Search search, Path modules) {
        this.tlc = new ForkedTlcChecker(modules, TLC_LIMIT);
        this.sides = sides;
        this.plan = plan;
        this.search = search;
        this.profiles = plan.topics().stream().flatMap(topic -> topic.profiles().stream()).distinct().sorted().toList();
        this.endNs = System.nanoTime() + plan.time().toNanos();
    }

    @Override
    public boolean next(SpecOracle oracle) {
        long number = next.getAndIncrement();
        if (number >= plan.runs() || System.nanoTime() - endNs > 0) {
            return false;
        }
        Profile profile = profiles.get((int) (number % profiles.size()));
        long round = number / profiles.size();
        long seed = plan.seed() + round;
        // By the seed, so that the seed alone repeats it.
        Arrangement arrangement =
                plan.arrangements().get((int) Math.floorMod(seed, (long) plan.arrangements().size()));
        ScenarioRunner runner = sides.runner(arrangement);
        Check specification = new Check("the specification", oracle, 1, false);
        Examiner examiner = new Examiner(runner, List.of(specification));
        Examiner withTlc = new Examiner(runner, List.of(specification, new Check("TLC", tlc, TLC_ONCE_IN, false)));
        Run run = withTlc.examine(Scenario.fromSeed(profile, seed), number);
        search.count(run.trace().size(), run.violation(), withTlc.clauses());
        search.countByTlc(withTlc.traces(1));
        if (run.violation().isPresent() && !search.joins(failed(run, arrangement))) {
            search.add(failed(Shrinker.smaller(run, examiner, SHRINK_LIMIT.toNanos()), arrangement));
        }
        return true;
    }

    private static FailedRun failed(Run run, Arrangement arrangement) {
        Scenario scenario = run.scenario();
        String profile = scenario.profile().name().toLowerCase(Locale.ROOT).replace('_', '-');
        return new FailedRun(Part.SCENARIOS, "scenario about " + profile, arrangement, scenario.seed(),
                run.violation().orElseThrow(), FailureReport.start(scenario.setup()),
                scenario.steps().stream().map(Object::toString).toList(), run.header(), run.trace());
    }

    @Override
    public String progress() {
        return String.format("%,d run", Math.min(next.get(), plan.runs()));
    }

    @Override
    public Findings findings() {
        return new Findings(search.findings(), List.of());
    }
}
