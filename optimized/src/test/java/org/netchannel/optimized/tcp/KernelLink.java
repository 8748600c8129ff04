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
    private static final int BUFFERS = 4_096;
    private static final long START = System.nanoTime() - 1_000_000_000L;

    private final Arena arena = Arena.ofShared();
    private final TapDevice device;
    private final PlainFramePool pool;
    private final PlainFramePool frames;
    private final MemorySegment scratch;
    private final SplittableRandom random;
    private final int loss;
    private final int duplication;
    private final ConcurrentLinkedQueue<Runnable> commands = new ConcurrentLinkedQueue<>();
    private final java.util.List<Runnable> applications = new java.util.ArrayList<>();
    private final Thread thread;
    private volatile boolean closed;
    private volatile Throwable failure;
    final IpHost host;

    KernelLink(Settings settings, int lossShare, int duplicationShare, long seed) throws IOException {
        int mtu = (int) settings.get(Setting.MTU);
        device = new TapDevice("nctest", KERNEL + "/30", mtu);
        pool = new PlainFramePool(arena, BUFFERS, mtu + 256);
        frames = new PlainFramePool(arena, BUFFERS, mtu + 256);
        scratch = arena.allocate(mtu + 256L, 64);
        random = new SplittableRandom(seed);
        loss = lossShare;
        duplication = duplicationShare;
        host = new IpHost(new Interface(0x0200_0000_4d02L, NETWORK + 2, 30, 0), settings, pool,
                SegmentChecksum.SOFTWARE, random.nextLong(), random.nextLong());
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
            device.await(1);
        }
    }

    private boolean receive() {
        for (int i = 0; i < 64; i++) {
            FrameBuffer frame = frames.claim();
            if (frame == null) {
                return i > 0;
            }
            int length = device.read(frame.memory());
            if (length > 0 && !happens(loss)) {
                host.receive(frame, 0, length);
                if (happens(duplication)) {
                    host.receive(frame, 0, length);
                }
            }
            frame.release();
            if (length <= 0) {
                return i > 0;
            }
        }
        return true;
    }

    private boolean happens(int share) {
        return share > 0 && random.nextInt(1_000_000) < share;
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
        if (!happens(loss)) {
            device.write(scratch, headerBytes + (long) payloadBytes);
            if (happens(duplication)) {
                device.write(scratch, headerBytes + (long) payloadBytes);
            }
        }
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
