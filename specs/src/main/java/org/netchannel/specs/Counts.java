package org.netchannel.specs;

/**
 * How far TLC has come.
 *
 * @param generated states generated, equal ones counted each time
 * @param distinct distinct states found
 * @param queue distinct states whose successors have not been looked at
 */
public record Counts(long generated, long distinct, long queue) {
    /** Before the first state. */
    public static final Counts NONE = new Counts(0, 0, 0);
}
