package org.netchannel.bench.speed;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.Map;
import org.netchannel.bench.stack.Bytes;
import org.netchannel.bench.stack.Carrier;
import org.netchannel.bench.stack.Peer;
import org.netchannel.bench.stack.Pipe;

/** A thread sends messages without end, the caller's receives them and checks each byte once. */
record StreamContender(Carrier transport, int size) implements Contender {
    /** What no transport keeps in its buffers at once: only after that the rate is that of both ends. */
    private static final long FIRST_BYTES = 64L << 20;

    @Override
    public String name() {
        return transport.tableName();
    }

    @Override
    public Map<Quantity, Double> sample(Duration time) throws IOException {
        try (Pipe pipe = transport.open()) {
            ByteBuffer source = Bytes.pattern(size);
            Pipe.End left = pipe.left();
            try (Peer sender = new Peer(() -> left.send(source.clear()))) {
                Map<Quantity, Double> quantities = measure(pipe.right(), size, time);
                sender.check();
                return quantities;
            }
        }
    }

    /** How fast messages come that another thread or host sends without end. */
    static Map<Quantity, Double> measure(Pipe.End end, int size, Duration time) throws IOException {
        ByteBuffer expected = Bytes.pattern(size);
        ByteBuffer target = ByteBuffer.allocateDirect(size);
        for (long bytes = 0; bytes < FIRST_BYTES; bytes += size) {
            receive(end, target, expected);
        }
        long began = System.nanoTime();
        long messages = 0;
        long took;
        do {
            receive(end, target, expected);
            messages++;
            took = System.nanoTime() - began;
        } while (took < time.toNanos());
        double perSecond = messages * 1e9 / took;
        return Map.of(
                Quantity.GBIT_PER_SECOND, perSecond * size * 8 / 1e9,
                Quantity.MESSAGES_PER_SECOND, perSecond);
    }

    private static void receive(Pipe.End end, ByteBuffer target, ByteBuffer expected) throws IOException {
        end.receiveSame(expected.clear(), target);
    }
}
