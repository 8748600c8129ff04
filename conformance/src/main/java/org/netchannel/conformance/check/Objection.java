package org.netchannel.conformance.check;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.netchannel.conformance.Violation;

/**
 * What a checker has against a trace.
 *
 * @param violation what, for a person
 * @param step the last line that is needed to see it
 */
public record Objection(Violation violation, long step) {
    /**
     * What a verdict says against a trace.
     *
     * @param name what reports call the checker
     * @param verdict its verdict
     * @return the objection, or empty when the trace was accepted
     */
    public static Optional<Objection> of(String name, Verdict verdict) {
        return switch (verdict) {
            case Verdict.Accepted accepted -> Optional.empty();
            case Verdict.Rejected(long step, Set<String> clauses, List<String> explanation) -> {
                List<String> details = new ArrayList<>(List.of("at step " + step));
                details.addAll(explanation);
                Violation violation = new Violation("the trace was rejected by " + name, clauses, details);
                yield Optional.of(new Objection(violation, step));
            }
            case Verdict.Malformed(String reason) ->
                failed(name, "the trace is malformed for ", reason, Long.MAX_VALUE);
            case Verdict.Incomplete(long step, String reason) ->
                failed(name, "the trace was not judged to its end by ", "after step " + step + ": " + reason, step + 1);
            case Verdict.EvaluationError(long step, String reason) ->
                failed(name, "the specification could not be evaluated by ", "at step " + step + ": " + reason, step);
            case Verdict.Vacuous vacuous -> failed(name, "there was nothing to judge for ", "the trace is empty", 0);
        };
    }

    private static Optional<Objection> failed(String name, String what, String detail, long step) {
        return Optional.of(new Objection(new Violation(what + name, Set.of(), detail.lines().toList()), step));
    }
}
