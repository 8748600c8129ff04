package org.netchannel.bench.stack;

import java.io.IOException;
import java.util.Locale;
import org.netchannel.optimized.Idling;
import org.netchannel.optimized.NetStack;
import org.netchannel.optimized.Threading;
import org.netchannel.optimized.dpdk.Eal;
import org.netchannel.optimized.dpdk.EalOptions;
import org.netchannel.traces.ChannelClass;
import org.netchannel.traces.Config;
import org.netchannel.traces.Config.Setting;

/**
 * What is compared over DPDK's net_ring, both ends in one process, stepped by the application's two threads, which do
 * not sleep: nothing would wake them.
 */
public enum Ring implements Carrier {
    /** A copy into mbufs of 32 KiB, where the bytes are looked at, and nothing else: the bound on this device. */
    MBUF_COPIES(0, 0, 0),
    /** The stack with Ethernet's usual frames. */
    RING_1500(1_500, 65_496, 1 << 18),
    /** The stack with jumbo frames, of which a packet fills seven. */
    RING_9000(9_000, 62_592, 1 << 21),
    /** The stack with the largest frames that IPv4 has, a packet in each. */
    RING_64K(65_535, 65_408, 1 << 21);

    /** Memory of DPDK's in a process. */
    public static final int MEGABYTES = 512;
    /** The most processes with a DPDK at a time: all have hugepages, or none has, whatever is asked first. */
    private static final int PROCESSES = 4;
    /** How DPDK is started for questions about one machine: once, with enough for all of them. */
    public static final EalOptions EAL = EalOptions.withHugepagesWhereFree(MEGABYTES, PROCESSES * MEGABYTES);
    /** Of a connection, each way: about what the kernel's TCP lets its windows grow to. */
    private static final int BUFFER = 1 << 22;
    /** What more than one packet has to wait for waits in the send buffer, where short messages share packets. */
    private static final int QUEUE = 1;

    private final int mtu;
    private final int payload;
    private final int window;

    Ring(int mtu, int payload, int window) {
        this.mtu = mtu;
        this.payload = payload;
        this.window = window;
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
                Threading.of(NetStack.Mode.INVOKER).withIdling(Idling.YIELD),
                config().with(Setting.QUEUE_THRESHOLD, QUEUE), connector(window), 1, 0);
        return new StackPipe(link, link.connect(ChannelClass.LATENCY));
    }

    /**
     * What stacks are to be configured with.
     *
     * @return their packets fill the frames, and their buffers suffice for as much on its way as there may be
     */
    public Config config() {
        return Config.DEFAULTS.with(Setting.MAX_PAYLOAD, payload)
                .with(Setting.SEND_BUFFER, BUFFER).with(Setting.RECEIVE_BUFFER, BUFFER);
    }

    /**
     * Channels with such frames.
     *
     * @param bytes that each may have on its way
     * @return makes them
     */
    public Connector connector(int bytes) {
        return new RingConnector(mtu, bytes);
    }

    @Override
    public String tableName() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }
}
