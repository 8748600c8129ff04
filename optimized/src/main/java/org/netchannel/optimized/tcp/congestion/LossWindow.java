package org.netchannel.optimized.tcp.congestion;

/** What NewReno, CUBIC and DCTCP have in common: initial window, slow start, timeout, restart after idle time. */
abstract class LossWindow implements CongestionControl {
    /** RFC 6928, section 2. */
    private static final int INITIAL_SEGMENTS = 10;
    private static final int INITIAL_BYTES = 14_600;
    /** No window is ever larger, so that sums do not overflow: the largest send window of RFC 7323. */
    static final long LARGEST = 1L << 30;

    int segment = 1;
    long window = 1;
    long threshold = NO_THRESHOLD;

    @Override
    public void begin(int segmentBytes, boolean handshakeLost) {
        segment = segmentBytes;
        window = handshakeLost ? segmentBytes : initialWindow();
    }

    /** RFC 6928: at most ten segments, and 14,600 bytes when they are large, but two at least. */
    private long initialWindow() {
        return Math.min(INITIAL_SEGMENTS * (long) segment, Math.max(2L * segment, INITIAL_BYTES));
    }

    @Override
    public final long window() {
        return window;
    }

    @Override
    public final long slowStartThreshold() {
        return threshold;
    }

    @Override
    public final void onAcknowledged(long bytes, boolean limited, long smoothedRoundTripNs, long nowNs) {
        if (!limited) {
            return;
        }
        long left = bytes;
        if (window < threshold) {
            long grown = Math.min(slowStart(bytes), threshold - window);
            window += grown;
            left -= grown;
            if (window < threshold) {
                left = 0;
            }
        }
        if (left > 0) {
            avoidCongestion(left, smoothedRoundTripNs, nowNs);
        }
        window = Math.min(window, LARGEST);
    }

    /** RFC 5681, section 3.1, equation 2: by what was acknowledged, at most one segment an acknowledgement. */
    private long slowStart(long bytes) {
        return Math.min(bytes, segment);
    }

    /** The window is at or over the threshold. */
    abstract void avoidCongestion(long bytes, long smoothedRoundTripNs, long nowNs);

    /** RFC 5681, section 3.1, equation 4; RFC 9438, section 4.8: the threshold after a loss, at least two segments. */
    abstract long reduced(long inFlight);

    /** The window is about to be reduced, for whatever reason. */
    void beforeReduction() {}

    @Override
    public void onLoss(long inFlight, long nowNs) {
        beforeReduction();
        threshold = Math.max(reduced(inFlight), 2L * segment);
        window = threshold;
    }

    @Override
    public void onCongestionEcho(long inFlight, long nowNs) {
        onLoss(inFlight, nowNs);
    }

    /** RFC 5681, section 3.1: the threshold is left alone when the same segment times out again. */
    @Override
    public void onTimeout(long inFlight, boolean first, long nowNs) {
        if (first) {
            beforeReduction();
            threshold = Math.max(reduced(inFlight), 2L * segment);
        }
        window = segment;
    }

    @Override
    public void onIdle() {
        window = Math.min(window, initialWindow());
    }
}
