package org.netchannel.specs;

import java.time.Duration;
import java.util.List;

/** What came out of running TLC on one model. */
public sealed interface Finding {
    /** Every property holds in every reachable state. */
    record Holds() implements Finding {
        @Override
        public String toString() {
            return "holds";
        }
    }

    /**
     * TLC walked at random and met no violation, which proves nothing.
     *
     * @param traces how many walks
     */
    record NoneFound(long traces) implements Finding {
        @Override
        public String toString() {
            return "no violation in " + traces + " random traces";
        }
    }

    /**
     * TLC found a behaviour that violates a property.
     *
     * @param kind what sort of property it is
     * @param candidates the names it may have: one, where TLC says which; none for a deadlock
     */
    record Violated(PropertyKind kind, List<String> candidates) implements Finding {
        /** Keeps its own copy. */
        public Violated {
            candidates = List.copyOf(candidates);
        }

        @Override
        public String toString() {
            return switch (candidates.size()) {
                case 0 -> kind == PropertyKind.DEADLOCK ? "reaches a deadlock" : "violates some " + kind.text();
                case 1 -> "violates the " + kind.text() + " " + candidates.getFirst();
                default -> "violates a " + kind.text() + ", one of " + String.join(", ", candidates);
            };
        }
    }

    /**
     * TLC could not check the model.
     *
     * @param stage what went wrong
     * @param message TLC's words; several lines
     */
    record Failed(Stage stage, String message) implements Finding {
        @Override
        public String toString() {
            return stage.text() + ": " + message.strip().lines().findFirst().orElse("no message");
        }
    }

    /**
     * TLC was stopped because it took too long.
     *
     * @param limit the time it had
     */
    record TimedOut(Duration limit) implements Finding {
        @Override
        public String toString() {
            return "not finished after " + limit.toSeconds() + " s";
        }
    }

    /** Where a run of TLC failed. */
    enum Stage {
        /** The module or the configuration does not parse. */
        PARSING("parse error"),
        /** An expression of the specification can't be evaluated, or an assumption is false. */
        EVALUATION("evaluation error"),
        /** TLC or its process broke down. */
        TOOL("TLC failed");

        private final String text;

        Stage(String text) {
            this.text = text;
        }

        /**
         * The word for it in a report.
         *
         * @return lower-case words
         */
        public String text() {
            return text;
        }
    }
}
