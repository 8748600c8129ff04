package org.netchannel.conformance.scenario;

import java.util.ArrayList;
import java.util.List;
import org.netchannel.conformance.link.SeededChoices;

/**
 * A run to be made: the same scenario on the same endpoints is the same run, call for call.
 *
 * @param profile what it was drawn from
 * @param seed fixes what the endpoints choose, and the scenario itself where {@link #fromSeed} made it
 * @param setup what it starts from
 * @param steps what happens
 */
public record Scenario(Profile profile, long seed, Setup setup, List<Step> steps) {
    private static final int LEAST_STEPS = 8;

    /** Keeps an immutable copy. */
    public Scenario {
        steps = List.copyOf(steps);
    }

    /**
     * Makes the scenario of a seed.
     *
     * @param profile what to draw from
     * @param seed any number
     * @return the scenario; the same for the same arguments, for ever
     */
    public static Scenario fromSeed(Profile profile, long seed) {
        SeededChoices choices = new SeededChoices(seed ^ profile.name().hashCode());
        Setup setup = profile.setup(choices);
        List<Step> steps = new ArrayList<>(profile.opening(choices));
        int count = choices.between(LEAST_STEPS, choices.between(LEAST_STEPS, profile.mostSteps()));
        for (int i = 0; i < count; i++) {
            steps.add(profile.draw(choices));
        }
        return new Scenario(profile, seed, setup, steps);
    }

    /**
     * The same scenario with other steps.
     *
     * @param other the steps
     * @return a new scenario
     */
    public Scenario with(List<Step> other) {
        return new Scenario(profile, seed, setup, other);
    }

    /**
     * The same scenario from another start.
     *
     * @param other the start
     * @return a new scenario
     */
    public Scenario with(Setup other) {
        return new Scenario(profile, seed, other, steps);
    }
}
