package org.netchannel.conformance.drill;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Supplier;
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

    /**
     * Makes a runner.
     *
     * @param implementation makes an endpoint for each drill
     * @param checker judges the traces
     */
    public DrillRunner(Supplier<Endpoint> implementation, TraceChecker checker) {
        this.implementation = implementation;
        this.checker = checker;
    }

    /**
     * Runs one drill and judges its trace.
     *
     * @param drill the drill
     * @return what it came to; the same each time for an implementation that keeps to endpoint.md
     */
    public DrillResult run(Drill drill) {
        List<TraceLine> trace = new ArrayList<>();
        Stage stage = new Stage(implementation.get(), drill.role(), trace::add);
        Optional<Violation> seen = play(drill, stage);
        TraceHeader header = new TraceHeader(stage.implementation(), HOSTS, stage.config(), 0);
        Verdict verdict = checker.check(header, trace);
        Optional<Objection> objection = Objection.of(CHECKER, verdict);
        // What can't be explained came first: it is nearer to the cause.
        Optional<Violation> violation =
                objection.map(Objection::violation).or(() -> seen).map(found -> with(found, drill));
        long last = objection.map(Objection::step).orElse(Long.MAX_VALUE);
        Set<String> clauses = verdict instanceof Verdict.Accepted accepted ? accepted.clauses() : Set.of();
        return new DrillResult(
                drill, header, trace.stream().filter(line -> line.step() <= last).toList(), violation, clauses);
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

    private static Violation with(Violation found, Drill drill) {
        Set<String> clauses = new TreeSet<>(found.clauses());
        clauses.addAll(drill.clauses());
        return new Violation(found.kind(), clauses, found.details());
    }
}
