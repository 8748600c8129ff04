package org.netchannel.bench.speed;

import java.io.IOException;
import java.time.Duration;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import org.HdrHistogram.Histogram;
import org.netchannel.bench.stack.Connector;
import org.netchannel.bench.stack.Peer;
import org.netchannel.bench.stack.StackLink;
import org.netchannel.optimized.NetStack;
import org.netchannel.optimized.Threading;
import org.netchannel.traces.ChannelClass;
import org.netchannel.traces.Config;

/**
 * Messages of 64 bytes beside eight connections that send without end to readers of which some are slow. Each host is
 * one thread that does all its work: with two processors, time is not what the kernel makes of six threads. Either the
 * messages have a class and a channel of their own, or all share one.
 */
record BulkContender(String name, ChannelClass ofMessages, Config config, Connector connector, boolean copies)
        implements Contender {
    /** The messages have a channel of their own. */
    static final String APART = "classes-apart";
    /** All share one. */
    static final String SHARED = "one-channel";
    private static final Duration FIRST = Duration.ofMillis(500);

    /** Both ways over the same kind of channels; bulk is copied, or sent and read where it lies. */
    static List<Contender> both(Config config, Connector connector, boolean copies) {
        return List.of(new BulkContender(APART, ChannelClass.LATENCY, config, connector, copies),
                new BulkContender(SHARED, ChannelClass.THROUGHPUT, config, connector, copies));
    }

    @Override
    public Map<Quantity, Double> sample(Duration time) throws IOException {
        int latency = ofMessages == ChannelClass.LATENCY ? 1 : 0;
        try (StackLink link = new StackLink(Threading.of(NetStack.Mode.INVOKER), config, connector, latency, 1)) {
            BulkHosts hosts = new BulkHosts(link, ofMessages, copies);
            try (Peer peer = new Peer(hosts::serve)) {
                hosts.exchange(FIRST, Latencies.histogram());
                Histogram histogram = Latencies.histogram();
                long before = hosts.carriedBytes();
                long began = System.nanoTime();
                hosts.exchange(time, histogram);
                double perNs = (double) (hosts.carriedBytes() - before) / (System.nanoTime() - began);
                peer.check();
                Map<Quantity, Double> quantities = new EnumMap<>(Latencies.quantities(histogram));
                quantities.put(Quantity.GBIT_PER_SECOND, perNs * 8);
                return quantities;
            }
        }
    }
}
