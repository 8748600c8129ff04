package org.netchannel.optimized.dpdk.host;

import java.lang.foreign.Arena;
import java.lang.foreign.SegmentAllocator;
import java.security.SecureRandom;
import org.netchannel.optimized.dpdk.AdaptiveCopy;
import org.netchannel.optimized.dpdk.DpdkException;
import org.netchannel.optimized.dpdk.EalMemory;
import org.netchannel.optimized.dpdk.LentBuffers;
import org.netchannel.optimized.dpdk.Mbuf;
import org.netchannel.optimized.dpdk.MbufBurst;
import org.netchannel.optimized.dpdk.MbufPool;
import org.netchannel.optimized.dpdk.ReceiveMerge;
import org.netchannel.optimized.dpdk.ReceivedChecksums;
import org.netchannel.optimized.tcp.Counter;
import org.netchannel.optimized.tcp.Setting;
import org.netchannel.optimized.tcp.Settings;
import org.netchannel.optimized.tcp.host.Interface;
import org.netchannel.optimized.tcp.host.IpHost;
import org.netchannel.optimized.tcp.wire.EthernetHeader;
import org.netchannel.optimized.tcp.wire.FrameBuffer;
import org.netchannel.optimized.tcp.wire.FrameChain;
import org.netchannel.optimized.tcp.wire.PlainFramePool;
import org.netchannel.optimized.tcp.wire.SegmentChecksum;

/**
 * A host with a TCP of its own on a device of DPDK. Received frames stay in their mbufs until they are read, but for
 * small ones, which are copied: otherwise tiny segments could hold every mbuf. Segments that follow each other become
 * one before TCP sees them, where that needs no look at their checksums. What is sent from buffers of the
 * application's stays there, too. One thread at a time calls everything, also of its connections, and over and over
 * {@link #work}.
 */
public final class DpdkHost implements AutoCloseable {
    private static final int FRAMES = 64;
    /** So many are received at a time: the more, the more of them become one. */
    private static final int RECEIVED = ReceiveMerge.MOST;
    /** Buffers for what is sent in small parts, and the bytes of each: they go out together where they can. */
    private static final int COPIES = 512;
    private static final int COPY_BYTES = 1 << 14;
    /** Buffers of the same size for what is received in small parts. */
    private static final int RECEIVED_COPIES = 1_024;
    /** Gaps may hold so many of them, those of all connections together: the rest is for what comes in sequence. */
    private static final int MOST_EARLY = RECEIVED_COPIES * 3 / 4;
    /** A frame that was received in more of them has to be copied into one. */
    private static final long MOST_MBUFS = 2;
    /** A frame that is smaller is copied, so that its mbuf comes back at once. */
    private static final int SMALL_FRAME = 2_048;
    private static final long LOOK_NS = 5_000_000;
    /** So long a peer may take to read what was sent to it last. */
    private static final long LAST_NS = 100_000_000;
    /** A link that is down for less is as good as one that loses frames. */
    private static final long PATIENCE_NS = 250_000_000;

    private final FrameDevice device;
    private final MbufPool pool;
    private final boolean checksChecksums;
    private final boolean looksAtChecksums;
    private final ReceiveMerge merge;
    private final long sendBuffer;
    private final int mbufs;
    private final IpHost ip;
    private final LentBuffers lent;
    private final MbufSink sink;
    private final MbufFrames frames = new MbufFrames();
    private final PlainFramePool received = new PlainFramePool(Arena.ofAuto(), RECEIVED_COPIES, COPY_BYTES);
    private final MbufBurst in = new MbufBurst(RECEIVED);
    private final MbufBurst whole = new MbufBurst(1);
    private final FrameChain rest = new FrameChain();
    private final long startedNs = System.nanoTime();
    private long lookedNs = startedNs - LOOK_NS;
    private long upNs = startedNs;
    private boolean up;
    private boolean closed;
    /** Written by one thread, read by any. */
    private volatile long unreadable;
    /** The same. */
    private volatile long crowdedOut;

