package org.netchannel.conformance.drill;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Supplier;
import org.netchannel.conformance.Overseer;
import org.netchannel.conformance.Patience;
import org.netchannel.conformance.Violation;
import org.netchannel.conformance.ViolationFound;
import org.netchannel.conformance.check.Objection;
import org.netchannel.conformance.check.TraceChecker;
import org.netchannel.conformance.check.Verdict;
import org.netchannel.traces.Endpoint;
import org.netchannel.traces.TraceHeader;
import org.netchannel.traces.TraceLine;

/** Puts an implementation through drills. One thread calls. */
public final class DrillRunner {
    private static final List<String> HOSTS = List.of("A", "B");
    private static final String CHECKER = "the specification";

    private final Supplier<Endpoint> implementation;
    private final TraceChecker checker;
    private final Patience patience;
    private boolean stuck;

    /**
     * Makes a runner that gives every call 10 seconds.
     *
     * @param implementation makes an endpoint for each drill
     * @param checker judges the traces
     */
    public DrillRunner(Supplier<Endpoint> implementation, TraceChecker checker) {
        this(implementation, checker, Patience.DEFAULT);
    }

    /**
     * Makes a runner.
     *
     * @param implementation makes an endpoint for each drill
     * @param checker judges the traces
     * @param patience how long calls and drills may take
     */
    public DrillRunner(Supplier<Endpoint> implementation, TraceChecker checker, Patience patience) {
        this.implementation = implementation;
        this.checker = checker;
        this.patience = patience;
    }

    /**
     * Whether a drill has not come back: its thread may run for ever, so further drills would only take their time.
     *
     * @return true after such a drill
     */
    public boolean isStuck() {
        return stuck;
    }

    /**
     * Runs one drill and judges its trace.
     *
     * @param drill the drill
     * @return what it came to; the same each time for an implementation that keeps to endpoint.md
     */
    public DrillResult run(Drill drill) {
        List<TraceLine> written = Collections.synchronizedList(new ArrayList<>());
        Overseer overseer = new Overseer(patience);
        AtomicReference<Stage> stage = new AtomicReference<>();
        Optional<Violation> seen = playInTime(overseer, () -> {
            Endpoint endpoint = overseer.make(implementation);
            try {
                stage.set(new Stage(endpoint, drill.role(), written::add));
                return play(drill, stage.get());
            } finally {
                overseer.letGo(endpoint);
            }
        });
        List<TraceLine> trace = List.of(written.toArray(TraceLine[]::new));
        TraceHeader header = Optional.ofNullable(stage.get())
                .map(set -> new TraceHeader(set.implementation(), HOSTS, set.config(), 0))
                .orElse(new TraceHeader("", HOSTS, Stage.SMALL, 0));
        Verdict verdict = checker.check(header, trace);
        Optional<Objection> objection = Objection.of(CHECKER, verdict)
                .filter(_ -> seen.isEmpty() || !trace.isEmpty());
        // What can't be explained came first: it is nearer to the cause.
        Optional<Violation> violation = objection.map(Objection::violation).or(() -> seen);
        long last = objection.map(Objection::step).orElse(Long.MAX_VALUE);
        Set<String> clauses = verdict instanceof Verdict.Accepted accepted ? accepted.clauses() : Set.of();
        return new DrillResult(
                drill, header, trace.stream().filter(line -> line.step() <= last).toList(), violation, clauses);
    }

    private Optional<Violation> playInTime(Overseer overseer, Callable<Optional<Violation>> playing) {
        try {
            return overseer.run("drill", playing);
        } catch (ViolationFound found) {
            stuck |= Overseer.isHang(found.violation());
            return Optional.of(found.violation());
        }
    }

    private static Optional<Violation> play(Drill drill, Stage stage) {
        try {
            drill.script().play(stage);
            stage.finish();
            return Optional.empty();
        } catch (ViolationFound found) {
            return Optional.of(found.violation());
        } catch (CannotGoOn missing) {
            return Optional.of(Violation.of("the drill can't go on", missing.getMessage()));
        } catch (RuntimeException thrown) { // the trace ends before the call that did
            return Optional.of(Overseer.thrown(thrown));
        }
    }
}
