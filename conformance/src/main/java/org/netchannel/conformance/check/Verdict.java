package org.netchannel.conformance.check;

import java.util.List;
import java.util.Set;

/** What a checker says of a trace. */
public sealed interface Verdict {
    /**
     * Some behaviour of the specification explains every line.
     *
     * @param lines how many lines there were, at least 1
     * @param clauses ids of the clauses that the trace exercised, where the checker knows them
     */
    record Accepted(long lines, Set<String> clauses) implements Verdict {}

    /**
     * No behaviour of the specification explains a line.
     *
     * @param step the first such line's step
     * @param clauses ids of the clauses in play at that line
     * @param explanation for a person: the line, the state before it, what the specification would have allowed
     */
    record Rejected(long step, Set<String> clauses, List<String> explanation) implements Verdict {}

    /**
     * The trace breaks the trace format.
     *
     * @param reason names the line and what is wrong with it
     */
    record Malformed(String reason) implements Verdict {}

    /**
     * The checker gave up before the end, for a reason that is its own.
     *
     * @param step the last line it explained
     * @param reason what stopped it
     */
    record Incomplete(long step, String reason) implements Verdict {}

    /**
     * The specification could not be evaluated at a line: a mistake in the specification or the checker.
     *
     * @param step the line
     * @param reason what the evaluator said
     */
    record EvaluationError(long step, String reason) implements Verdict {}

    /** The trace has no line after the first, so accepting it would prove nothing. */
    record Vacuous() implements Verdict {}
}
