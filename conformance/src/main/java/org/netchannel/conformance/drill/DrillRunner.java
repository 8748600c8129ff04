package org.netchannel.conformance.drill;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Supplier;
import org.netchannel.conformance.Endpoints;
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
    private static final int FRAMES = 6;

    private final Supplier<Endpoint> implementation;
    private final TraceChecker checker;
    private final Duration limit;
    private boolean stuck;

    /**
     * Makes a runner that gives every drill 10 seconds.
     *
     * @param implementation makes an endpoint for each drill
     * @param checker judges the traces
     */
    public DrillRunner(Supplier<Endpoint> implementation, TraceChecker checker) {
        this(implementation, checker, Duration.ofSeconds(10));
    }

    /**
     * Makes a runner.
     *
     * @param implementation makes an endpoint for each drill
     * @param checker judges the traces
     * @param limit the time for a drill
     */
    public DrillRunner(Supplier<Endpoint> implementation, TraceChecker checker, Duration limit) {
        this.implementation = implementation;
        this.checker = checker;
        this.limit = limit;
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
        Endpoint endpoint = implementation.get();
        Stage stage = new Stage(endpoint, drill.role(), written::add);
        Optional<Violation> seen;
        try {
            seen = playInTime(drill, stage);
        } finally {
            Endpoints.letGo(endpoint);
        }
        List<TraceLine> trace = List.of(written.toArray(TraceLine[]::new));
        TraceHeader header = new TraceHeader(stage.implementation(), HOSTS, stage.config(), 0);
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

    /** A call that never comes back keeps a thread of its own, not the runner. */
    private Optional<Violation> playInTime(Drill drill, Stage stage) {
        FutureTask<Optional<Violation>> playing = new FutureTask<>(() -> play(drill, stage));
        Thread.ofPlatform().daemon().name("drill").start(playing);
        try {
            return playing.get(limit.toNanos(), TimeUnit.NANOSECONDS);
        } catch (TimeoutException e) {
            stuck = true;
            return Optional.of(Violation.of("a call did not come back",
                    "the call after the last line of the trace has taken longer than " + limit.toSeconds() + " s"));
        } catch (ExecutionException e) {
            throw new IllegalStateException("playing the drill " + drill, e.getCause());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted in the drill " + drill, e);
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
        } catch (RuntimeException thrown) {
            // Whatever comes in must not make an endpoint throw; the trace ends before the call that did.
            return Optional.of(new Violation("an exception came out of a call", Set.of("NC-HDR-2"), lines(thrown)));
        }
    }

    private static List<String> lines(RuntimeException thrown) {
        List<String> lines = new ArrayList<>(List.of(thrown.toString()));
        for (StackTraceElement frame : thrown.getStackTrace()) {
            if (lines.size() <= FRAMES) {
                lines.add("at " + frame);
            }
        }
        return lines;
    }
}
