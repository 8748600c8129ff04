package org.netchannel.specs;

import java.time.Duration;
import java.util.Optional;

/**
 * How TLC walks a model at random, when the model is too large to be exhausted.
 *
 * @param depth longest walk, in steps, at least 1
 * @param traces how many walks, at least 1
 * @param seed of the random choices: with one worker, the same seed gives the same walks
 * @param atMost ends the simulation, however many walks there were; empty when only their number does
 */
public record Simulation(int depth, int traces, long seed, Optional<Duration> atMost) {
    /** Most steps of a walk: it is kept in memory. */
    public static final int LONGEST_WALK = 1_000_000;

    /** Checks the ranges. */
    public Simulation {
        if (depth < 1 || depth > LONGEST_WALK || traces < 1 || atMost.isPresent() && atMost.get().toSeconds() < 1) {
            throw new IllegalArgumentException("depth " + depth + ", traces " + traces + ", at most " + atMost);
        }
    }
}
