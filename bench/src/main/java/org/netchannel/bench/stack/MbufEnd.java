package org.netchannel.bench.stack;

import java.io.IOException;
import java.io.InterruptedIOException;
import java.lang.foreign.MemorySegment;
import java.nio.ByteBuffer;
import org.netchannel.optimized.dpdk.AdaptiveCopy;
import org.netchannel.optimized.dpdk.Mbuf;
import org.netchannel.optimized.dpdk.MbufBurst;
import org.netchannel.optimized.dpdk.MbufPool;
import org.netchannel.optimized.dpdk.Port;

/**
 * The bound on a device: bytes are copied into mbufs, and compared there or copied out of them, and nothing else. The
 * device has to be one that loses nothing, to somebody who does the same. One thread calls.
 */
public final class MbufEnd implements Pipe.End, AutoCloseable {
    /** The most bytes in a frame. */
    static final int FRAME = 1 << 15;

    private final Port port;
    private final MbufPool pool;
    private final int frame;
    /** As the stack copies. */
    private final AdaptiveCopy copy = new AdaptiveCopy();
    private final MbufBurst out = new MbufBurst(1);
    private final MbufBurst in = new MbufBurst(1);
    private int read;

    /**
     * Uses the first queue of a port.
     *
     * @param port is not closed with it
     * @param pool frames fill its mbufs, up to 32 KiB
     */
    public MbufEnd(Port port, MbufPool pool) {
        this.port = port;
        this.pool = pool;
        frame = Math.min(FRAME, pool.room());
    }

    @Override
    public void send(ByteBuffer source) throws IOException {
        MemorySegment bytes = MemorySegment.ofBuffer(source);
        for (long at = 0; at < bytes.byteSize(); ) {
            while (!pool.allocate(out, 1)) {
                pause();
            }
            int length = (int) Math.min(frame, bytes.byteSize() - at);
            Mbuf.setLength(out.get(0), length);
            copy.copy(bytes, at, Mbuf.memory(), Mbuf.data(out.get(0)), length);
            at += length;
            while (port.send(0, out) == 0) {
                pause();
            }
        }
        source.position(source.limit());
    }

    /** What is done with so many bytes that have come. */
    private interface Take {
        void take(long from, long at, int length) throws IOException;
    }

    @Override
    public void receiveFully(ByteBuffer target) throws IOException {
        MemorySegment bytes = MemorySegment.ofBuffer(target);
        receive(bytes.byteSize(), (from, at, length) -> MemorySegment.copy(Mbuf.memory(), from, bytes, at, length));
        target.position(target.limit());
    }

    @Override
    public void receiveSame(ByteBuffer expected, ByteBuffer target) throws IOException {
        MemorySegment bytes = MemorySegment.ofBuffer(expected);
        receive(bytes.byteSize(), (from, at, length) -> {
            if (!Comparison.isSame(Mbuf.memory().asSlice(from, length), bytes.asSlice(at, length), length)) {
                throw new IOException("a byte is wrong");
            }
        });
    }

    private void receive(long count, Take take) throws IOException {
        for (long at = 0; at < count; ) {
            while (in.count() == 0 && port.receive(0, in) == 0) {
                pause();
            }
            long mbuf = in.get(0);
            int length = (int) Math.min(Mbuf.length(mbuf) - read, count - at);
            take.take(Mbuf.data(mbuf) + read, at, length);
            at += length;
            read += length;
            if (read == Mbuf.length(mbuf)) {
                read = 0;
                in.free();
            }
        }
    }

    /** On a machine with other things to do a thread that only spins would keep the other one from running. */
    private static void pause() throws InterruptedIOException {
        if (Thread.currentThread().isInterrupted()) {
            throw new InterruptedIOException("interrupted while waiting");
        }
        for (int i = 0; i < 50; i++) {
            Thread.onSpinWait();
        }
        Thread.yield();
    }

    /** Gives back what is on its way, before the pool is closed. */
    @Override
    public void close() {
        in.free();
        out.free();
    }
}
