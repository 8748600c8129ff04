package org.netchannel.bench.stack;

import java.io.IOException;
import java.nio.ByteBuffer;

/** Sends a message, waits until it is back, and in the end looks whether it came back as it was. */
public final class RoundTrip implements AutoCloseable {
    private final Pipe.End here;
    private final Peer echo;
    private final ByteBuffer source;
    private final ByteBuffer target;

    /**
     * Starts the echo at the right end.
     *
     * @param pipe both ends
     * @param size of a message, in bytes
     */
    public RoundTrip(Pipe pipe, int size) {
        here = pipe.left();
        source = Bytes.pattern(size);
        target = ByteBuffer.allocateDirect(size);
        Pipe.End there = pipe.right();
        ByteBuffer echoed = ByteBuffer.allocateDirect(size);
        echo = new Peer(() -> {
            there.receiveFully(echoed.clear());
            there.send(echoed.flip());
        });
    }

    /**
     * Once there and back. One thread calls; allocates nothing.
     *
     * @throws IOException when the connection fails
     */
    public void go() throws IOException {
        here.send(source.clear());
        here.receiveFully(target.clear());
    }

    /**
     * Ends the echo, not the connection.
     *
     * @throws IOException when the echo has failed or a byte is wrong
     */
    @Override
    public void close() throws IOException {
        Bytes.requireSame(source.clear(), target.flip());
        echo.close();
    }
}
