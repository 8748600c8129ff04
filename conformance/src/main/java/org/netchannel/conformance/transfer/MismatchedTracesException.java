package org.netchannel.conformance.transfer;

import java.io.IOException;

/** Two traces that can't be of the two hosts of one link. */
public final class MismatchedTracesException extends IOException {
    private static final long serialVersionUID = 1L;

    MismatchedTracesException(String message) {
        super(message);
    }
}
