package org.netchannel.optimized.tcp;

import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.util.SplittableRandom;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.FutureTask;
import java.util.function.Supplier;
import org.netchannel.optimized.tcp.host.FrameSink;
import org.netchannel.optimized.tcp.host.Interface;
import org.netchannel.optimized.tcp.host.IpHost;
import org.netchannel.optimized.tcp.host.Ipv6Interface;
import org.netchannel.optimized.tcp.wire.FrameBuffer;
import org.netchannel.optimized.tcp.wire.PlainFramePool;
import org.netchannel.optimized.tcp.wire.SegmentChecksum;

/** A host of ours on a device whose other end is the kernel. A thread of its own steps it, and its applications. */
final class KernelLink implements FrameSink, AutoCloseable {
    /** A part of 198.18.0.0/15, which is for tests (RFC 2544); in a namespace of its own it is nobody else's. */
    private static final int NETWORK = 0xc612_0000;
    static final int KERNEL_ADDRESS = NETWORK + 1;
    static final String KERNEL = text(KERNEL_ADDRESS);
    static final String OURS = text(NETWORK + 2);
    static final long OUR_LINK = 0x0200_0000_4d02L;
    private static final int BUFFERS = 4_096;
    private static final long START = System.nanoTime() - 1_000_000_000L;

    private final Arena arena = Arena.ofShared();
    private final TapDevice device;
    private final PlainFramePool pool;
    private final PlainFramePool frames;
    private final MemorySegment scratch;
    private final MemorySegment arrived;
    private final FaultyFrames incoming;
    private final FaultyFrames outgoing;
    private final CaptureFile capture;
    private final ConcurrentLinkedQueue<Runnable> commands = new ConcurrentLinkedQueue<>();
    private final java.util.List<Runnable> applications = new java.util.ArrayList<>();
    private final Thread thread;
    private volatile boolean closed;
    private volatile Throwable failure;
    final IpHost host;

    /** So many frames are read in a turn; none when it is 0. */
    private volatile int batch = 64;

    KernelLink(Settings settings, int lossShare, int duplicationShare, long seed) throws IOException {
        this(settings, LinkFaults.NONE.withLoss(lossShare).withDuplication(duplicationShare), seed, null);
    }

    /**
     * A host and its device.
     *
     * @param settings of the host
     * @param faults its shares of loss, duplication and reordering count
     * @param seed of everything that is random
     * @param capture gets what is on the wire, null for nothing
     */
    KernelLink(Settings settings, LinkFaults faults, long seed, CaptureFile capture) throws IOException {
        this(settings, faults, seed, capture, null);
    }

    /** The same, with an IPv6 address, too; null for none. */
    KernelLink(Settings settings, LinkFaults faults, long seed, CaptureFile capture, Ipv6Interface ipv6)
            throws IOException {
        int mtu = (int) settings.get(Setting.MTU);
        device = new TapDevice("nctest", KERNEL + "/16", mtu);
        pool = new PlainFramePool(arena, BUFFERS, mtu + 256);
        frames = new PlainFramePool(arena, BUFFERS, mtu + 256);
        scratch = arena.allocate(mtu + 256L, 64);
        arrived = arena.allocate(mtu + 256L, 64);
        SplittableRandom random = new SplittableRandom(seed);
        incoming = new FaultyFrames(faults, random.nextLong(), mtu + 256, this::receive);
        outgoing = new FaultyFrames(faults, random.nextLong(), mtu + 256, this::send);
        this.capture = capture;
        host = new IpHost(new Interface(OUR_LINK, NETWORK + 2, 16, 0), settings, pool,
                SegmentChecksum.SOFTWARE, random.nextLong(), random.nextLong());
        if (ipv6 != null) {
            host.with(ipv6);
        }
        thread = Thread.ofPlatform().name("our host").start(this::run);
    }

    private static String text(int address) {
        return (address >>> 24) + "." + (address >>> 16 & 255) + "." + (address >>> 8 & 255) + "." + (address & 255);
    }

    private void run() {
        try {
            while (!closed) {
                turn();
            }
        } catch (RuntimeException | Error e) {
            failure = e;
        }
    }

    private void turn() {
        for (Runnable command = commands.poll(); command != null; command = commands.poll()) {
            command.run();
        }
        host.advance(System.nanoTime() - START);
        boolean anything = receive();
        applications.forEach(Runnable::run);
        anything |= host.transmit(this, 64) > 0;
        if (!anything) {
            incoming.release();
            outgoing.release();
            device.await(1);
        }
    }

    private boolean receive() {
        for (int i = 0; i < batch; i++) {
            int length = device.read(arrived);
            if (length <= 0) {
                return i > 0;
            }
            capture(arrived, length);
            incoming.pass(arrived, length);
        }
        return batch > 0;
    }

    private void capture(MemorySegment frame, int length) {
        if (capture != null) {
            capture.frame(System.nanoTime() - START, frame, length);
        }
    }

    private void receive(MemorySegment memory, int length) {
        FrameBuffer frame = frames.claim();
        if (frame != null) {
            MemorySegment.copy(memory, 0, frame.memory(), 0, length);
            host.receive(frame, 0, length);
            frame.release();
        }
    }

    private void send(MemorySegment frame, int length) {
        if (device.write(frame, length)) {
            capture(frame, length);
        }
    }

    @Override
    public MemorySegment begin() {
        return scratch;
    }

    @Override
    public void end(int headerBytes, FrameBuffer payload, long payloadAt, int payloadBytes) {
        if (payloadBytes > 0) {
            MemorySegment.copy(payload.memory(), payloadAt, scratch, headerBytes, payloadBytes);
        }
        outgoing.pass(scratch, headerBytes + payloadBytes);
    }

    /** A frame that the kernel did not send; called in the thread of the host. */
    void inject(MemorySegment frame, int length) {
        receive(frame, length);
    }

    /** From the next turn on, so many frames are read in a turn. */
    void setBatch(int frameCount) throws Exception {
        batch = frameCount;
        call(() -> true);
    }

    /** How many frames were lost, repeated or held back, both ways. */
    long faults() {
        return incoming.count + outgoing.count;
    }

    /** Whether the kernel has acknowledged all that was sent. */
    boolean isSent(TcpConnection connection) {
        return connection.sending.sent.isEmpty() && connection.sending.unsent.isEmpty();
    }

    /** Whether no buffer is in use. */
    boolean isClean() {
        return pool.freeBuffers() == BUFFERS && frames.freeBuffers() == BUFFERS;
    }

    /** Does something in the thread of the host. */
    <T> T call(Supplier<T> what) throws Exception {
        FutureTask<T> task = new FutureTask<>(what::get);
        commands.add(task);
        return task.get(60, java.util.concurrent.TimeUnit.SECONDS);
    }

    /** From now on this is done in every turn of the host's thread. */
    void addApplication(Runnable application) throws Exception {
        call(() -> applications.add(application));
    }

    /** Waits until something is true in the thread of the host. */
    void await(String what, Supplier<Boolean> condition, int seconds) throws Exception {
        long until = System.nanoTime() + seconds * 1_000_000_000L;
        while (!call(condition)) {
            if (failure != null) {
                throw new AssertionError("the host's thread failed", failure);
            }
            if (System.nanoTime() > until) {
                throw new AssertionError("waited in vain: " + what);
            }
            Thread.onSpinWait();
        }
    }

    @Override
    public void close() {
        closed = true;
        try {
            thread.join(60_000);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        device.close();
        arena.close();
        if (failure != null) {
            throw new AssertionError("the host's thread failed", failure);
        }
    }
}