    /**
     * A host that knows nobody.
     *
     * @param name unique in the process, at most 16 letters
     * @param device not closed with the host
     * @param pool for headers and short payloads; frames that the device puts into several mbufs are put together in
     *     one of its, so that it should have room for frames of the MTU; it has to outlive the device
     * @param self addresses of the host
     * @param settings of TCP; {@link #settings} are good ones
     * @param checksum {@link SegmentChecksum#SOFTWARE}, which has work only where the device does not make or check
     *     checksums; {@link SegmentChecksum#DEVICE} between hosts of one machine whose memory carries the frames
     * @throws DpdkException when DPDK is missing, or memory is
     * @throws IllegalArgumentException when a frame of the MTU would take more than two mbufs of the pool, in which the
     *     device puts what it receives: it could never be received
     */
    public DpdkHost(String name, FrameDevice device, MbufPool pool, Interface self, Settings settings,
            SegmentChecksum checksum) throws DpdkException {
        this(name, device, pool, pool.count(), self, settings, checksum);
    }

    /** The same of a host that has a part of the pool only. */
    DpdkHost(String name, FrameDevice device, MbufPool pool, int mbufs, Interface self, Settings settings,
            SegmentChecksum checksum) throws DpdkException {
        long most = MOST_MBUFS * pool.room() - EthernetHeader.BYTES;
        if (!device.handsOverMbufs() && settings.get(Setting.MTU) > most) {
            throw new IllegalArgumentException("MTU is " + settings.get(Setting.MTU) + ", legal with mbufs of "
                    + pool.room() + " bytes is at most " + most);
        }
        this.sendBuffer = settings.get(Setting.SEND_BUFFER);
        this.device = device;
        this.checksChecksums = device.offloads().checksChecksums();
        this.looksAtChecksums = checksum != SegmentChecksum.DEVICE;
        this.merge = new ReceiveMerge(!looksAtChecksums, SMALL_FRAME, FrameChain.MOST);
        this.pool = pool;
        this.mbufs = mbufs;
        PlainFramePool copies = copies(device);
        lent = LentBuffers.create(name + ".lent", mbufs);
        sink = new MbufSink(device, pool, lent, (int) settings.get(Setting.MTU),
                looksAtChecksums);
        SecureRandom random = new SecureRandom();
        ip = new IpHost(self, settings, copies, checksum, random.nextLong(), random.nextLong());
    }

    private static PlainFramePool copies(FrameDevice device) throws DpdkException {
        SegmentAllocator memory = device.readsAllMemory() ? Arena.ofAuto() : EalMemory.INSTANCE;
        try {
            return new PlainFramePool(memory, COPIES, COPY_BYTES, new AdaptiveCopy());
        } catch (OutOfMemoryError e) {
            throw new DpdkException("a host on " + device + ": " + e.getMessage());
        }
    }

    /**
     * Settings of TCP for channels: nothing waits to be sent together with what may come, and a peer that is gone is
     * noticed within seconds.
     *
     * @param mtu largest frame of the link without its Ethernet header
     * @return may be changed further
     */
    public static Settings settings(int mtu) {
        return Settings.DEFAULTS
                .with(Setting.MTU, mtu)
                .with(Setting.NAGLE, 0)
                .with(Setting.SEND_BUFFER, 4 << 20)
                .with(Setting.RECEIVE_BUFFER, 4 << 20)
                .with(Setting.HOST_EARLY_SEGMENTS, MOST_EARLY)
                .with(Setting.ACKNOWLEDGEMENT_DELAY, 5_000_000L)
                .with(Setting.INITIAL_TIMEOUT, 200_000_000L)
                .with(Setting.LEAST_TIMEOUT, 50_000_000L)
                .with(Setting.CONNECT_TIMEOUT, 5_000_000_000L)
                .with(Setting.USER_TIMEOUT, 10_000_000_000L)
                .with(Setting.SEGMENT_LIFETIME, 1_000_000_000L)
                .with(Setting.FIN_TIMEOUT, 5_000_000_000L)
                .with(Setting.KEEP_ALIVE, 5_000_000_000L)
                .with(Setting.KEEP_ALIVE_INTERVAL, 1_000_000_000L)
                .with(Setting.KEEP_ALIVE_PROBES, 5);
    }

    /**
     * Its TCP.
     *
     * @return connections and listeners are made there
     */
    public IpHost ip() {
        return ip;
    }

