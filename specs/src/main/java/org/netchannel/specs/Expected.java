package org.netchannel.specs;

import java.util.Optional;

/** What TLC has to find in a model. */
public sealed interface Expected {
    /** Every property holds in every reachable state. */
    record Holds() implements Expected {
        @Override
        public String toString() {
            return "holds";
        }
    }

    /**
     * A property is violated: a repair is switched off.
     *
     * @param kind what sort of property it is
     * @param property its name in the module; empty for {@link PropertyKind#DEADLOCK}
     */
    record Violates(PropertyKind kind, Optional<String> property) implements Expected {
        @Override
        public String toString() {
            return property.map(name -> "violates the " + kind.text() + " " + name).orElse("reaches a " + kind.text());
        }
    }
}
