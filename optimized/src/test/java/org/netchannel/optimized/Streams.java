package org.netchannel.optimized;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.ByteBuffer;

/** Streams whose every byte can be checked. */
final class Streams {
    /** Bytes of each stream. */
    static final int BYTES = 8 << 20;

    private Streams() {}

    private static byte at(long offset, int salt) {
        return (byte) (offset * 31 + (offset >>> 8) + salt);
    }

    static Void sendAll(VirtualSocket socket, int salt, int most) throws IOException {
        ByteBuffer buffer = ByteBuffer.allocate(most);
        for (long offset = 0; offset < BYTES; ) {
            buffer.clear();
            while (buffer.hasRemaining() && offset < BYTES) {
                buffer.put(at(offset++, salt));
            }
            socket.send(buffer.flip());
        }
        socket.shutdown();
        return null;
    }

    static Void receiveAll(VirtualSocket socket, int salt, int most) throws IOException {
        ByteBuffer buffer = ByteBuffer.allocateDirect(most);
        long offset = 0;
        for (int count = socket.receive(buffer); count >= 0; count = socket.receive(buffer)) {
            buffer.flip();
            while (buffer.hasRemaining()) {
                byte expected = at(offset++, salt);
                if (buffer.get() != expected) {
                    throw new AssertionError("byte " + (offset - 1) + " is wrong");
                }
            }
            buffer.clear();
        }
        assertThat(offset).isEqualTo(BYTES);
        return null;
    }
}
