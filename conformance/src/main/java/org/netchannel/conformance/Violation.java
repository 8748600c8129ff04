package org.netchannel.conformance;

import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/**
 * Something that must not happen has happened.
 *
 * @param kind which check found it, in a few words that do not depend on the run: shrinking keeps it
 * @param clauses ids of the clauses of protocol.md most likely in play
 * @param details for a person, one line each
 */
public record Violation(String kind, Set<String> clauses, List<String> details) {
    /** Keeps immutable copies. */
    public Violation {
        clauses = java.util.Collections.unmodifiableSet(new TreeSet<>(clauses));
        details = List.copyOf(details);
    }

    /**
     * Makes a violation with one line of details.
     *
     * @param kind which check found it
     * @param detail what was seen, and what would have been right
     * @param clauses ids of the clauses in play
     * @return the violation
     */
    public static Violation of(String kind, String detail, String... clauses) {
        return new Violation(kind, Set.of(clauses), List.of(detail));
    }

    @Override
    public String toString() {
        return kind + " " + clauses + ": " + String.join("; ", details);
    }
}
