package org.netchannel.specs;

import java.util.Optional;
import java.util.stream.Stream;

/** What a model can violate. */
public enum PropertyKind {
    /** A predicate that holds in every reachable state. */
    INVARIANT("invariant"),
    /** A predicate on steps, {@code [][A]_v}; TLC checks it while it searches. */
    ACTION_PROPERTY("action property"),
    /** A temporal formula; TLC does not say which of several was violated. */
    TEMPORAL_PROPERTY("temporal property"),
    /** A state without a successor. */
    DEADLOCK("deadlock");

    private final String text;

    PropertyKind(String text) {
        this.text = text;
    }

    /**
     * The name used in the manifest and in reports.
     *
     * @return lower-case words
     */
    public String text() {
        return text;
    }

    static Optional<PropertyKind> of(String text) {
        return Stream.of(values()).filter(kind -> kind.text.equals(text)).findFirst();
    }

    static String legal() {
        return String.join(", ", Stream.of(values()).map(PropertyKind::text).toList());
    }
}
