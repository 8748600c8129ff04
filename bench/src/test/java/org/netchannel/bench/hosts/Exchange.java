package org.netchannel.bench.hosts;

import java.io.IOException;
import java.nio.ByteBuffer;
import org.netchannel.bench.stack.Bytes;

/** A short measurement with another host, of which every byte is looked at. */
final class Exchange {
    private Exchange() {}

    /**
     * Measures.
     *
     * @param size of a message, in bytes
     */
    static void of(HostClient client, Order.Task task, HostTransport transport, int size) throws IOException {
        try (Session session = client.open(new Order(task, transport, size), transport)) {
            ByteBuffer target = ByteBuffer.allocateDirect(size);
            for (int i = 0; i < 100; i++) {
                if (task == Order.Task.ECHO) {
                    session.end().send(Bytes.pattern(size));
                }
                session.end().receiveFully(target.clear());
                Bytes.requireSame(Bytes.pattern(size), target.flip());
            }
        }
    }
}
