package org.netchannel.conformance.drill;

import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.netchannel.conformance.Violation;
import org.netchannel.traces.TraceHeader;
import org.netchannel.traces.TraceLine;

/**
 * What a drill came to.
 *
 * @param drill the drill
 * @param header the trace's first line
 * @param trace every call with its result, in order; up to the violation where there was one
 * @param violation the first thing that was wrong, if any
 * @param clauses ids of the clauses that were exercised, as far as the checker knows them; of an accepted trace only
 */
public record DrillResult(
        Drill drill, TraceHeader header, List<TraceLine> trace, Optional<Violation> violation, Set<String> clauses) {

    /**
     * The clauses in play where it was wrong: those that the violation names, and those that the drill is about.
     *
     * @return their ids, sorted
     */
    public Set<String> inPlay() {
        Set<String> inPlay = new TreeSet<>(drill.clauses());
        violation.ifPresent(found -> inPlay.addAll(found.clauses()));
        return inPlay;
    }
}
