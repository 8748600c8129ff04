package org.netchannel.conformance.check;

import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.netchannel.specs.engine.SpecEngine;
import org.netchannel.specs.engine.SpecEvaluationException;
import org.netchannel.specs.engine.SpecState;
import org.netchannel.traces.MalformedTraceException;
import org.netchannel.traces.TraceHeader;
import org.netchannel.traces.TraceLine;
import org.netchannel.traces.TraceWriter;

/**
 * Judges traces by the specification itself, executed line by line. Takes time in proportion to the trace's length and
 * memory in proportion to {@link TraceSearch#WINDOW}, and about a hundred bytes for each connection id it has ever
 * seen, because TLC keeps all strings. Keep an oracle for many traces: it gets faster as the JVM warms up. The lines
 * are read by another thread, while the caller waits.
 */
public final class SpecOracle implements TraceChecker {
    private static final String MODULE = "TraceNetChannel";

    private final SpecEngine engine;

    /**
     * Loads the specification.
     *
     * @param modules the directory with the TLA+ modules
     * @throws org.netchannel.specs.engine.SpecLoadException if TLC does not accept them
     */
    public SpecOracle(Path modules) {
        this.engine = SpecEngine.load(modules, MODULE, MODULE, Set.of("Event"));
    }

    @Override
    public Verdict check(TraceHeader header, Iterable<TraceLine> lines) {
        return check(header, lines, (event, clauses) -> { });
    }

    /**
     * Judges a trace, and tells how.
     *
     * @param header the trace's first line
     * @param lines the lines after it, read once and in order
     * @param follower sees each event that was explained
     * @return the verdict
     */
    public Verdict check(TraceHeader header, Iterable<TraceLine> lines, Follower follower) {
        return DeepStack.call(() -> follow(header, lines, follower));
    }

    private Verdict follow(TraceHeader header, Iterable<TraceLine> lines, Follower follower) {
        EventRecords records = new EventRecords(header);
        Set<String> clauses = new TreeSet<>();
        long last = 0;
        long count = 0;
        try {
            TraceSearch search = new TraceSearch(engine);
            for (TraceLine line : lines) {
                for (Map<String, Object> event : records.of(line)) {
                    if (!search.explain(line, event)) {
                        return rejected(search, last);
                    }
                    Set<String> exercised = exercised(search.last());
                    clauses.addAll(exercised);
                    follower.explained(event, exercised);
                }
                last = line.step();
                count++;
            }
        } catch (BeyondSpecException e) {
            return new Verdict.Incomplete(last, e.getMessage());
        } catch (SpecEvaluationException e) {
            return new Verdict.EvaluationError(last + 1, e.getMessage());
        } catch (UncheckedIOException e) {
            return malformed(e);
        }
        return count == 0 ? new Verdict.Vacuous() : new Verdict.Accepted(count, clauses);
    }

    /** The verdict on a trace whose lines cannot be read; a file that cannot be read is no verdict. */
    static Verdict malformed(UncheckedIOException e) {
        if (e.getCause() instanceof MalformedTraceException malformed) {
            return new Verdict.Malformed(malformed.getMessage());
        }
        throw e;
    }

    private Set<String> exercised(TraceSearch.Step step) {
        return engine.defines("Exercised")
                ? Explanation.names(engine.value("Exercised", step.before().getFirst())) : Set.of();
    }

    private Verdict rejected(TraceSearch search, long last) {
        if (search.narrowed()) {
            return new Verdict.Incomplete(
                    last, "more than " + TraceSearch.MAX_STATES + " states explain what came before");
        }
        TraceSearch.Step step = search.last();
        SpecState before = step.before().getFirst();
        engine.supply("Event", step.event());
        Explanation writer = new Explanation(step.event(), before.value("host"));
        List<String> text = new ArrayList<>();
        text.add("line: " + TraceWriter.json(step.line()));
        text.addAll(part(step.event(), writer));
        Set<String> clauses = Set.of();
        if (engine.defines("Explain")) {
            Map<?, ?> explain = (Map<?, ?>) engine.value("Explain", before);
            clauses = Explanation.names(explain.get("clauses"));
            text.addAll(writer.lines("the specification says", explain.get("expected")));
        }
        text.addAll(writer.lines("state before", Map.of("host", before.value("host"), "wire", before.value("wire"))));
        return new Verdict.Rejected(step.line().step(), clauses, text);
    }

    /** A line about several packets is explained packet by packet. */
    private static List<String> part(Map<String, Object> event, Explanation writer) {
        return switch (event.get("op").toString()) {
            case "pull" -> writer.lines("of that, this packet", event.get("packet"));
            case "pullEnd" -> List.of("of that, that no other packet came");
            default -> List.of();
        };
    }
}
