package org.netchannel.bench.speed;

import java.util.List;
import org.netchannel.bench.hosts.ChildHost;
import org.netchannel.bench.hosts.HostTransport;
import org.netchannel.bench.hosts.Order;
import org.netchannel.bench.speed.Demand.Bound;
import org.netchannel.bench.stack.Carrier;
import org.netchannel.bench.stack.Ring;
import org.netchannel.bench.stack.Transport;
import org.netchannel.optimized.dpdk.Dpdk;

/** What the stack promises about speed over DPDK. */
final class DpdkQuestions {
    private static final int BULK = 1 << 18;
    private static final int SHORT = 1 << 12;
    private static final String NIO = Transport.NIO.tableName();
    private static final String LARGE = Ring.RING_64K.tableName();
    private static final String JUMBO = Ring.RING_9000.tableName();
    private static final String COPIES = HostTransport.MBUF_COPIES.tableName();
    private static final String MEMIF_JUMBO = "memif-9000";
    private static final String MEMIF_LARGE = "memif-64k";
    /** What the device has of bulk is what a message waits for, whatever its class: four frames. */
    private static final int BESIDE_WINDOW = 1 << 18;
    /** The largest MTU whose frames go into one mbuf of net_memif's. */
    private static final int LARGEST = 65_000;

    private DpdkQuestions() {}

    /** None where there is no DPDK. */
    static List<Question> all() {
        return Dpdk.missing().isEmpty()
                ? List.of(bulk(), memif(), messages(), pingPong(), beside(), segments())
                : List.of();
    }

    private static Question bulk() {
        return new Question("dpdk", "One connection over one channel on net_ring, 256 KiB writes, bytes checked once.",
                streams(BULK, Transport.NIO, Ring.MBUF_COPIES, Ring.RING_1500, Ring.RING_9000, Ring.RING_64K),
                List.of(new Demand(Quantity.GBIT_PER_SECOND, LARGE, NIO, Bound.atLeast(5)),
                        new Demand(Quantity.GBIT_PER_SECOND, LARGE, null, Bound.atLeast(100)),
                        new Demand(Quantity.GBIT_PER_SECOND, JUMBO, null, Bound.atLeast(100))));
    }

    private static Question messages() {
        return new Question("dpdk-messages", "Messages of 4 KiB on one connection over one channel on net_ring.",
                streams(SHORT, Transport.NIO, Ring.MBUF_COPIES, Ring.RING_64K),
                List.of(new Demand(Quantity.MESSAGES_PER_SECOND, LARGE, NIO, Bound.atLeast(8))));
    }

    private static List<Contender> streams(int size, Carrier... carriers) {
        return List.of(carriers).stream().<Contender>map(it -> new StreamContender(it, size)).toList();
    }

    private static Question pingPong() {
        return new Question("dpdk-ping-pong", "4 KiB there and back over net_ring, two threads that spin.",
                List.of(new RoundTripContender(Transport.NIO, SHORT), new RoundTripContender(Ring.RING_64K, SHORT)),
                List.of(new Demand(Quantity.P50_MICROSECONDS, LARGE, null, Bound.atMost(8)),
                        new Demand(Quantity.P999_MICROSECONDS, LARGE, NIO, Bound.atMost(0.1))));
    }

    private static Question memif() {
        List<Contender> contenders = List.of(
                between(NIO, HostTransport.NIO, ChildHost::start),
                between(COPIES, HostTransport.MBUF_COPIES, () -> ChildHost.withMemif(LARGEST)),
                between(MEMIF_JUMBO, HostTransport.DPDK_INVOKER, () -> ChildHost.withMemif(9_000)),
                between(MEMIF_LARGE, HostTransport.DPDK_INVOKER, () -> ChildHost.withMemif(LARGEST)));
        return new Question("dpdk-memif",
                "Between two processes: one connection over one channel on net_memif, 256 KiB writes.",
                contenders,
                List.of(new Demand(Quantity.GBIT_PER_SECOND, MEMIF_LARGE, NIO, Bound.atLeast(3)),
                        new Demand(Quantity.GBIT_PER_SECOND, MEMIF_LARGE, COPIES, null)));
    }

    private static Contender between(String name, HostTransport transport, ProcessContender.Starting starting) {
        return new ProcessContender(name, new Order(Order.Task.SOURCE, transport, BULK), starting);
    }

    private static Question beside() {
        return new Question("dpdk-beside-bulk",
                "64 bytes there and back over net_ring beside eight connections that send and read without copies.",
                BulkContender.both(Ring.RING_64K.config(), Ring.RING_64K.connector(BESIDE_WINDOW), false),
                List.of(new Demand(Quantity.P999_MICROSECONDS, BulkContender.APART, BulkContender.SHARED,
                        Bound.atMost(1.0 / 15))));
    }

    private static Question segments() {
        SegmentsContender alone = new SegmentsContender("tcp-alone");
        return new Question("dpdk-tcp", "TCP in user space alone over net_ring, segments of 1,460 bytes.",
                List.of(alone),
                List.of(new Demand(Quantity.SEGMENTS_PER_SECOND, alone.name(), null, Bound.atLeast(3e6))));
    }
}
