package org.netchannel.conformance.capture;

import java.util.HashSet;
import java.util.Set;

/** One host's end of a connection, as far as the inference has come with it. */
final class SeenEnd {
    /** The application's socket, 0 before accept. */
    int socket;
    /** The reference's id of the connection; it chooses its own for those it opens. */
    long referenceId;
    /** The local port that was seen, for a connection that this host opened. */
    int port;
    /** Bytes that the application has given. */
    long sent;
    /** Bytes that were seen on a channel. */
    final Ranges put = new Ranges();
    /** Channels that carried them. */
    final Set<Integer> used = new HashSet<>();
    boolean shutDown;
    boolean closed;
    /** Where the next STOP of this host is, or was when it was last looked for. */
    long nextStop;
    /** From here on packets for this host may not be delivered yet. */
    long cursor;

    SeenEnd(long id, long cursor) {
        this.referenceId = id;
        this.cursor = cursor;
        this.nextStop = cursor;
    }
}
