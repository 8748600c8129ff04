package org.netchannel.conformance;

import java.time.Duration;

/**
 * How long an implementation may take.
 *
 * @param call for one call
 * @param run for all calls of one run; the call that begins after that is not made
 */
public record Patience(Duration call, Duration run) {
    private static final int CALLS_PER_RUN = 12;

    /** What endpoint.md gives every answer. */
    public static final Patience DEFAULT = ofCall(Duration.ofSeconds(10));

    /** Checks both. */
    public Patience {
        if (call.isNegative() || call.isZero() || run.compareTo(call) < 0) {
            throw new IllegalArgumentException("call is " + call + " and run is " + run
                    + ", legal is a time for a call, and as much or more for a run");
        }
    }

    /**
     * So long for a call, and for a run as long as a dozen such calls would take.
     *
     * @param call for one call
     * @return the patience
     */
    public static Patience ofCall(Duration call) {
        return new Patience(call, call.multipliedBy(CALLS_PER_RUN));
    }

    /**
     * For endpoints that watch the time of each call themselves.
     *
     * @param call for one call, as they watch it
     * @return the patience
     */
    public static Patience ofWatched(Duration call) {
        Duration run = call.multipliedBy(CALLS_PER_RUN);
        return new Patience(run, run);
    }
}
