package org.netchannel.conformance.run;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import org.netchannel.conformance.scenario.Profile;
import org.netchannel.conformance.scenario.Scenario;

/** Runs the scenarios of many seeds, and makes those that fail smaller. One thread calls. */
public final class Campaign {
    private final Examiner examiner;

    /**
     * Makes a campaign.
     *
     * @param examiner runs and judges the scenarios
     */
    public Campaign(Examiner examiner) {
        this.examiner = examiner;
    }

    /**
     * What to run.
     *
     * @param profiles what to draw scenarios from, in turn
     * @param firstSeed the first seed of every profile
     * @param scenarios how many scenarios of each profile
     * @param limitNanos stops after the scenario during which so much time has passed
     * @param mostFailures stops when so many have failed, at least 1
     * @param shrinkNanos time for making one failing scenario smaller
     */
    public record Plan(
            List<Profile> profiles,
            long firstSeed,
            long scenarios,
            long limitNanos,
            int mostFailures,
            long shrinkNanos) {}

    /**
     * What came of it.
     *
     * @param coverage what the runs exercised
     * @param failures those that failed, made smaller
     * @param nanos how long it took
     */
    public record Result(Coverage coverage, List<Failure> failures, long nanos) {
        /** Keeps an immutable copy. */
        public Result {
            failures = List.copyOf(failures);
        }
    }

    /**
     * Runs a plan.
     *
     * @param plan what to run
     * @param progress is told the coverage so far after every scenario
     * @return what came of it
     */
    public Result run(Plan plan, Consumer<Coverage> progress) {
        long start = System.nanoTime();
        Coverage coverage = new Coverage();
        List<Failure> failures = new ArrayList<>();
        for (long number = 0; number < plan.scenarios() * plan.profiles().size(); number++) {
            boolean late = System.nanoTime() - start >= plan.limitNanos();
            if (late || failures.size() >= plan.mostFailures()) {
                break;
            }
            Profile profile = plan.profiles().get((int) (number % plan.profiles().size()));
            long seed = plan.firstSeed() + number / plan.profiles().size();
            Run run = examiner.examine(Scenario.fromSeed(profile, seed), number);
            coverage.add(run.coverage());
            run.violation().ifPresent(violation -> failures.add(shrink(run, plan.shrinkNanos())));
            progress.accept(coverage);
        }
        return new Result(coverage, failures, System.nanoTime() - start);
    }

    private Failure shrink(Run failing, long limitNanos) {
        return new Failure(failing.scenario(), Shrinker.smaller(failing, examiner, limitNanos));
    }
}
