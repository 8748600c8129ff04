package org.netchannel.optimized;

/**
 * How much of a stack its peer may have, beside what {@link org.netchannel.traces.Config} bounds (connections by its
 * {@code socketLimit}, bytes of a connection by its buffers) and the memory of the stack. What a limit does is counted.
 */
public enum Limit {
    /** Connections of a listener that wait to be accepted, whatever backlog it asks for (NC-HS-2: BACKLOG_FULL). */
    BACKLOG(4_096, 1, 1 << 20),
    /** Data channels that live; another one is not taken, and its transport closed. */
    DATA_CHANNELS(256, 1, 1 << 16),
    /** Control channels that live; for another one the oldest is failed, which it takes the place of (NC-FAIL-2). */
    CONTROL_CHANNELS(4, 2, 1 << 10),
    /** Packets that wait on a control channel; with more it is failed, and the next one repeats what matters. */
    QUEUED_CONTROL(1 << 18, 16, 1 << 24),
    /** Transports that have not said HELLO yet; for another one the oldest is closed. */
    STRANGERS(64, 1, 1 << 16),
    /** How long such a transport may take, nanoseconds. */
    HELLO_PATIENCE(5_000_000_000L, 1_000_000L, 600_000_000_000L),
    /** What is remembered of connections that are over, of each kind; the oldest is forgotten early (NC-HS-2). */
    REMEMBERED(1 << 16, 16, 1 << 24),
    /**
     * When memory is used up and nobody gets any for so long, nanoseconds, the connection that has the most is aborted:
     * it stands still, and would make all others stand still.
     */
    MEMORY_PATIENCE(1_000_000_000L, 1_000_000L, 3_600_000_000_000L);

    private final long defaultValue;
    private final long least;
    private final long most;

    Limit(long defaultValue, long least, long most) {
        this.defaultValue = defaultValue;
        this.least = least;
        this.most = most;
    }

    /**
     * What holds unless something else is asked for.
     *
     * @return within the legal range
     */
    public long defaultValue() {
        return defaultValue;
    }

    void check(long value) {
        if (value < least || value > most) {
            throw new IllegalArgumentException(this + " is " + value + ", legal is " + least + " to " + most);
        }
    }
}
