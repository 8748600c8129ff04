package org.netchannel.conformance.suite;

import java.util.List;
import org.netchannel.conformance.Violation;
import org.netchannel.traces.TraceHeader;
import org.netchannel.traces.TraceLine;

/**
 * A run in which something was wrong.
 *
 * @param part the part that made it
 * @param name what the run is called
 * @param arrangement who was on which side
 * @param seed what fixed the choices of the endpoints
 * @param violation what was wrong, with the clauses in play there
 * @param start what the run started from, one line each
 * @param steps what happened, as the driver sees it
 * @param header the trace's first line
 * @param trace every call up to the violation
 * @param again the options that choose the run again, besides its part; each with a blank before it
 */
public record FailedRun(
        Part part,
        String name,
        Arrangement arrangement,
        long seed,
        Violation violation,
        List<String> start,
        List<String> steps,
        TraceHeader header,
        List<TraceLine> trace,
        String again) {

    /** Keeps immutable copies. */
    public FailedRun {
        start = List.copyOf(start);
        steps = List.copyOf(steps);
        trace = List.copyOf(trace);
    }

    /**
     * Whether what was wrong is that a call got no answer, or one that is none: no line of the trace shows it.
     *
     * @return true for those
     */
    public boolean isWithoutAnswer() {
        return Signature.isNoAnswer(violation);
    }

    /** By how much there is to read. */
    int size() {
        return steps.size() + trace.size();
    }

    /** The name, and who was where. */
    String label() {
        return arrangement == Arrangement.ALONE ? name : name + " (" + arrangement + ")";
    }
}
