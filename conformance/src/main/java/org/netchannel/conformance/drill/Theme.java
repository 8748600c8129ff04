package org.netchannel.conformance.drill;

import java.util.ArrayList;
import java.util.List;
import org.netchannel.conformance.drill.Drill.Script;

/** Collects the drills on one topic. */
final class Theme {
    private final List<Drill> drills = new ArrayList<>();

    /** A drill for both sides of a connection. */
    Theme both(String name, String about, String ids, Script script) {
        return connecting(name, about, ids, script).accepting(name, about, ids, script);
    }

    /** A drill for the side that asks. */
    Theme connecting(String name, String about, String ids, Script script) {
        drills.add(Drill.of(name, about, ids, Role.CONNECTING, script));
        return this;
    }

    /** A drill for the side that is asked. */
    Theme accepting(String name, String about, String ids, Script script) {
        drills.add(Drill.of(name, about, ids, Role.ACCEPTING, script));
        return this;
    }

    List<Drill> drills() {
        return List.copyOf(drills);
    }
}
