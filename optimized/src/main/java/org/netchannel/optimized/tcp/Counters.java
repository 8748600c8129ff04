package org.netchannel.optimized.tcp;

/** The counts of a host. One thread at a time counts. */
public final class Counters {
    private final long[] counts = new long[Counter.values().length];

    /** Everything at zero. */
    public Counters() {}

    /**
     * One more.
     *
     * @param counter of these
     */
    public void count(Counter counter) {
        counts[counter.ordinal()]++;
    }

    /**
     * How many there were.
     *
     * @param counter of these
     * @return 0 or more
     */
    public long get(Counter counter) {
        return counts[counter.ordinal()];
    }
}
