package org.netchannel.optimized.tcp;

/**
 * How often a connection answers segments that an attacker might have made up (RFC 5961, section 7: ten in five
 * seconds). Each connection counts for itself, so that nobody learns from one what happens on another.
 */
final class ChallengeLimit {
    private static final int MOST = 10;
    private static final long PERIOD_NS = 5_000_000_000L;

    private long periodBeganNs = Long.MIN_VALUE;
    private int answered;

    /** Whether one more answer may be sent. */
    boolean allows(long nowNs) {
        if (periodBeganNs == Long.MIN_VALUE || nowNs - periodBeganNs >= PERIOD_NS) {
            periodBeganNs = nowNs;
            answered = 0;
        }
        return answered++ < MOST;
    }
}
