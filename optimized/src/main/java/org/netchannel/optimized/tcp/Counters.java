package org.netchannel.optimized.tcp;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;

/** The counts of a host. One thread at a time counts; any thread looks. */
public final class Counters {
    private static final VarHandle COUNTS = MethodHandles.arrayElementVarHandle(long[].class);

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
     * Some more.
     *
     * @param counter of these
     * @param more 0 or more
     */
    public void count(Counter counter, int more) {
        counts[counter.ordinal()] += more;
    }

    /**
     * How many there were. Any thread; those that do not count see what was there a moment ago.
     *
     * @param counter of these
     * @return 0 or more
     */
    public long get(Counter counter) {
        return (long) COUNTS.getOpaque(counts, counter.ordinal());
    }
}
