package org.netchannel.bench.stack;

import java.io.IOException;
import java.nio.ByteBuffer;

/** Two ends that exchange bytes in order, one thread at each: what all that is compared has in common. */
public interface Pipe extends AutoCloseable {
    /** One end. The same thread makes all calls. */
    interface End {
        /**
         * Sends all bytes.
         *
         * @param source they remain in it
         * @throws IOException when the connection fails
         */
        void send(ByteBuffer source) throws IOException;

        /**
         * Receives until the target is full.
         *
         * @param target where bytes go
         * @throws IOException when the connection fails or ends
         */
        void receiveFully(ByteBuffer target) throws IOException;
    }

    /**
     * One end.
     *
     * @return for one thread
     */
    End left();

    /**
     * The other end.
     *
     * @return for another thread
     */
    End right();

    /**
     * Ends the connection.
     *
     * @throws IOException when that fails
     */
    @Override
    void close() throws IOException;
}
