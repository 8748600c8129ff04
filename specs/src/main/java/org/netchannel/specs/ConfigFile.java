package org.netchannel.specs;

import java.util.HashSet;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * The names that a TLC configuration lists under INVARIANT and PROPERTY. TLC itself reads and checks the rest.
 *
 * @param invariants under INVARIANT or INVARIANTS
 * @param properties under PROPERTY or PROPERTIES
 * @param setsCheckDeadlock whether CHECK_DEADLOCK stands in it
 */
record ConfigFile(Set<String> invariants, Set<String> properties, boolean setsCheckDeadlock) {
    private static final Pattern COMMENT = Pattern.compile("\\\\\\*.*|\\(\\*(?s:.*?)\\*\\)");
    private static final Set<String> SECTIONS = Set.of(
            "CONSTANT", "CONSTANTS", "CONSTRAINT", "CONSTRAINTS", "ACTION_CONSTRAINT", "ACTION_CONSTRAINTS",
            "INVARIANT", "INVARIANTS", "INIT", "NEXT", "VIEW", "SYMMETRY", "SPECIFICATION", "PROPERTY", "PROPERTIES",
            "ALIAS", "POSTCONDITION", "CHECK_DEADLOCK", "TYPE", "TYPE_CONSTRAINT");

    static ConfigFile parse(String text) {
        Set<String> invariants = new HashSet<>();
        Set<String> properties = new HashSet<>();
        boolean setsCheckDeadlock = false;
        String section = "";
        for (String word : COMMENT.matcher(text).replaceAll(" ").strip().split("[\\s,]+")) {
            if (SECTIONS.contains(word)) {
                section = word;
                setsCheckDeadlock |= word.equals("CHECK_DEADLOCK");
            } else if (section.startsWith("INVARIANT")) {
                invariants.add(word);
            } else if (section.startsWith("PROPERT")) {
                properties.add(word);
            }
        }
        return new ConfigFile(invariants, properties, setsCheckDeadlock);
    }

    /** Whether a violation of this kind and name can be reported by a run with this configuration. */
    boolean checks(PropertyKind kind, String property) {
        return switch (kind) {
            case INVARIANT -> invariants.contains(property);
            case ACTION_PROPERTY, TEMPORAL_PROPERTY -> properties.contains(property);
            case DEADLOCK -> true;
        };
    }
}
