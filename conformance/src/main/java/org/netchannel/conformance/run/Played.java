package org.netchannel.conformance.run;

import java.util.List;
import java.util.Optional;
import org.netchannel.conformance.Violation;
import org.netchannel.traces.TraceHeader;
import org.netchannel.traces.TraceLine;

/**
 * What a {@link Script} came to.
 *
 * @param header the trace's first line
 * @param trace every call with its result, in order; up to the violation where there was one
 * @param violation the first thing that was wrong, if any
 */
public record Played(TraceHeader header, List<TraceLine> trace, Optional<Violation> violation) {
    /** Keeps an immutable copy. */
    public Played {
        trace = List.copyOf(trace);
    }
}
