package org.netchannel.optimized.time;

/**
 * A time at which something is due. It knows its own place in the {@link TimerQueue}, so that moving it needs no
 * search. One thread at a time calls.
 */
public abstract class Deadline {
    /** The deadline of a timer that does not run. */
    public static final long NEVER = Long.MAX_VALUE;

    private long deadline = NEVER;
    /** Where the queue has filed it: at its deadline or earlier. */
    long filedAt = NEVER;
    /** Index in the queue, or -1 when it is in none. */
    int index = -1;

    /** A timer that does not run. */
    protected Deadline() {}

    /**
     * When it is due.
     *
     * @return nanoseconds of this host, or {@link #NEVER}
     */
    public final long deadline() {
        return deadline;
    }

    /**
     * Whether it is due some time.
     *
     * @return false once it was stopped or has expired
     */
    public final boolean isRunning() {
        return deadline != NEVER;
    }

    /** It does not expire any more; it stays filed, so that starting it again costs nothing. */
    public final void stop() {
        deadline = NEVER;
    }

    /**
     * The deadline of a timer that {@link TimerQueue#expired} has just answered.
     *
     * @return nanoseconds of this host
     */
    public final long expiredAt() {
        return filedAt;
    }

    final void runUntil(long nanos) {
        deadline = nanos;
    }
}
