package org.netchannel.conformance.check;

/** A line whose numbers have no form in the specification: the trace may be right, but the checker can't tell. */
final class BeyondSpecException extends RuntimeException {
    private static final long serialVersionUID = 1;

    BeyondSpecException(String message) {
        super(message);
    }
}
