package org.netchannel.bench.hosts;

import java.io.IOException;
import org.netchannel.bench.stack.Pipe;

/**
 * Waits for one connection.
 *
 * @param place where
 * @param accepting waits, in the thread that goes on with the connection
 * @param closing ends the connection, too
 */
record Listening(Place place, Accepting accepting, Session.Closing closing) implements AutoCloseable {
    /** Waits for a connection. */
    interface Accepting {
        Pipe.End accept() throws IOException;
    }

    @Override
    public void close() throws IOException {
        closing.close();
    }
}
