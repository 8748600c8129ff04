package org.netchannel.optimized.dpdk.host;

import java.util.ArrayList;
import java.util.List;
import java.util.function.UnaryOperator;
import org.netchannel.optimized.dpdk.DpdkException;
import org.netchannel.optimized.dpdk.MbufPool;
import org.netchannel.optimized.dpdk.PortSettings;
import org.netchannel.optimized.dpdk.RingLink;
import org.netchannel.optimized.tcp.Setting;
import org.netchannel.optimized.tcp.Settings;
import org.netchannel.optimized.tcp.host.Interface;
import org.netchannel.optimized.tcp.wire.SegmentChecksum;

/**
 * Two hosts in one process on the two ends of a link of net_ring: frames change hands, nothing is copied on their way.
 * Close it after both hosts, that is, after the stacks that drive them, and when nobody reads from those any more.
 */
public final class RingHosts implements AutoCloseable {
    private static final int LEAST_MBUFS = 1 << 11;
    private static final int MOST_MBUFS = 1 << 13;
    /** Headers of IPv4 and TCP, with timestamps. */
    private static final int HEADERS = 52;
    private static final int ROOM = 2_304;
    private static final int DESCRIPTORS = 1_024;
    private static final long LINK = 0x0200_0000_0000L;
    private static final int NETWORK = 0x0a4e_4300;
    private static final int PREFIX = 24;

    private final List<MbufPool> pools = new ArrayList<>();
    private final RingLink link;
    private final List<DpdkHost> hosts = new ArrayList<>();
    private boolean closed;

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
        pools.add(MbufPool.create(name + ".p0", mbufs(settings), room));
        pools.add(MbufPool.create(name + ".p1", mbufs(settings), room));
        link = RingLink.create(name, new PortSettings(1, DESCRIPTORS, 1_500), pools.get(0));
        for (int end = 0; end < 2; end++) {
            Interface self = new Interface(LINK + address(end), address(end), PREFIX, 0);
            hosts.add(new DpdkHost(name + "." + end, decorator.apply(FrameDevice.of(link.port(end), 0)), pools.get(end),
                    self, settings, checksum));
        }
    }

    /**
     * Twice what the frames of one connection's full send buffer are in, each in two: many more, used in turns, would
     * only drive other things out of caches.
     */
    private static int mbufs(Settings settings) {
        long frames = settings.get(Setting.SEND_BUFFER) / (settings.get(Setting.MTU) - HEADERS) + 1;
        return (int) Long.highestOneBit(Math.clamp(4 * frames - 1, LEAST_MBUFS / 2, MOST_MBUFS / 2)) * 2 - 1;
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

    /**
     * Gives everything back: also what was received and not read, and what is shown, which nobody may look at then. No
     * effect when that was tried before.
     *
     * @throws java.io.UncheckedIOException when an end refuses; the mbufs stay then
     */
    @Override
    public void close() {
        if (closed) {
            return;
        }
        closed = true;
        hosts.forEach(DpdkHost::close);
        try {
            link.close();
        } finally {
            hosts.forEach(DpdkHost::reclaim);
            // Each may have had what is the other's.
            hosts.forEach(DpdkHost::giveBack);
        }
        pools.forEach(MbufPool::close);
    }
}
