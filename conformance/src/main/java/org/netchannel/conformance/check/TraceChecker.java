package org.netchannel.conformance.check;

import org.netchannel.traces.TraceHeader;
import org.netchannel.traces.TraceLine;

/** Judges one trace. Called by one thread at a time; holds no more of the trace than its own state. */
public interface TraceChecker {
    /**
     * Says whether some behaviour of the specification has the trace as its observable part.
     *
     * @param header the trace's first line
     * @param lines the lines after it, read once and in order
     * @return the verdict
     */
    Verdict check(TraceHeader header, Iterable<TraceLine> lines);
}
