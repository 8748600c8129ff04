package org.netchannel.optimized.tcp.congestion;

/**
 * Data Center TCP (RFC 8257): the window is reduced by the share of bytes that met congestion, not by half. Loss is
 * treated as NewReno does (section 3.5).
 */
public final class Dctcp extends NewReno {
    /** The gain g of the estimate (section 4.2). */
    static final double GAIN = 1.0 / 16;

    /** DCTCP.Alpha: the estimated share of marked bytes; 1 at first (section 3.3, step 1). */
    private double alpha = 1;
    private long acknowledgedBytes;
    private long markedBytes;
    /** DCTCP.WindowEnd: the observation window ends when this is acknowledged; -1 before the first. */
    private long observedUntil = -1;

    /** A window before anything was sent. */
    public Dctcp() {}

    /**
     * DCTCP.Alpha.
     *
     * @return 0 to 1
     */
    public double alpha() {
        return alpha;
    }

    /** Section 3.3, steps 2 to 8: the estimate is renewed once a window of data. */
    @Override
    public void onEcho(long bytes, boolean marked, long acknowledged, long next) {
        acknowledgedBytes += bytes;
        markedBytes += marked ? bytes : 0;
        if (observedUntil < 0) {
            observedUntil = next;
        } else if (acknowledged >= observedUntil) {
            if (acknowledgedBytes > 0) {
                alpha = alpha * (1 - GAIN) + GAIN * markedBytes / acknowledgedBytes;
            }
            acknowledgedBytes = 0;
            markedBytes = 0;
            observedUntil = next;
        }
    }

    /** Section 3.3, step 9: cwnd = cwnd * (1 - alpha / 2), and the threshold with it. */
    @Override
    public void onCongestionEcho(long inFlight, long nowNs) {
        beforeReduction();
        window = Math.max((long) (window * (1 - alpha / 2)), 2L * segment);
        threshold = window;
    }

    @Override
    public boolean wantsExactEcho() {
        return true;
    }
}
