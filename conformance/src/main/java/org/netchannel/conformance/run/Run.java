package org.netchannel.conformance.run;

import java.util.List;
import java.util.Optional;
import org.netchannel.conformance.Violation;
import org.netchannel.conformance.scenario.Scenario;
import org.netchannel.traces.TraceHeader;
import org.netchannel.traces.TraceLine;

/**
 * What running a scenario came to.
 *
 * @param scenario what was run
 * @param header the trace's first line
 * @param trace every call with its result, in order; up to the violation where there was one
 * @param violation the first thing that was wrong, if any
 * @param coverage what the run exercised
 */
public record Run(
        Scenario scenario,
        TraceHeader header,
        List<TraceLine> trace,
        Optional<Violation> violation,
        Coverage coverage) {}
