package org.netchannel.conformance.drill;

import java.util.Arrays;
import java.util.Collections;
import java.util.LinkedHashSet;
import java.util.SequencedSet;
import java.util.stream.Collectors;

/**
 * One endpoint, driven through one course of events by a peer that is played. A drill says what happens, never what has
 * to come of it where the specification can say that: it reacts to what it pulls, so that any legal choice of an
 * implementation passes.
 *
 * @param name what it is called, with the role in brackets at the end
 * @param about what happens and what matters, in one line
 * @param clauses ids of the clauses it is about, the first the most
 * @param races ids of the rows of races.md that it plays, possibly none
 * @param role which side the host under test is
 * @param script what happens
 */
public record Drill(
        String name, String about, SequencedSet<String> clauses, SequencedSet<String> races, Role role,
        Script script) {

    /** What happens. */
    @FunctionalInterface
    interface Script {
        /** Plays it, once, on a stage where nothing has happened yet. */
        void play(Stage stage);
    }

    /** Checks that it is about something. */
    public Drill {
        if (clauses.isEmpty()) {
            throw new IllegalArgumentException("the drill " + name + " names no clause");
        }
        clauses = Collections.unmodifiableSequencedSet(new LinkedHashSet<>(clauses));
        races = Collections.unmodifiableSequencedSet(new LinkedHashSet<>(races));
    }

    /** A drill about clauses and races, given by their ids with a blank between. */
    static Drill of(String name, String about, String ids, Role role, Script script) {
        return new Drill(name + " (" + role + ")", about, ids(ids, "NC-"), ids(ids, "R"), role, script);
    }

    private static SequencedSet<String> ids(String ids, String begin) {
        return Arrays.stream(ids.split(" "))
                .filter(id -> id.startsWith(begin))
                .collect(Collectors.toCollection(LinkedHashSet::new));
    }

    /**
     * Its name without the role.
     *
     * @return the same for both roles
     */
    public String title() {
        return name.substring(0, name.lastIndexOf(" ("));
    }

    /** The clause that it is about before all others. */
    String mainClause() {
        return clauses.getFirst();
    }

    @Override
    public String toString() {
        return name;
    }
}
