package org.netchannel.conformance.suite;

import java.util.Locale;

/** The parts of the suite, in their order. A part finds plainly what a later one would find less plainly. */
public enum Part {
    /** What only the lines of an implementation behind the line protocol show. */
    LINES,
    /** One endpoint, and a peer that is played. */
    DRILLS,
    /** Behaviours of the specification, replayed on two endpoints. */
    WALKS,
    /** Random scenarios with two endpoints. */
    SCENARIOS;

    @Override
    public String toString() {
        return name().toLowerCase(Locale.ROOT);
    }
}
