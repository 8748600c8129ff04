package org.netchannel.conformance.optimized;

import java.io.IOException;
import java.nio.ByteBuffer;
import org.netchannel.optimized.VirtualSocket;
import org.netchannel.traces.PayloadPattern;

/** Streams of bytes that the recorded trace, too, can check. */
final class PatternStream {
    private PatternStream() {}

    /** Sends the bytes from one offset to another. */
    static void send(VirtualSocket socket, int direction, long from, long to) throws IOException {
        ByteBuffer buffer = ByteBuffer.allocate(30_000);
        for (long offset = from; offset < to; ) {
            buffer.clear();
            while (buffer.hasRemaining() && offset < to) {
                buffer.put(PayloadPattern.at(socket.connection(), direction, offset++));
            }
            socket.send(buffer.flip());
        }
    }

    /** Receives to the end of the stream and checks every byte; how many there were. */
    static long receive(VirtualSocket socket, int direction) throws IOException {
        ByteBuffer buffer = ByteBuffer.allocate(20_000);
        long offset = 0;
        for (int count = socket.receive(buffer); count >= 0; count = socket.receive(buffer)) {
            buffer.flip();
            while (buffer.hasRemaining()) {
                if (buffer.get() != PayloadPattern.at(socket.connection(), direction, offset++)) {
                    throw new AssertionError("byte " + (offset - 1) + " is wrong");
                }
            }
            buffer.clear();
        }
        return offset;
    }
}
