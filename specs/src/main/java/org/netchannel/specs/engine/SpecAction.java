package org.netchannel.specs.engine;

import java.util.Map;

/**
 * One way to take a step: a part of the next-state relation, with its arguments. TLC takes the relation apart at
 * disjunctions, at quantifiers over constant sets, and where one operator stands for another.
 *
 * @param name the operator that it is, the innermost that TLC reached
 * @param arguments what its parameters are, by name; without those that depend on the state
 * @param number its place in {@link SpecEngine#actions}
 */
public record SpecAction(String name, Map<String, Object> arguments, int number) {
    /** Keeps an immutable copy. */
    public SpecAction {
        arguments = Map.copyOf(arguments);
    }
}
