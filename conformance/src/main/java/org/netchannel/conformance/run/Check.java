package org.netchannel.conformance.run;

import org.netchannel.conformance.check.TraceChecker;

/**
 * A checker of traces, and how often it is asked.
 *
 * @param name what reports call it
 * @param checker judges the traces
 * @param onceIn it is asked for one trace in so many, at least 1
 * @param everyRejection whether it is also asked for every trace that a check before it did not accept
 */
public record Check(String name, TraceChecker checker, int onceIn, boolean everyRejection) {
    /** Checks the rate. */
    public Check {
        if (onceIn < 1) {
            throw new IllegalArgumentException("onceIn is " + onceIn + ", legal is 1 and more");
        }
    }
}
