package org.netchannel.bench.stack;

import java.io.IOException;
import org.netchannel.optimized.DpdkLink;
import org.netchannel.optimized.NetStack;
import org.netchannel.optimized.SchedulingPolicies;
import org.netchannel.optimized.Threading;
import org.netchannel.optimized.dpdk.EalMemory;
import org.netchannel.optimized.dpdk.host.DpdkHost;
import org.netchannel.optimized.dpdk.host.RingHosts;
import org.netchannel.optimized.tcp.Setting;
import org.netchannel.optimized.tcp.Settings;
import org.netchannel.optimized.tcp.wire.SegmentChecksum;
import org.netchannel.traces.Config;

/**
 * Channels over DPDK's net_ring, both ends in one process. Frames are memory that changes hands, so that nothing
 * computes checksums.
 *
 * @param mtu of the link
 * @param window bytes that a channel may have on its way: there is no way, and what lies there fills caches
 */
public record RingConnector(int mtu, int window) implements Connector {
    private static final int PORT = 7_000;

    /** In DPDK's memory, which is of hugepages where enough of them are free. */
    @Override
    public NetStack newStack(Config config, Threading threading) throws IOException {
        Ring.start();
        return new NetStack(config, threading, SchedulingPolicies.ROUND_ROBIN, StackLink.MEMORY_BYTES,
                EalMemory.INSTANCE, null);
    }

    @Override
    public Runnable connect(NetStack left, NetStack right, int latency, int throughput) throws IOException {
        Settings settings = DpdkHost.settings(mtu)
                .with(Setting.SEND_BUFFER, window)
                .with(Setting.RECEIVE_BUFFER, window);
        RingHosts hosts = new RingHosts("bench", settings, SegmentChecksum.DEVICE, device -> device);
        DpdkLink.open(right, hosts.host(1)).listen(PORT);
        DpdkLink.open(left, hosts.host(0)).dial(hosts.address(1), PORT, latency, throughput);
        return hosts::close;
    }
}
