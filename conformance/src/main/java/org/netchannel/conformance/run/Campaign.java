package org.netchannel.conformance.run;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.netchannel.conformance.guide.Guide;
import org.netchannel.conformance.guide.Trail;
import org.netchannel.conformance.scenario.Profile;

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
        Guide guide = Guide.straight(
                plan.profiles(), plan.firstSeed(), plan.scenarios() * plan.profiles().size());
        try {
            return run(guide, Optional::empty, plan, progress);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted in a campaign", e);
        }
    }

    /**
     * Runs scenarios that a guide chooses. Several campaigns may share one.
     *
     * @param guide chooses them
     * @param trail what the last run exercised, as far as the examiner's checks know
     * @param plan when to stop
     * @param progress is told the coverage so far after every scenario
     * @return what came of it
     * @throws InterruptedException when the thread is interrupted
     */
    public Result run(Guide guide, Supplier<Optional<Trail>> trail, Plan plan, Consumer<Coverage> progress)
            throws InterruptedException {
        long start = System.nanoTime();
        Coverage coverage = new Coverage();
        List<Failure> failures = new ArrayList<>();
        while (System.nanoTime() - start < plan.limitNanos() && failures.size() < plan.mostFailures()) {
            Optional<Guide.Chosen> next = guide.next();
            if (next.isEmpty()) {
                break;
            }
            Guide.Chosen chosen = next.get();
            Run run = examine(guide, chosen, trail);
            coverage.add(run.coverage());
            run.violation().ifPresent(violation -> failures.add(shrink(chosen, run, plan.shrinkNanos())));
            progress.accept(coverage);
        }
        return new Result(coverage, failures, System.nanoTime() - start);
    }

    private Run examine(Guide guide, Guide.Chosen chosen, Supplier<Optional<Trail>> trail) {
        Optional<Trail> exercised = Optional.empty();
        try {
            Run run = examiner.examine(chosen.scenario(), chosen.number());
            exercised = run.violation().isEmpty() ? trail.get() : exercised;
            return run;
        } finally {
            guide.done(chosen, exercised);
        }
    }

    private Failure shrink(Guide.Chosen chosen, Run failing, long limitNanos) {
        return new Failure(chosen, Shrinker.smaller(failing, examiner, limitNanos));
    }
}
