package org.netchannel.conformance.transfer;

import java.io.IOException;

/** Whoever waits for a socket; attached to its selection key. Called by the pump's thread. */
interface Handler {
    /**
     * The socket is ready for what its key is interested in.
     *
     * @throws IOException when this process can't go on; what the peer does is never a reason
     */
    void ready() throws IOException;
}
