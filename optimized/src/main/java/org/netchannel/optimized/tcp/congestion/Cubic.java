package org.netchannel.optimized.tcp.congestion;

/**
 * CUBIC (RFC 9438): after a reduction the window grows as a cubic function of time, whose plateau lies where the last
 * loss was; where NewReno would be faster (the Reno-friendly region), it grows like that. Windows are counted in
 * segments here, as the RFC does.
 */
public final class Cubic extends LossWindow {
    /** Multiplicative decrease (section 4.6). */
    static final double BETA = 0.7;
    /** How fast it grows, segments per second cubed (section 5.1). */
    static final double C = 0.4;
    /** The additive increase that is as fair as NewReno's with this decrease (section 4.3). */
    private static final double ALPHA = 3 * (1 - BETA) / (1 + BETA);
    private static final double NANOS = 1e9;

    /** W_max: the window before the last reduction. */
    private double plateau;
    /** W_est: what NewReno would have. */
    private double renoWindow;
    /** cwnd_prior of section 4.3: where W_est grows by whole segments again. */
    private double windowBefore;
    /** K: seconds from the begin of the stage until the plateau. */
    private double secondsToPlateau;
    /** t_epoch, meaningful when {@link #inStage}. */
    private long stageBeganNs;
    private boolean inStage;
    /** Parts of a segment that the window has grown by, and it counts whole bytes. */
    private double fraction;

    /** A window before anything was sent. */
    public Cubic() {}

    @Override
    void avoidCongestion(long bytes, long smoothedRoundTripNs, long nowNs) {
        double current = (double) window / segment;
        if (!inStage) {
            beginStage(current, nowNs);
        }
        double acknowledged = (double) bytes / segment;
        double seconds = (nowNs - stageBeganNs) / NANOS;
        renoWindow += (renoWindow < windowBefore ? ALPHA : 1) * acknowledged / current;
        if (cubic(seconds) < renoWindow) {
            // The Reno-friendly region (section 4.3).
            grow((renoWindow - current) * segment);
        } else {
            // The concave and the convex region (4.4 and 4.5): the target is one round trip ahead (4.2).
            double target = cubic(seconds + smoothedRoundTripNs / NANOS);
            double bounded = Math.clamp(target, current, 1.5 * current);
            grow((bounded - current) / current * acknowledged * segment);
        }
    }

    private void beginStage(double current, long nowNs) {
        inStage = true;
        stageBeganNs = nowNs;
        renoWindow = current;
        if (current < plateau) {
            secondsToPlateau = Math.cbrt((plateau - current) / C);
        } else {
            // No reduction yet, or slow start went over the plateau (section 4.10).
            secondsToPlateau = 0;
            plateau = current;
        }
    }

    /** W_cubic(t), section 4.2, equation 1. */
    private double cubic(double seconds) {
        double t = seconds - secondsToPlateau;
        return C * t * t * t + plateau;
    }

    private void grow(double bytes) {
        double whole = Math.max(bytes, 0) + fraction;
        long grown = (long) whole;
        fraction = whole - grown;
        window += grown;
    }

    /** Fast convergence (section 4.7): a flow that loses before its old plateau leaves room to others. */
    @Override
    void beforeReduction() {
        double current = (double) window / segment;
        plateau = current < plateau ? current * (1 + BETA) / 2 : current;
        windowBefore = current;
        inStage = false;
        fraction = 0;
    }

    /** Section 4.6: by the window, of which there may be less in flight when the application had no more. */
    @Override
    long reduced(long inFlight) {
        return Math.round(Math.min(window, Math.max(inFlight, 1)) * BETA);
    }

    /** Section 4.8: after a timeout the first stage of congestion avoidance begins on its own plateau. */
    @Override
    public void onTimeout(long inFlight, boolean first, long nowNs) {
        super.onTimeout(inFlight, first, nowNs);
        plateau = 0;
        inStage = false;
    }

    /** Section 4.2: the time in which nothing was sent does not count; a new stage begins with the next growth. */
    @Override
    public void onIdle() {
        super.onIdle();
        inStage = false;
    }
}
