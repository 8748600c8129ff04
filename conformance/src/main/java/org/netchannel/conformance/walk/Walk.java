package org.netchannel.conformance.walk;

import java.util.List;

/**
 * A behaviour of the specification, to be replayed on implementations.
 *
 * @param model what it is a behaviour of
 * @param steps its steps, from the model's initial state
 */
public record Walk(WalkModel model, List<WalkStep> steps) {
    /** Keeps an immutable copy. */
    public Walk {
        steps = List.copyOf(steps);
    }
}
