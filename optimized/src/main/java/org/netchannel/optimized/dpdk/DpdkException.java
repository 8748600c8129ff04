package org.netchannel.optimized.dpdk;

import java.io.IOException;

/** DPDK refused something, or is not there; the message says what, and what DPDK said. */
public final class DpdkException extends IOException {
    private static final long serialVersionUID = 1;

    /**
     * Something else than DPDK is missing.
     *
     * @param message what
     */
    public DpdkException(String message) {
        super(message);
    }

    DpdkException(String what, int error) {
        super(what + ": " + Errno.text(-error));
    }

    /** The same with what DPDK has said meanwhile. */
    DpdkException explained(DpdkLog log) {
        String said = log.text();
        return said.isEmpty() ? this
                : new DpdkException(getMessage() + "; it said: " + said.replaceAll("\\s*\n\\s*", "; "));
    }
}
