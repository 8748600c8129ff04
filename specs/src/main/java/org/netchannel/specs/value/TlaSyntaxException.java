package org.netchannel.specs.value;

/** A text is not a TLA+ value of the forms this program reads. The message says where and what was expected. */
public final class TlaSyntaxException extends RuntimeException {
    private static final long serialVersionUID = 1;

    TlaSyntaxException(String message) {
        super(message);
    }
}
