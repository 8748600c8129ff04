package org.netchannel.conformance.exec;

import java.io.Serial;

/** A line does not say what it has to say; the message names the field, what was found and what is legal. */
final class IllFormedException extends Exception {
    @Serial
    private static final long serialVersionUID = 1;

    IllFormedException(String problem) {
        super(problem, null, false, false);
    }
}
