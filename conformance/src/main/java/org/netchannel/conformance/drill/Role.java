package org.netchannel.conformance.drill;

import java.util.Locale;

/** Which side of a connection the host under test is. */
public enum Role {
    /** It calls connect. */
    CONNECTING,
    /** It listens, and the peer asks. */
    ACCEPTING;

    @Override
    public String toString() {
        return name().toLowerCase(Locale.ROOT);
    }
}
