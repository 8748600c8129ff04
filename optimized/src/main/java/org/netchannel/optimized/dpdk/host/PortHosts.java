package org.netchannel.optimized.dpdk.host;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.netchannel.optimized.dpdk.Device;
import org.netchannel.optimized.dpdk.DpdkException;
import org.netchannel.optimized.dpdk.MbufPool;
import org.netchannel.optimized.dpdk.Port;
import org.netchannel.optimized.dpdk.PortSettings;
import org.netchannel.optimized.tcp.Setting;
import org.netchannel.optimized.tcp.Settings;
import org.netchannel.optimized.tcp.host.Interface;
import org.netchannel.optimized.tcp.host.Ipv4Interface;
import org.netchannel.optimized.tcp.host.Ipv6Interface;
import org.netchannel.optimized.tcp.wire.SegmentChecksum;

/**
 * A device, opened by configuration, with a host on each of its queues. All have one address; a connection is that
 * host's on whose queue the device delivers its segments, as far as it says how it chooses (RSS). Frames that it
 * delivers elsewhere are handed over, so that this is faster or slower, but never wrong. Each host is driven by one
 * thread at a time. Close it after them, that is, after the stacks that drive them, and when nobody reads from those
 * any more.
 */
public final class PortHosts implements AutoCloseable {
    /** Of each queue, beside those in the device: received and not read, sent and not acknowledged. */
    private static final int MBUFS_HELD = 3_072;
    /** Ethernet header and a tag of a virtual network in front of the packet, check sequence behind it. */
    private static final int FRAME_BYTES = 14 + 4 + 4;
    private static final int USUAL_MTU = 1_500;
    private static final int LEAST_ROOM = 2_304;
    /** The length of an mbuf's memory has 16 bits, and there is headroom in it. */
    private static final int MOST_ROOM = 65_024;
    /** What an mbuf takes beside its room: its own fields, headroom, and those of the pool. */
    private static final int MBUF_BYTES = 512;
    /** Of EAL and of drivers. */
    private static final int OTHER_MEGABYTES = 32;
    /** An address that nobody has assigned (IEEE 802, section 8.4: locally administered). */
    private static final long LOCAL_LINK = 0x0200_0000_0000L;

    private final Ipv4Interface self;
    private final MbufPool pool;
    private final Port port;
    private final QueueHosts hosts;
    /** Null while they have none. */
    private boolean closed;
    private Ipv6Interface self6;

    private PortHosts(Ipv4Interface self, MbufPool pool, Port port, QueueHosts hosts) {
        this.self = self;
        this.pool = pool;
        this.port = port;
        this.hosts = hosts;
    }

    /**
     * Opens a device. EAL runs by now ({@link org.netchannel.optimized.dpdk.Eal#start}) and has {@link #megabytes}.
     *
     * @param name unique in the process, at most 8 letters
     * @param device which one
     * @param settings how; their MTU is that of the link
     * @param self where the hosts are
     * @param tcp settings of TCP; {@link DpdkHost#settings} are good ones
     * @return the hosts, which nobody drives yet
     * @throws DpdkException when there is no such device, or it can't do what was asked for; nothing is left open then
     * @throws IllegalArgumentException when TCP would send larger frames than the link takes
     */
    public static PortHosts open(String name, Device device, PortSettings settings, Ipv4Interface self, Settings tcp)
            throws DpdkException {
        return open(name, device, settings, self, tcp, SegmentChecksum.SOFTWARE);
    }

    /**
     * The same where somebody else may compute checksums.
     *
     * @param name unique in the process, at most 8 letters
     * @param device which one
     * @param settings how; their MTU is that of the link
     * @param self where the hosts are
     * @param tcp settings of TCP; {@link DpdkHost#settings} are good ones
     * @param checksum {@link SegmentChecksum#DEVICE} when both ends are hosts of ours with memory between them
     * @return the hosts, which nobody drives yet
     * @throws DpdkException when there is no such device, or it can't do what was asked for; nothing is left open then
     * @throws IllegalArgumentException when TCP would send larger frames than the link takes
     */
    public static PortHosts open(String name, Device device, PortSettings settings, Ipv4Interface self, Settings tcp,
            SegmentChecksum checksum) throws DpdkException {
        if (tcp.get(Setting.MTU) > settings.mtu()) {
            throw new IllegalArgumentException(
                    "MTU of TCP is " + tcp.get(Setting.MTU) + ", legal is that of the link, " + settings.mtu());
        }
        MbufPool pool = MbufPool.create(name + ".mbufs", mbufs(settings), room(settings));
        Port port = null;
        PortHosts made = null;
        try {
            port = Port.open(device, told(device, settings), pool);
            made = new PortHosts(self, pool, port, hosts(name, port, settings.queues(), pool,
                    self.at(link(device, port, self)), tcp, checksum));
        } finally {
            if (made == null) {
                if (port != null) {
                    port.close();
                }
                pool.close();
            }
        }
        return made;
    }

