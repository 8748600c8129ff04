package org.netchannel.bench.speed;

import java.io.IOException;
import java.time.Duration;
import java.util.Map;
import org.HdrHistogram.Histogram;
import org.netchannel.bench.stack.Carrier;
import org.netchannel.bench.stack.Peer;
import org.netchannel.bench.stack.Pipe;
import org.netchannel.bench.stack.RoundTrip;

/** The caller's thread sends a message, and the next one when it is back. */
record RoundTripContender(Carrier transport, int size) implements Contender {
    private static final int FIRST = 20_000;

    @Override
    public String name() {
        return transport.tableName();
    }

    @Override
    public Map<Quantity, Double> sample(Duration time) throws IOException {
        try (Pipe pipe = transport.open(); RoundTrip message = new RoundTrip(pipe, size)) {
            return measure(message::go, time);
        }
    }

    /** How long it takes to do something, once after the other. */
    static Map<Quantity, Double> measure(Peer.Task roundTrip, Duration time) throws IOException {
        Histogram histogram = Latencies.histogram();
        for (int i = 0; i < FIRST; i++) {
            roundTrip.run();
        }
        long end = System.nanoTime() + time.toNanos();
        long before = System.nanoTime();
        while (before - end < 0) {
            roundTrip.run();
            long now = System.nanoTime();
            Latencies.record(histogram, now - before);
            before = now;
        }
        return Latencies.quantities(histogram);
    }
}
