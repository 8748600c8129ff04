package org.netchannel.optimized;

import java.io.IOException;
import java.util.Optional;
import org.netchannel.traces.ErrorCode;
import org.netchannel.traces.Reason;

/** How a virtual socket ended, or why it was never open (protocol.md section 10). */
public final class VirtualSocketException extends IOException {
    private static final long serialVersionUID = 1;

    /** Which error it is. */
    private final ErrorCode error;
    /** Why, or null. */
    private final Reason reason;

    /**
     * An error with its reason.
     *
     * @param error which one
     * @param reason why, or null where there is no reason
     */
    VirtualSocketException(ErrorCode error, Reason reason) {
        super(reason == null ? error.toString() : error + " (" + reason + ")");
        this.error = error;
        this.reason = reason;
    }

    /**
     * Which error it is.
     *
     * @return PORT_IN_USE, REFUSED, TIMEOUT, RESET, NOT_CONNECTED or NO_SUCH_SOCKET
     */
    public ErrorCode error() {
        return error;
    }

    /**
     * Why, where the protocol gives a reason.
     *
     * @return the reason, or empty
     */
    public Optional<Reason> reason() {
        return Optional.ofNullable(reason);
    }
}
