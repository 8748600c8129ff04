package org.netchannel.specs.mutation;

import java.time.Duration;
import java.util.Optional;
import org.netchannel.specs.Finding;
import org.netchannel.specs.ModelResult;

/**
 * What became of one mutation.
 *
 * @param mutation what was changed
 * @param original what stood there
 * @param noticedBy the first model that was not as the manifest says
 * @param models how many models were run
 * @param duration how long they took
 */
public record MutantResult(
        Mutation mutation, String original, Optional<ModelResult> noticedBy, int models, Duration duration) {
    /**
     * How it was noticed.
     *
     * @return the outcome
     */
    public Outcome outcome() {
        if (noticedBy.isEmpty()) {
            return Outcome.UNNOTICED;
        }
        ModelResult result = noticedBy.get();
        return switch (result.finding()) {
            case Finding.TimedOut _ -> Outcome.ENDLESS;
            case Finding.Failed(var stage, var _) when stage == Finding.Stage.PARSING -> Outcome.UNPARSABLE;
            case Finding.Failed _ -> Outcome.UNEVALUABLE;
            case Finding.Holds _, Finding.NoneFound _, Finding.Violated _ ->
                result.propertyAsExpected() ? Outcome.STATES : Outcome.PROPERTY;
        };
    }

    /** How a mutation may show. */
    public enum Outcome {
        /** A property is violated that held, or holds that was violated. */
        PROPERTY("a property"),
        /** Only the number of states differs. */
        STATES("the number of states"),
        /** TLC can't evaluate the specification any more. */
        UNEVALUABLE("an evaluation error"),
        /** TLC did not finish in its time. */
        ENDLESS("no end"),
        /** Every model is as the manifest says. */
        UNNOTICED("not noticed"),
        /** The changed module does not parse, so it says nothing about the models. */
        UNPARSABLE("does not parse");

        private final String text;

        Outcome(String text) {
            this.text = text;
        }

        /**
         * The words for it in a report.
         *
         * @return lower-case words
         */
        public String text() {
            return text;
        }

        /**
         * Whether the models noticed.
         *
         * @return false for what no model noticed, and for what does not count
         */
        public boolean isNoticed() {
            return this != UNNOTICED && this != UNPARSABLE;
        }
    }
}
