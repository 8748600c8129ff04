package org.netchannel.conformance.drill;

/** A drill has not got what the rest of it needs, a socket say. Whether that was legal is for the checker to say. */
final class CannotGoOn extends RuntimeException {
    private static final long serialVersionUID = 1L;

    CannotGoOn(String missing) {
        super(missing, null, false, false);
    }
}