    private static QueueHosts hosts(String name, Port port, int count, MbufPool pool, Interface self, Settings tcp,
            SegmentChecksum checksum) throws DpdkException {
        List<FrameDevice> queues = new ArrayList<>();
        for (int queue = 0; queue < count; queue++) {
            queues.add(FrameDevice.of(port, queue));
        }
        return new QueueHosts(name, queues, QueueOwners.of(port, count), pool, self, tcp, checksum);
    }

    /**
     * How much memory EAL should have for such a device.
     *
     * @param settings of the device
     * @return in MiB
     */
    public static int megabytes(PortSettings settings) {
        return OTHER_MEGABYTES + (int) ((long) mbufs(settings) * (room(settings) + MBUF_BYTES) >> 20);
    }

    /** One less than a power of two: a pool takes least memory for each then. */
    private static int mbufs(PortSettings settings) {
        long wanted = (long) settings.queues() * (2 * settings.descriptors() + MBUFS_HELD);
        return (int) Math.min(MbufPool.MOST, Long.highestOneBit(wanted) * 2 - 1);
    }

    /** The driver of net_memif refuses any MTU that is not Ethernet's, and carries frames of any length. */
    private static PortSettings told(Device device, PortSettings settings) {
        return device.isMemif()
                ? new PortSettings(settings.queues(), settings.descriptors(), Math.min(USUAL_MTU, settings.mtu()))
                : settings;
    }

    /**
     * How many bytes an mbuf of such a device has room for. A frame goes into one, but for the largest.
     *
     * @param settings of the device
     * @return a multiple of 64, so that frames in a row begin with a line of the cache
     */
    public static int room(PortSettings settings) {
        return Math.clamp((settings.mtu() + FRAME_BYTES + 63) & -64, LEAST_ROOM, MOST_ROOM);
    }

    /** Many devices in memory have no address; that of net_tap is the kernel's, at the other end. */
    private static long link(Device device, Port port, Ipv4Interface self) throws DpdkException {
        long mac = device.isTap() ? 0 : port.mac();
        if (mac != 0 && !Interface.isHost(mac)) {
            throw new DpdkException(String.format("%s has the address %012x, which is that of a group", device, mac));
        }
        return mac == 0 ? LOCAL_LINK | Integer.toUnsignedLong(self.address()) : mac;
    }

    /**
     * How many queues the device was opened with.
     *
     * @return as many as there are hosts
     */
    public int queues() {
        return hosts.all().size();
    }

    /**
     * The host of a queue.
     *
     * @param queue 0 to queues - 1
     * @return to be driven by one thread
     */
    public DpdkHost host(int queue) {
        return hosts.all().get(queue);
    }

    /**
     * The hosts of all queues.
     *
     * @return in the order of the queues
     */
    public List<DpdkHost> hosts() {
        return hosts.all();
    }

    /**
     * What was counted between the hosts and the device. Any thread.
     *
     * @param what which count
     * @return since it was opened; a device that spreads connections by itself has few frames handed over
     */
    public long count(DeviceCounter what) {
        return hosts.count(what);
    }

    /**
     * Where the hosts are.
     *
     * @return as it was opened
     */
    public Ipv4Interface address() {
        return self;
    }

    /**
     * Gives the hosts an IPv6 address as well, before anybody drives them.
     *
     * @param address their only one
     * @return itself
     */
    public PortHosts with(Ipv6Interface address) {
        hosts.all().forEach(host -> host.ip().with(address));
        self6 = address;
        return this;
    }

    /**
     * Where the hosts are on an IPv6 link.
     *
     * @return as it was given to them, if it was
     */
    public Optional<Ipv6Interface> ipv6() {
        return Optional.ofNullable(self6);
    }

    /**
     * The device.
     *
     * @return for its link and what it counts; closed with the hosts
     */
    public Port port() {
        return port;
    }

    /**
     * The mbufs of all hosts.
     *
     * @return closed with the hosts
     */
    public MbufPool pool() {
        return pool;
    }

    /**
     * Gives everything back: also what was received and not read, and what is shown, which nobody may look at then. No
     * effect when that was tried before.
     *
     * @throws java.io.UncheckedIOException as {@link Port#close}; the mbufs stay then
     */
    @Override
    public void close() {
        if (closed) {
            return;
        }
        closed = true;
        hosts.close();
        try {
            port.close();
            hosts.forfeit();
        } finally {
            hosts.reclaim();
        }
        pool.close();
    }
}