    /**
     * How much a connection takes that is not acknowledged.
     *
     * @return bytes: the setting SEND_BUFFER
     */
    public long sendBuffer() {
        return sendBuffer;
    }

    /**
     * Why its connections do not work just now.
     *
     * @return one line; null when the device is up, or was until a moment ago
     */
    public String problem() {
        if (up || System.nanoTime() - upNs <= PATIENCE_NS) {
            return null;
        }
        String problem = device.problem();
        return problem != null ? problem : "the link of " + device + " is down";
    }

    /**
     * Whether what is lent to it may lie anywhere. Any thread.
     *
     * @return as {@link FrameDevice#readsAllMemory}
     */
    public boolean readsAllMemory() {
        return device.readsAllMemory();
    }

    /** Gives back mbufs that were released; {@link #work} does that, too. */
    public void flush() {
        frames.flush();
    }

    /**
     * How often a frame could not be sent for want of an mbuf. Any thread.
     *
     * @return since the host was made
     */
    public long exhausted() {
        return sink.exhausted();
    }

    /**
     * How many frames were dropped because the device had put them into more mbufs than can be put together. Any
     * thread.
     *
     * @return since the host was made
     */
    public long unreadable() {
        return unreadable;
    }

    /**
     * How many frames with payload were dropped because too many mbufs with received bytes are held. TCP sends them
     * again. Any thread.
     *
     * @return since the host was made
     */
    public long crowdedOut() {
        return crowdedOut;
    }

    /**
     * What was counted between it and its device. Any thread.
     *
     * @param what which count
     * @return as {@link FrameDevice#count}
     */
    public long count(DeviceCounter what) {
        return device.count(what);
    }

    /**
     * How many mbufs with received bytes are held: by TCP, and by whoever has not released what was taken. Any thread.
     *
     * @return as of now, or a moment ago for other threads than that of the host
     */
    public int held() {
        return frames.held();
    }

    /**
     * How many mbufs the host may have.
     *
     * @return those of its pool, or its part of them
     */
    public int mbufs() {
        return mbufs;
    }

    /**
     * A turn of the duty cycle: frames in, time, frames out.
     *
     * @return how much was done, 0 for nothing
     */
    public int work() {
        long now = System.nanoTime();
        look(now);
        ip.advance(now - startedNs);
        int work = lent.takeBack();
        if (up) {
            work += receive();
            work += ip.transmit(sink, FRAMES);
            sink.flush();
        }
        frames.flush();
        return work;
    }

    private void look(long now) {
        if (now - lookedNs >= LOOK_NS) {
            lookedNs = now;
            up = device.isUp();
            if (up && lent.outstanding() > 0) {
                // What was sent last would wait for what is sent next.
                device.collect();
            }
        }
        if (up) {
            upNs = now;
        }
    }

    private int receive() {
        int came = device.receive(in);
        boolean merged = (checksChecksums || !looksAtChecksums) && !isScarce((int) MOST_MBUFS * in.count());
        if (merged) {
            merge.merge(in);
        }
        int count = in.count();
        int begun = 0;
        try {
            while (begun < count) {
                int segmentBytes = merged ? merge.segmentBytes(begun) : 0;
                receive(in.get(begun++), segmentBytes);
            }
        } finally {
            // Whatever happens, none is given back twice, and the rest once.
            in.drop(begun);
            if (begun < count) {
                in.free();
            }
        }
        return came;
    }

    /** Whether what is received is not to be kept where it is. */
    private boolean isScarce(int more) {
        return frames.held() + more > mbufs / 2;
    }

    private void receive(long mbuf, int segmentBytes) {
        ReceivedChecksums checksums = checksChecksums ? ReceivedChecksums.of(mbuf) : ReceivedChecksums.UNKNOWN;
        switch (checksums) {
            case BAD_PACKET -> drop(mbuf, Counter.CORRUPT_PACKET);
            case BAD_SEGMENT -> drop(mbuf, Counter.CORRUPT_SEGMENT);
            case GOOD, UNKNOWN -> receive(mbuf, segmentBytes, checksums == ReceivedChecksums.GOOD);
        }
    }

