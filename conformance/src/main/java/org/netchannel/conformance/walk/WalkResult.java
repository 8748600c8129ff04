package org.netchannel.conformance.walk;

import java.util.BitSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.netchannel.conformance.Violation;
import org.netchannel.traces.TraceHeader;
import org.netchannel.traces.TraceLine;

/**
 * What replaying a walk came to.
 *
 * @param walk the walk
 * @param taken which of its steps the implementation took as the walk does; the others were left out
 * @param header the trace's first line
 * @param trace every call with its result, in order; up to the violation where there was one
 * @param violation the first thing that was wrong, if any
 * @param clauses ids of the clauses that were exercised, as far as the checker knows them; of an accepted trace only
 */
public record WalkResult(
        Walk walk,
        BitSet taken,
        TraceHeader header,
        List<TraceLine> trace,
        Optional<Violation> violation,
        Set<String> clauses) {}
