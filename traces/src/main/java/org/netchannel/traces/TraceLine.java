package org.netchannel.traces;

/**
 * One line of a trace after the first: one call on one host's endpoint, with its result (endpoint.md, "Traces").
 *
 * @param step position in the trace, from 1
 * @param host the host's name, one of the header's
 * @param nanos time on that host when the call was made, before it
 * @param event the call and its result
 */
public record TraceLine(long step, String host, long nanos, TraceEvent event) {
    /** Checks the bounds of step and time. */
    public TraceLine {
        if (step < 1 || nanos < 0) {
            throw new IllegalArgumentException("step is " + step + ", legal is 1 and up; nanos is " + nanos
                    + ", legal is 0 and up");
        }
    }
}
