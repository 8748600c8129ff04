package org.netchannel.bench.stack;

import java.io.IOException;
import java.io.InterruptedIOException;
import java.lang.foreign.MemorySegment;
import java.nio.ByteBuffer;
import org.netchannel.optimized.dpdk.Mbuf;
import org.netchannel.optimized.dpdk.MbufBurst;
import org.netchannel.optimized.dpdk.MbufPool;
import org.netchannel.optimized.dpdk.Port;
import org.netchannel.optimized.dpdk.PortSettings;
import org.netchannel.optimized.dpdk.RingLink;

/** The bound on net_ring: bytes are copied into mbufs and out of them, and nothing else. */
final class MbufPipe implements Pipe {
    private static final int MBUFS = 511;
    private static final int ROOM = 1 << 15;
    private static final int FRAMES = 64;

    private final MbufPool pool;
    private final RingLink link;

    MbufPipe() throws IOException {
        pool = MbufPool.create("copies", MBUFS, ROOM);
        link = RingLink.create("copies", new PortSettings(1, FRAMES, 1_500), pool);
    }

    private static final class MbufEnd implements End {
        private final Port port;
        private final MbufPool pool;
        private final MbufBurst out = new MbufBurst(1);
        private final MbufBurst in = new MbufBurst(1);
        private int read;

        private MbufEnd(Port port, MbufPool pool) {
            this.port = port;
            this.pool = pool;
        }

        @Override
        public void send(ByteBuffer source) throws IOException {
            MemorySegment bytes = MemorySegment.ofBuffer(source);
            for (long at = 0; at < bytes.byteSize(); ) {
                while (!pool.allocate(out, 1)) {
                    pause();
                }
                int length = (int) Math.min(ROOM, bytes.byteSize() - at);
                Mbuf.fill(out.get(0), bytes, at, length);
                at += length;
                while (port.send(0, out) == 0) {
                    pause();
                }
            }
            source.position(source.limit());
        }

        @Override
        public void receiveFully(ByteBuffer target) throws IOException {
            MemorySegment bytes = MemorySegment.ofBuffer(target);
            for (long at = 0; at < bytes.byteSize(); ) {
                while (in.count() == 0 && port.receive(0, in) == 0) {
                    pause();
                }
                long mbuf = in.get(0);
                int length = (int) Math.min(Mbuf.length(mbuf) - read, bytes.byteSize() - at);
                MemorySegment.copy(Mbuf.memory(), Mbuf.data(mbuf) + read, bytes, at, length);
                at += length;
                read += length;
                if (read == Mbuf.length(mbuf)) {
                    read = 0;
                    in.free();
                }
            }
            target.position(target.limit());
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
    }

    private final End[] ends = new End[2];

    private End end(int end) {
        if (ends[end] == null) {
            ends[end] = new MbufEnd(link.port(end), pool);
        }
        return ends[end];
    }

    @Override
    public End left() {
        return end(0);
    }

    @Override
    public End right() {
        return end(1);
    }

    @Override
    public void close() {
        for (End end : ends) {
            if (end != null) {
                ((MbufEnd) end).in.free();
                ((MbufEnd) end).out.free();
            }
        }
        link.close();
        pool.close();
    }
}
