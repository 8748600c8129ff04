package org.netchannel.bench.speed;

import java.util.EnumMap;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.HdrHistogram.Histogram;

/** Times of round trips. */
final class Latencies {
    private static final long LONGEST_NS = TimeUnit.SECONDS.toNanos(100);

    private Latencies() {}

    /** Nanoseconds, to three digits. */
    static Histogram histogram() {
        return new Histogram(LONGEST_NS, 3);
    }

    static void record(Histogram histogram, long ns) {
        histogram.recordValue(Math.min(ns, LONGEST_NS));
    }

    static Map<Quantity, Double> quantities(Histogram histogram) {
        Map<Quantity, Double> quantities = new EnumMap<>(Quantity.class);
        quantities.put(Quantity.P50_MICROSECONDS, histogram.getValueAtPercentile(50) / 1e3);
        quantities.put(Quantity.P999_MICROSECONDS, histogram.getValueAtPercentile(99.9) / 1e3);
        return quantities;
    }
}
