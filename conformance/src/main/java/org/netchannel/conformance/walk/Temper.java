package org.netchannel.conformance.walk;

import java.util.HashMap;
import java.util.Map;
import org.netchannel.conformance.link.Choices;

/**
 * What a walk likes to do. Each walk likes other actions: where all are equally likely everything fails early, and
 * little is seen of what comes later.
 */
final class Temper {
    private static final double[] FACTORS = {0.005, 0.05, 0.3, 1, 3};
    /** An endpoint moves what can move before anything else happens. */
    private static final double MOVE = 20;
    private static final double ENDS = 0.2;

    private final Choices choices;
    private final Map<String, Double> factors = new HashMap<>();

    Temper(Choices choices) {
        this.choices = choices;
    }

    /** A factor for how likely a step is chosen; the same for all steps of its kind in this walk. */
    double likelihood(WalkStep step) {
        return switch (step.action()) {
            case "Move" -> MOVE;
            case "PullPrompt" -> 1;
            case "Break", "Notice", "AppAbort", "AppClose", "StartDrain" -> ENDS * factor(step.kind());
            case "Arrive", "PullFree" -> Math.sqrt(factor(step.kind()));
            default -> factor(step.kind());
        };
    }

    private double factor(String kind) {
        return factors.computeIfAbsent(kind, missing -> FACTORS[choices.below(FACTORS.length)]);
    }
}