    private void drop(long mbuf, Counter why) {
        ip.counters().count(why);
        frames.of(mbuf).release();
    }

    private void receive(long mbuf, int segmentBytes, boolean verified) {
        int length = Mbuf.packetLength(mbuf);
        boolean scarce = segmentBytes == 0 && isScarce(0);
        if ((length < SMALL_FRAME || scarce) && TcpPayload.isIn(Mbuf.memory(), Mbuf.data(mbuf), Mbuf.length(mbuf))) {
            FrameBuffer copy = length <= COPY_BYTES ? received.claim() : null;
            if (copy != null) {
                Mbuf.copyOut(mbuf, copy.memory(), 0);
                frames.of(mbuf).release();
                rest.setSegmentBytes(segmentBytes);
                receive(copy, 0, length, verified);
                return;
            }
            if (scarce) {
                crowdedOut = crowdedOut + 1;
                frames.of(mbuf).release();
                return;
            }
        }
        if (segmentBytes == 0 && Mbuf.segments(mbuf) > MOST_MBUFS) {
            receiveCopy(mbuf, verified);
        } else {
            receiveWhereItIs(mbuf, segmentBytes, verified);
        }
    }

    private void receiveWhereItIs(long mbuf, int segmentBytes, boolean verified) {
        rest.setSegmentBytes(segmentBytes);
        long part = Mbuf.next(mbuf);
        if (part != 0) {
            // One that is alone may be others', too, which read what would be written.
            Mbuf.unchain(mbuf);
        }
        while (part != 0) {
            long next = Mbuf.unchain(part);
            rest.add(frames.of(part), Mbuf.data(part), Mbuf.length(part));
            part = next;
        }
        receive(frames.of(mbuf), Mbuf.data(mbuf), Mbuf.length(mbuf), verified);
    }

    /** With what is behind it; whatever happens, nothing of that is there any more when the next one comes. */
    private void receive(FrameBuffer frame, long at, int length, boolean verified) {
        try {
            ip.receive(frame, at, length, rest, verified);
        } finally {
            rest.release();
            frame.release();
        }
    }

    private void receiveCopy(long mbuf, boolean verified) {
        int length = Mbuf.packetLength(mbuf);
        if (length > pool.room() || !pool.allocate(whole, 1)) {
            unreadable = unreadable + 1;
            whole.add(mbuf);
            whole.free();
            return;
        }
        long copy = whole.get(0);
        Mbuf.setLength(copy, length);
        Mbuf.copyOut(mbuf, Mbuf.memory(), Mbuf.data(copy));
        whole.clear();
        whole.add(mbuf);
        whole.free();
        receive(frames.of(copy), Mbuf.data(copy), length, verified);
    }

    /** Memory that a peer still reads must not become something else. */
    private void collect() {
        long began = System.nanoTime();
        while (lent.outstanding() > 0 && device.collect() && System.nanoTime() - began < LAST_NS) {
            lent.takeBack();
            Thread.onSpinWait();
        }
    }

    /** Takes back what was lent and has not come back: the device is closed, and nothing of it will. */
    void forfeit() {
        lent.forfeit();
    }

    /**
     * Gives back what others have given back since it was closed: mbufs that were read, and what was lent. Again
     * whenever more may have come. Nobody may be giving back just then.
     */
    public void giveBack() {
        frames.flush();
        lent.close();
    }

    /**
     * Gives back also the mbufs whose bytes nobody has read, and those that are still shown: for the end, when nobody
     * looks at them any more. Where hosts have mbufs of each other, {@link #giveBack} follows when this was done for
     * all.
     */
    public void reclaim() {
        frames.reclaim();
    }

    @Override
    public String toString() {
        return device.toString();
    }

    /**
     * Resets every connection, as far as the device still takes frames, leaves the device, and gives back what the host
     * holds. What others have not given back by then is left to {@link #giveBack} and {@link #reclaim}.
     */
    @Override
    public void close() {
        if (!closed) {
            closed = true;
            ip.tcp().abort();
            if (up) {
                ip.transmit(sink, FRAMES);
                sink.flush();
                collect();
            }
            sink.close();
            device.leave();
            giveBack();
        }
    }
}
