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

        /**
         * Receives as many bytes as are expected, and compares each of them once: where they lie, if the end can show
         * them there, else after they were copied. Whoever calls it on an end calls nothing else to receive there.
         *
         * @param expected from its position to its limit; the position is anywhere after that
         * @param target has room for as many; what is in it after that has no meaning
         * @throws IOException when the connection fails or ends, or a byte is another one
         */
        default void receiveSame(ByteBuffer expected, ByteBuffer target) throws IOException {
            receiveFully(target.clear().limit(expected.remaining()));
            Bytes.requireSame(expected, target.flip());
        }
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
