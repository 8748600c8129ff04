package org.netchannel.bench.stack;

import java.io.EOFException;
import java.io.IOException;
import java.nio.ByteBuffer;
import org.netchannel.optimized.VirtualSocket;

/**
 * One end of a connection of the stack.
 *
 * @param socket established, or about to be
 */
public record StackEnd(VirtualSocket socket) implements Pipe.End {
    @Override
    public void send(ByteBuffer source) throws IOException {
        socket.send(source);
    }

    @Override
    public void receiveFully(ByteBuffer target) throws IOException {
        while (target.hasRemaining()) {
            if (socket.receive(target) < 0) {
                throw new EOFException("the other end was closed");
            }
        }
    }
}
