package org.netchannel.cli.verify;

import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.SequencedMap;
import java.util.Set;

/**
 * What a part of {@code verify} has found.
 *
 * @param summary what was checked and how much, in one line
 * @param numbers the same for programs, in the order in which they are to be shown
 * @param clauses ids of the clauses that were exercised
 * @param violations what did not hold; empty when everything did
 */
public record Finding(
        String summary, SequencedMap<String, Object> numbers, Set<String> clauses, List<Violation> violations) {

    /** Keeps immutable copies. */
    public Finding {
        numbers = new LinkedHashMap<>(numbers);
        clauses = Set.copyOf(clauses);
        violations = List.copyOf(violations);
    }

    /**
     * Something that did not hold.
     *
     * @param title what, in one line
     * @param clauses ids of the clauses in play
     * @param explanation how it came to it, for a person
     * @param evidence files that show it, where they stay
     */
    public record Violation(
            String title, Set<String> clauses, List<String> explanation, List<Path> evidence) {}
}
