package org.netchannel.optimized;

import java.util.Arrays;

/** Every {@link Limit} of a stack. It never changes. */
public final class Limits {
    /** Every limit at its default. */
    public static final Limits DEFAULTS = new Limits(
            Arrays.stream(Limit.values()).mapToLong(Limit::defaultValue).toArray());

    /** By the ordinal of the limit. */
    private final long[] values;

    private Limits(long[] values) {
        this.values = values;
    }

    /**
     * The same but for one.
     *
     * @param limit which
     * @param value its new value
     * @return new limits
     * @throws IllegalArgumentException when the value is not legal; the message names limit, value and range
     */
    public Limits with(Limit limit, long value) {
        limit.check(value);
        long[] changed = values.clone();
        changed[limit.ordinal()] = value;
        return new Limits(changed);
    }

    /**
     * A limit's value.
     *
     * @param limit which
     * @return in the unit of the limit
     */
    public long get(Limit limit) {
        return values[limit.ordinal()];
    }
}
