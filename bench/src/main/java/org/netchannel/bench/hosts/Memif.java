package org.netchannel.bench.hosts;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.netchannel.bench.stack.Ring;
import org.netchannel.optimized.dpdk.Device;
import org.netchannel.optimized.dpdk.EalOptions;
import org.netchannel.optimized.dpdk.PortSettings;
import org.netchannel.optimized.dpdk.host.PortHosts;
import org.netchannel.optimized.tcp.host.Ipv4Interface;
import org.netchannel.optimized.tcp.wire.SegmentChecksum;

/** The two ends of net_memif, memory that two processes share. Nothing on it computes checksums: it does not err. */
final class Memif {
    private static final int NETWORK = 0x0a4e_4d00;
    private static final int PREFIX = 24;
    /** Few enough that what is on its way stays in caches. */
    private static final int LOG_DESCRIPTORS = 7;

    private Memif() {}

    /** The end that has to be there first. */
    static HostDevice server(Path socket, int mtu) {
        return end("server", socket, mtu, 1, Ring.EAL);
    }

    /** The other one, in a process of its own. What it sends is copied once less where it has hugepages. */
    static HostDevice client(Path socket, int mtu, boolean hugepages) {
        return end(hugepages ? "client,zero-copy=yes" : "client", socket, mtu, 2,
                new EalOptions(hugepages, Ring.MEGABYTES, List.of()));
    }

    private static HostDevice end(String role, Path socket, int mtu, int number, EalOptions eal) {
        PortSettings settings = new PortSettings(1, 1 << LOG_DESCRIPTORS, mtu);
        return new HostDevice(
                Device.of("net_memif0,role=" + role + ",socket-abstract=no,socket=" + socket
                        + ",rsize=" + LOG_DESCRIPTORS + ",bsize=" + PortHosts.room(settings)),
                settings, new Ipv4Interface(NETWORK + number, PREFIX, 0), Optional.empty(),
                eal, SegmentChecksum.DEVICE);
    }
}
