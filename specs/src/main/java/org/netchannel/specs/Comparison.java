package org.netchannel.specs;

import java.util.ArrayList;
import java.util.List;

/** Compares what TLC found with what the manifest says. */
final class Comparison {
    private Comparison() {}

    /** What differs, one sentence each. */
    static List<String> differences(Model model, Finding finding, Counts counts) {
        List<String> differences = new ArrayList<>();
        if (!fits(model.expected(), finding)) {
            differences.add("expected: " + model.expected() + "; found: " + finding);
        }
        boolean counted = finding instanceof Finding.Holds || finding instanceof Finding.Violated;
        if (counted && model.distinctStates().isPresent()
                && model.distinctStates().getAsLong() != counts.distinct()) {
            differences.add("expected: " + model.distinctStates().getAsLong() + " distinct states; found: "
                    + counts.distinct());
        }
        return differences;
    }

    /** Whether TLC found what the manifest says, apart from numbers. */
    static boolean fits(Expected expected, Finding finding) {
        return switch (expected) {
            case Expected.Holds _ -> finding instanceof Finding.Holds || finding instanceof Finding.NoneFound;
            case Expected.Violates(var kind, var property) -> finding instanceof Finding.Violated violated
                    && violated.kind() == kind
                    && violated.candidates().equals(property.stream().toList());
        };
    }

    /** Narrows down which property it was: TLC names only some of them, and only the configuration knows the others. */
    static Finding named(Finding finding, ConfigFile config) {
        if (!(finding instanceof Finding.Violated violated)) {
            return finding;
        }
        // A conjunct of a property has no name of its own: TLC then gives its place.
        boolean isSaid = violated.kind() == PropertyKind.DEADLOCK || !violated.candidates().isEmpty();
        List<String> candidates = isSaid
                ? violated.candidates()
                : config.properties().stream().sorted().toList();
        return new Finding.Violated(violated.kind(), candidates);
    }
}
