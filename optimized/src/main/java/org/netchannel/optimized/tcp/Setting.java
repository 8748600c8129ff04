package org.netchannel.optimized.tcp;

/** What can be configured, with its default and its legal range; switches are 0 or 1. */
public enum Setting {
    /** The largest IP packet that the path takes, bytes. */
    MTU(1_500, 576, 65_535),
    /** The most that waits to be sent or acknowledged in a connection, bytes. */
    SEND_BUFFER(1 << 20, 1 << 12, 1 << 30),
    /** The most that waits for the application in a connection, bytes; the largest window. */
    RECEIVE_BUFFER(1 << 20, 1 << 12, 1 << 30),
    /** The most segments that a connection holds in each direction; it bounds what tiny ones take. */
    SEGMENTS(1 << 14, 16, 1 << 22),
    /** The most segments that came too early, and lie apart, that a connection holds; each keeps a frame. */
    EARLY_SEGMENTS(1 << 14, 16, 1 << 22),
    /**
     * The most of those that all connections of a host hold together. Each may hold as many as are left, so that one
     * alone holds half of them, and those of others do not leave it without any.
     */
    HOST_EARLY_SEGMENTS(1 << 16, 16, 1 << 24),
    /** RFC 9293, section 3.7.4: small segments wait while others are not acknowledged. */
    NAGLE(1, 0, 1),
    /** RFC 7323. */
    WINDOW_SCALE(1, 0, 1),
    /** RFC 7323. */
    TIMESTAMPS(1, 0, 1),
    /** RFC 2018. */
    SACK(1, 0, 1),
    /** RFC 3168; always on with DCTCP. */
    ECN(0, 0, 1),
    /** RFC 9293, section 3.8.6.3: how long an acknowledgement may wait, nanoseconds; less than half a second. */
    ACKNOWLEDGEMENT_DELAY(40_000_000L, 0, 499_999_999L),
    /** RFC 6298: the retransmission timeout before anything was measured, nanoseconds. */
    INITIAL_TIMEOUT(1_000_000_000L, 1_000_000L, 60_000_000_000L),
    /** RFC 6298, rule 2.4: no retransmission timeout is shorter, nanoseconds; the RFC wants a second. */
    LEAST_TIMEOUT(200_000_000L, 1_000_000L, 60_000_000_000L),
    /** RFC 6298, rule 2.5: no retransmission timeout is longer, nanoseconds. */
    MOST_TIMEOUT(60_000_000_000L, 60_000_000_000L, 3_600_000_000_000L),
    /** R2 for SYN (RFC 9293, MUST-23): how long connecting may take, nanoseconds. */
    CONNECT_TIMEOUT(180_000_000_000L, 1_000_000L, 3_600_000_000_000L),
    /** R2 for data (RFC 9293, section 3.8.3): how long the peer may be silent, nanoseconds. */
    USER_TIMEOUT(120_000_000_000L, 1_000_000L, 86_400_000_000_000L),
    /** MSL (RFC 9293, section 3.4.2): half of what TIME_WAIT takes, nanoseconds. */
    SEGMENT_LIFETIME(30_000_000_000L, 1_000_000L, 240_000_000_000L),
    /** How long the FIN of a peer may take after this side was closed for good, nanoseconds. */
    FIN_TIMEOUT(60_000_000_000L, 1_000_000L, 86_400_000_000_000L),
    /** RFC 9293, section 3.8.4: idle time before the peer is asked whether it lives, nanoseconds; 0 for never. */
    KEEP_ALIVE(0, 0, 864_000_000_000_000L),
    /** Time between two such questions, nanoseconds. */
    KEEP_ALIVE_INTERVAL(75_000_000_000L, 1_000_000L, 86_400_000_000_000L),
    /** How many of them go without an answer before the connection is given up. */
    KEEP_ALIVE_PROBES(9, 1, 127),
    /** The most connections of a host, in whatever state. */
    CONNECTIONS(1 << 16, 1, 1 << 24),
    /** The most connections of a listener that are not established yet; the oldest makes way for a new one. */
    SYN_BACKLOG(1 << 10, 1, 1 << 20);

    private final long defaultValue;
    private final long least;
    private final long most;

    Setting(long defaultValue, long least, long most) {
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

    /**
     * Checks a value.
     *
     * @param value to be checked
     * @throws IllegalArgumentException when it is not in the legal range
     */
    void check(long value) {
        if (value < least || value > most) {
            throw new IllegalArgumentException(this + " is " + value + ", legal is " + least + " to " + most);
        }
    }
}
