package org.netchannel.specs.value;

import java.util.Optional;

/**
 * One place in which two states differ.
 *
 * @param path where, in TLA+ notation, such as {@code host[A].conn[c1].sndNxt}
 * @param what how
 * @param before the value there in the first state; empty when something was added
 * @param after the value there in the second state; empty when something was removed
 */
public record Change(String path, What what, Optional<TlaValue> before, Optional<TlaValue> after) {
    /** How two states differ in one place. */
    public enum What {
        /** The value is another. */
        CHANGED("changed"),
        /** An element of a set, a field of a record or an argument of a function is new. */
        ADDED("added"),
        /** An element of a set, a field of a record or an argument of a function is gone. */
        REMOVED("removed"),
        /** An element was put at the end of a sequence. */
        APPENDED("appended"),
        /** An element was put into a sequence, not at its end. */
        INSERTED("inserted"),
        /** The first element of a sequence is gone. */
        FIRST_REMOVED("removed first");

        private final String text;

        What(String text) {
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

    static Change changed(String path, TlaValue before, TlaValue after) {
        return new Change(path, What.CHANGED, Optional.of(before), Optional.of(after));
    }

    static Change added(String path, What what, TlaValue after) {
        return new Change(path, what, Optional.empty(), Optional.of(after));
    }

    static Change removed(String path, What what, TlaValue before) {
        return new Change(path, what, Optional.of(before), Optional.empty());
    }
}
