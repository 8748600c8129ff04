package org.netchannel.conformance.walk;

import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;
import org.netchannel.conformance.Violation;
import org.netchannel.conformance.check.Objection;
import org.netchannel.conformance.check.TraceChecker;
import org.netchannel.conformance.check.Verdict;
import org.netchannel.conformance.run.Played;
import org.netchannel.conformance.run.ScenarioRunner;
import org.netchannel.traces.Endpoint;
import org.netchannel.traces.TraceLine;

/**
 * Replays walks on an implementation. What applications see is checked as after a scenario, and the trace is judged by
 * the executed specification. One thread calls.
 */
public final class WalkRunner {
    private static final String CHECKER = "the specification";

    private final ScenarioRunner runner;
    private final TraceChecker checker;

    /**
     * Makes a runner.
     *
     * @param implementation makes an endpoint for each host of each walk
     * @param checker judges the traces
     */
    public WalkRunner(Supplier<Endpoint> implementation, TraceChecker checker) {
        this(implementation, implementation, checker);
    }

    /**
     * Makes a runner for two implementations.
     *
     * @param endpointA makes an endpoint for host A of each walk
     * @param endpointB makes an endpoint for host B of each walk
     * @param checker judges the traces
     */
    public WalkRunner(Supplier<Endpoint> endpointA, Supplier<Endpoint> endpointB, TraceChecker checker) {
        this(new ScenarioRunner(endpointA, endpointB), checker);
    }

    /**
     * Makes a runner that plays walks as another plays scenarios.
     *
     * @param runner puts both endpoints on a link
     * @param checker judges the traces
     */
    public WalkRunner(ScenarioRunner runner, TraceChecker checker) {
        this.runner = runner;
        this.checker = checker;
    }

    /**
     * Replays one walk and judges it.
     *
     * @param walk the walk
     * @param seed fixes what the endpoints choose
     * @return what it came to; the same each time for an implementation that keeps to endpoint.md
     */
    public WalkResult run(Walk walk, long seed) {
        WalkReplay replay = new WalkReplay(walk);
        Played played = runner.play(walk.model().setup(), seed, replay);
        Verdict verdict = checker.check(played.header(), played.trace());
        Optional<Objection> objection = Objection.of(CHECKER, verdict)
                .filter(_ -> played.violation().isEmpty() || !played.trace().isEmpty());
        // What can't be explained came first: it is nearer to the cause.
        Optional<Violation> violation = objection.map(Objection::violation).or(played::violation);
        long last = objection.map(Objection::step).orElse(Long.MAX_VALUE);
        List<TraceLine> trace = played.trace().stream().filter(line -> line.step() <= last).toList();
        Set<String> clauses = verdict instanceof Verdict.Accepted accepted ? accepted.clauses() : Set.of();
        return new WalkResult(walk, replay.taken(), played.header(), trace, violation, clauses);
    }
}
