package org.netchannel.conformance.suite;

import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.netchannel.conformance.Violation;
import org.netchannel.traces.TraceHeader;
import org.netchannel.traces.TraceLine;

/**
 * A run in which something was wrong.
 *
 * @param part the part that made it
 * @param name what the run is called within the part
 * @param arrangement who was on which side
 * @param seed what fixed the choices of the endpoints
 * @param violation what was wrong
 * @param about ids of the clauses that the run was about from the start; none of a random one
 * @param start what the run started from, one line each
 * @param steps what happened, as the driver sees it
 * @param header the trace's first line
 * @param trace every call up to the violation
 */
public record FailedRun(
        Part part,
        String name,
        Arrangement arrangement,
        long seed,
        Violation violation,
        Set<String> about,
        List<String> start,
        List<String> steps,
        TraceHeader header,
        List<TraceLine> trace) {

    /** Keeps immutable copies. */
    public FailedRun {
        about = java.util.Collections.unmodifiableSet(new TreeSet<>(about));
        start = List.copyOf(start);
        steps = List.copyOf(steps);
        trace = List.copyOf(trace);
    }

    /**
     * The clauses that do not hold: those that the violation names, or else those that the run was about.
     *
     * @return their ids, sorted
     */
    public Set<String> clauses() {
        return violation.clauses().isEmpty() ? about : violation.clauses();
    }

    /** By how much there is to read. */
    int size() {
        return steps.size() + trace.size();
    }
}
