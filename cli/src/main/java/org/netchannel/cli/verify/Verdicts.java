package org.netchannel.cli.verify;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.netchannel.cli.verify.Finding.Violation;
import org.netchannel.conformance.check.Verdict;

/** What a verdict on a trace means for the report. */
final class Verdicts {
    private Verdicts() {}

    /**
     * The violation that a verdict states.
     *
     * @param of what was checked, and by what
     * @param verdict what the checker said
     * @param evidence files that show it
     * @return the violation, or empty when the trace was accepted
     */
    static Optional<Violation> violation(String of, Verdict verdict, List<Path> evidence) {
        return switch (verdict) {
            case Verdict.Accepted accepted -> Optional.empty();
            case Verdict.Rejected(long step, Set<String> clauses, List<String> explanation) ->
                Optional.of(new Violation(of + " is rejected at step " + step, clauses, explanation, evidence));
            case Verdict.Malformed(String reason) -> other(of + " is malformed", reason, evidence);
            case Verdict.Incomplete(long step, String reason) ->
                other(of + " could not be checked beyond step " + step, reason, evidence);
            case Verdict.EvaluationError(long step, String reason) ->
                other(of + " could not be evaluated at step " + step, reason, evidence);
            case Verdict.Vacuous vacuous -> other(of + " is empty", "an empty trace proves nothing", evidence);
        };
    }

    private static Optional<Violation> other(String title, String reason, List<Path> evidence) {
        return Optional.of(new Violation(title, Set.of(), reason.lines().toList(), evidence));
    }
}
