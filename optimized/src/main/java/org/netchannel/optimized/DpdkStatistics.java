package org.netchannel.optimized;

import java.util.List;
import java.util.Locale;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.BiConsumer;
import java.util.function.LongSupplier;
import java.util.function.ToLongFunction;
import org.netchannel.optimized.dpdk.host.DeviceCounter;
import org.netchannel.optimized.dpdk.host.DpdkHost;
import org.netchannel.optimized.tcp.Counter;

/** What the hosts below a stack's links over DPDK have counted, all of them together. Any thread. */
final class DpdkStatistics {
    private final List<DpdkHost> hosts = new CopyOnWriteArrayList<>();

    void add(DpdkHost host) {
        hosts.add(host);
    }

    boolean isEmpty() {
        return hosts.isEmpty();
    }

    /** Tells of each count, with its label. */
    void publish(BiConsumer<String, LongSupplier> to) {
        to.accept("dpdk: frames not sent for want of mbufs", () -> sum(DpdkHost::exhausted));
        to.accept("dpdk: frames dropped, too many mbufs held", () -> sum(DpdkHost::crowdedOut));
        to.accept("dpdk: frames dropped, in too many mbufs", () -> sum(DpdkHost::unreadable));
        to.accept("dpdk: mbufs held with received bytes", () -> sum(DpdkHost::held));
        to.accept("dpdk: frames refused by devices", () -> sum(host -> host.count(DeviceCounter.REFUSED)));
        to.accept("dpdk: resets of devices", () -> sum(host -> host.count(DeviceCounter.RESETS)));
        to.accept("dpdk: frames handed over to other queues", () -> sum(host -> host.count(DeviceCounter.HANDED_OVER)));
        to.accept("dpdk: frames dropped, other queues full", () -> sum(host -> host.count(DeviceCounter.NOT_TAKEN)));
        for (Counter counter : Counter.values()) {
            to.accept("dpdk tcp: " + counter.name().toLowerCase(Locale.ROOT).replace('_', ' '),
                    () -> sum(host -> host.ip().counters().get(counter)));
        }
    }

    private long sum(ToLongFunction<DpdkHost> count) {
        long sum = 0;
        for (int i = 0; i < hosts.size(); i++) {
            sum += count.applyAsLong(hosts.get(i));
        }
        return sum;
    }
}
