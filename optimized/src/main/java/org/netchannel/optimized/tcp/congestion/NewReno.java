package org.netchannel.optimized.tcp.congestion;

/** The standard algorithm: RFC 5681, with the loss recovery of RFC 6582 or RFC 6675 around it. */
public sealed class NewReno extends LossWindow permits Dctcp {
    /** Acknowledged bytes that the window has not grown by yet. */
    private long counted;

    /** A window before anything was sent. */
    public NewReno() {}

    /** RFC 5681, section 3.1, appropriate byte counting: one segment for every window of acknowledged bytes. */
    @Override
    final void avoidCongestion(long bytes, long smoothedRoundTripNs, long nowNs) {
        counted += bytes;
        if (counted >= window) {
            counted -= window;
            window += segment;
        }
    }

    @Override
    final long reduced(long inFlight) {
        return inFlight / 2;
    }

    @Override
    final void beforeReduction() {
        counted = 0;
    }
}
