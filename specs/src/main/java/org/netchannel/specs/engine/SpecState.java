package org.netchannel.specs.engine;

/**
 * A state of a specification. Immutable, and of use only to the engine that made it. Two are equal when all their
 * variables are; that is found out fast, but a hash code takes as long as the state is large.
 */
public interface SpecState {
    /**
     * The value of one variable.
     *
     * @param variable its name
     * @return the value, in the shapes of {@link SpecEngine}
     * @throws IllegalArgumentException if the specification has no such variable
     */
    Object value(String variable);

    /**
     * The whole state as TLC prints it.
     *
     * @return one conjunct for each variable
     */
    @Override
    String toString();
}
