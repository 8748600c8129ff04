package org.netchannel.bench.speed;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.EnumMap;
import java.util.Map;
import org.HdrHistogram.Histogram;
import org.netchannel.bench.stack.Peer;
import org.netchannel.optimized.NetStack;
import org.netchannel.optimized.SchedulingPolicies;
import org.netchannel.optimized.TcpLink;
import org.netchannel.traces.ChannelClass;
import org.netchannel.traces.Config;

/**
 * Messages of 64 bytes beside eight connections that send without end to readers of which some are slow, over the
 * kernel's TCP. Each host is one thread that does all its work: with two processors, time is not what the kernel makes
 * of six threads. Either the messages have a class and a channel of their own, or all share one.
 */
record BulkContender(String name, ChannelClass ofMessages) implements Contender {
    private static final Duration FIRST = Duration.ofMillis(500);

    @Override
    public Map<Quantity, Double> sample(Duration time) throws IOException {
        try (NetStack left = stack(); NetStack right = stack()) {
            InetSocketAddress any = new InetSocketAddress(InetAddress.getLoopbackAddress(), 0);
            int latency = ofMessages == ChannelClass.LATENCY ? 1 : 0;
            TcpLink.dial(left, TcpLink.listen(right, any), latency, 1);
            BulkHosts hosts = new BulkHosts(left, right, ofMessages);
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

    private static NetStack stack() {
        return new NetStack(Config.DEFAULTS, NetStack.Mode.INVOKER, SchedulingPolicies.ROUND_ROBIN, 64 << 20);
    }
}
