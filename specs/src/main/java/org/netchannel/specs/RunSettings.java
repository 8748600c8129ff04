package org.netchannel.specs;

import java.time.Duration;

/**
 * How models are run.
 *
 * @param parallel how many TLC processes run at a time, at least 1; fewer when their heaps would not fit into memory
 * @param workers worker threads of each TLC, at least 1; with more than one, counterexamples differ from run to run
 * @param grace time every model has, for starting and on a busy machine
 * @param timeoutFactor a model is stopped after {@code grace} and this many times the seconds of the manifest
 * @param explainExpected whether counterexamples that were expected get the arguments of their actions too
 */
public record RunSettings(
        int parallel, int workers, Duration grace, double timeoutFactor, boolean explainExpected) {
    /** As many TLCs as processors, one worker each, five minutes and ten times the manifest's seconds. */
    public static final RunSettings DEFAULT =
            new RunSettings(Runtime.getRuntime().availableProcessors(), 1, Duration.ofMinutes(5), 10, false);
    private static final Duration GRACE_OF_MUTANTS = Duration.ofSeconds(30);

    /** Checks the ranges. */
    public RunSettings {
        if (parallel < 1 || workers < 1 || grace.isNegative() || !(timeoutFactor > 0)) {
            throw new IllegalArgumentException("parallel " + parallel + ", workers " + workers + ", grace " + grace
                    + ", timeout factor " + timeoutFactor);
        }
    }

    /**
     * The same with arguments for all counterexamples.
     *
     * @param explain whether expected counterexamples get them too
     * @return new settings
     */
    public RunSettings explainingExpected(boolean explain) {
        return new RunSettings(parallel, workers, grace, timeoutFactor, explain);
    }

    /**
     * The same for models of a changed specification, many of which have no end.
     *
     * @return new settings, with half a minute's grace
     */
    public RunSettings forMutants() {
        return new RunSettings(parallel, workers, GRACE_OF_MUTANTS, timeoutFactor, false);
    }

    Duration limit(Model model) {
        Duration asked = model.simulation().flatMap(Simulation::atMost).orElse(Duration.ZERO);
        return grace.plus(asked).plusMillis(Math.round(model.seconds() * timeoutFactor * 1_000));
    }
}
