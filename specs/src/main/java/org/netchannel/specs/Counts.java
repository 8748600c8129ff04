package org.netchannel.specs;

/**
 * How far TLC has come.
 *
 * @param generated states generated, equal ones counted each time
 * @param distinct distinct states found
 * @param queue distinct states whose successors have not been looked at
 * @param traces random walks that are finished; 0 unless TLC simulates
 */
public record Counts(long generated, long distinct, long queue, long traces) {
    /** Before the first state. */
    public static final Counts NONE = new Counts(0, 0, 0);

    /**
     * Counts of a search that is no simulation.
     *
     * @param generated states generated, equal ones counted each time
     * @param distinct distinct states found
     * @param queue distinct states whose successors have not been looked at
     */
    public Counts(long generated, long distinct, long queue) {
        this(generated, distinct, queue, 0);
    }
}
