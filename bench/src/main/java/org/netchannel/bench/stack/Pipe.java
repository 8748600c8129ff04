package org.netchannel.bench.stack;

import java.io.IOException;
import java.nio.ByteBuffer;

/** Two ends that exchange bytes in order, one thread at each: what all that is compared has in common. */
interface Pipe extends AutoCloseable {
    /** One end. The same thread makes all calls. */
    interface End {
        /** Sends all bytes. */
        void send(ByteBuffer source) throws IOException;

        /** Receives until the target is full. */
        void receiveFully(ByteBuffer target) throws IOException;
    }

    End left();

    End right();

    @Override
    void close() throws IOException;
}
