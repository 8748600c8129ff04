package org.netchannel.bench.hosts;

import java.io.IOException;
import org.netchannel.bench.stack.Pipe;

/**
 * One end of a connection between two hosts, and all it needs.
 *
 * @param end sends and receives, in one thread
 * @param closing ends the connection
 */
public record Session(Pipe.End end, Closing closing) implements AutoCloseable {
    /** Ends something. */
    interface Closing {
        void close() throws IOException;
    }

    @Override
    public void close() throws IOException {
        closing.close();
    }
}
