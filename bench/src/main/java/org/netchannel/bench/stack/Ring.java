package org.netchannel.bench.stack;

import java.io.IOException;
import java.util.Locale;
import org.netchannel.optimized.DpdkLink;
import org.netchannel.optimized.Idling;
import org.netchannel.optimized.NetStack;
import org.netchannel.optimized.Threading;
import org.netchannel.optimized.dpdk.Eal;
import org.netchannel.optimized.dpdk.EalOptions;
import org.netchannel.optimized.dpdk.host.DpdkHost;
import org.netchannel.optimized.dpdk.host.RingHosts;
import org.netchannel.optimized.tcp.wire.SegmentChecksum;
import org.netchannel.traces.ChannelClass;
import org.netchannel.traces.Config;
import org.netchannel.traces.Config.Setting;

/**
 * What is compared over DPDK's net_ring, both ends in one process, stepped by the application's two threads, which do
 * not sleep: nothing would wake them. Frames are memory that changes hands, so that nothing computes checksums.
 */
public enum Ring implements Carrier, Connector {
    /** A copy into mbufs of 32 KiB and one out of them, and nothing else: the bound on this device. */
    MBUF_COPIES(0, 0),
    /** The stack with Ethernet's usual frames. */
    RING_1500(1_500, 65_496),
    /** The stack with jumbo frames, a packet in each. */
    RING_9000(9_000, 8_192),
    /** The stack with the largest frames that IPv4 has, a packet of half a segment in each. */
    RING_64K(65_535, 32_768);

    /** How DPDK is started for questions about one machine: once, with enough for all of them. */
    public static final EalOptions EAL = EalOptions.withoutHugepages(512);
    private static final int PORT = 7_000;

    private final int mtu;
    private final int payload;

    Ring(int mtu, int payload) {
        this.mtu = mtu;
        this.payload = payload;
    }

    /**
     * Starts DPDK.
     *
     * @throws IOException when it is missing, or refuses
     */
    public static void start() throws IOException {
        Eal.start(EAL);
    }

    @Override
    public Pipe open() throws IOException {
        if (mtu == 0) {
            start();
            return new MbufPipe();
        }
        StackLink link = new StackLink(
                Threading.of(NetStack.Mode.INVOKER).withIdling(Idling.YIELD), config(), this, 1, 0);
        return new StackPipe(link, link.connect(ChannelClass.LATENCY));
    }

    /**
     * What stacks are to be configured with.
     *
     * @return their packets fill the frames
     */
    public Config config() {
        return Config.DEFAULTS.with(Setting.MAX_PAYLOAD, payload);
    }

    @Override
    public Runnable connect(NetStack left, NetStack right, int latency, int throughput) throws IOException {
        start();
        RingHosts hosts = new RingHosts("bench", DpdkHost.settings(mtu), SegmentChecksum.DEVICE, device -> device);
        DpdkLink.open(right, hosts.host(1)).listen(PORT);
        DpdkLink.open(left, hosts.host(0)).dial(hosts.address(1), PORT, latency, throughput);
        return hosts::close;
    }

    @Override
    public String tableName() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }
}
