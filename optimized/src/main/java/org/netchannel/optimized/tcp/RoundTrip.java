package org.netchannel.optimized.tcp;

/** The retransmission timeout: smoothed round-trip time, its variation, and backoff (RFC 6298). */
final class RoundTrip {
    /** G, the granularity of the clock, nanoseconds. */
    private static final long GRANULARITY = 1_000;
    /** The timeout after a handshake in which SYN timed out (rule 5.7). */
    private static final long AFTER_LOST_SYN = 3_000_000_000L;

    private final long least;
    private final long most;
    private long smoothed;
    private long variation;
    private long timeout;
    private int backoffs;

    RoundTrip(Settings settings) {
        this.least = settings.get(Setting.LEAST_TIMEOUT);
        this.most = settings.get(Setting.MOST_TIMEOUT);
        this.timeout = settings.get(Setting.INITIAL_TIMEOUT);
    }

    /** Rules 2.2 to 2.5; a measurement also ends the backoff (section 5). */
    void measured(long roundTripNs) {
        long sample = Math.max(roundTripNs, 1);
        if (smoothed == 0) {
            smoothed = sample;
            variation = sample / 2;
        } else {
            variation += (Math.abs(smoothed - sample) - variation) / 4;
            smoothed += (sample - smoothed) / 8;
        }
        backoffs = 0;
        timeout = Math.clamp(smoothed + Math.max(GRANULARITY, 4 * variation), least, most);
    }

    /** Rule 5.5. */
    void backOff() {
        backoffs++;
    }

    /** Rule 5.7: SYN timed out, and nothing was measured. */
    void handshakeLost() {
        backoffs = 0;
        if (smoothed == 0) {
            timeout = Math.clamp(AFTER_LOST_SYN, least, most);
        }
    }

    /** RTO with its backoff, nanoseconds. */
    long timeout() {
        int shift = Math.min(backoffs, 20);
        return timeout > most >> shift ? most : timeout << shift;
    }

    /** SRTT in nanoseconds, 0 when nothing was measured. */
    long smoothed() {
        return smoothed;
    }

    /** RTTVAR in nanoseconds. */
    long variation() {
        return variation;
    }
}
