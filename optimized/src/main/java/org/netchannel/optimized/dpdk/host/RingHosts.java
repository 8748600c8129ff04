package org.netchannel.optimized.dpdk.host;

import java.util.ArrayList;
import java.util.List;
import java.util.function.UnaryOperator;
import org.netchannel.optimized.dpdk.DpdkException;
import org.netchannel.optimized.dpdk.MbufPool;
import org.netchannel.optimized.dpdk.PortSettings;
import org.netchannel.optimized.dpdk.RingLink;
import org.netchannel.optimized.tcp.Settings;
import org.netchannel.optimized.tcp.host.Interface;
import org.netchannel.optimized.tcp.wire.SegmentChecksum;

/**
 * Two hosts in one process on the two ends of a link of net_ring: frames change hands, nothing is copied on their way.
 * Close it after both hosts, that is, after the stacks that drive them, and when nobody reads from those any more.
 */
public final class RingHosts implements AutoCloseable {
    private static final int MBUFS = 8_191;
    private static final int ROOM = 2_304;
    private static final int DESCRIPTORS = 1_024;
    private static final long LINK = 0x0200_0000_0000L;
    private static final int NETWORK = 0x0a4e_4300;
    private static final int PREFIX = 24;

    private final List<MbufPool> pools = new ArrayList<>();
    private final RingLink link;
    private final List<DpdkHost> hosts = new ArrayList<>();

    /**
     * Both hosts, which nobody drives yet.
     *
     * @param name unique in the process, at most 8 letters
     * @param settings of both hosts' TCP; their MTU is that of the link
     * @param checksum of both
     * @param decorator puts something in front of each end, such as a {@link LossyDevice}
     * @throws DpdkException when DPDK is missing or refuses
     */
    public RingHosts(String name, Settings settings, SegmentChecksum checksum, UnaryOperator<FrameDevice> decorator)
            throws DpdkException {
        this(name, settings, checksum, decorator, ROOM);
    }

    /**
     * The same with mbufs of another size.
     *
     * @param name unique in the process, at most 8 letters
     * @param settings of both hosts' TCP; their MTU is that of the link
     * @param checksum of both
     * @param decorator puts something in front of each end, such as a {@link LossyDevice}
     * @param room bytes of a frame that an mbuf has room for
     * @throws DpdkException when DPDK is missing or refuses
     */
    public RingHosts(String name, Settings settings, SegmentChecksum checksum, UnaryOperator<FrameDevice> decorator,
            int room) throws DpdkException {
        pools.add(MbufPool.create(name + ".p0", MBUFS, room));
        pools.add(MbufPool.create(name + ".p1", MBUFS, room));
        link = RingLink.create(name, new PortSettings(1, DESCRIPTORS, 1_500), pools.get(0));
        for (int end = 0; end < 2; end++) {
            Interface self = new Interface(LINK + address(end), address(end), PREFIX, 0);
            hosts.add(new DpdkHost(name + "." + end, decorator.apply(FrameDevice.of(link.port(end), 0)), pools.get(end),
                    self, settings, checksum));
        }
    }

    /**
     * One of the hosts.
     *
     * @param end 0 or 1
     * @return to be driven by one thread
     */
    public DpdkHost host(int end) {
        return hosts.get(end);
    }

    /**
     * Where that host is.
     *
     * @param end 0 or 1
     * @return an IPv4 address, 32 bits
     */
    public int address(int end) {
        return NETWORK + 1 + end;
    }

    /**
     * The link between them.
     *
     * @return for taking it down
     */
    public RingLink link() {
        return link;
    }

    /**
     * The mbufs of a host.
     *
     * @param end 0 or 1
     * @return its pool
     */
    public MbufPool pool(int end) {
        return pools.get(end);
    }

    /** Gives everything back: also what was received and not read, and what is shown, which nobody may look at then. */
    @Override
    public void close() {
        hosts.forEach(DpdkHost::close);
        link.close();
        // Each may still have what is the other's.
        hosts.forEach(DpdkHost::close);
        hosts.forEach(DpdkHost::reclaim);
        hosts.forEach(DpdkHost::close);
        pools.forEach(MbufPool::close);
    }
}
