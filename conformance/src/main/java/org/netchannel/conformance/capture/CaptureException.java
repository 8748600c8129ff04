package org.netchannel.conformance.capture;

import java.io.IOException;

/** A capture that can't be read, or tells too little; the message is one line for the person who gave it. */
public final class CaptureException extends IOException {
    private static final long serialVersionUID = 1;

    /**
     * Says why.
     *
     * @param message one line
     */
    public CaptureException(String message) {
        super(message);
    }
}
