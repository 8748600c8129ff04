package org.netchannel.bench.stack;

import java.io.IOException;
import org.netchannel.optimized.dpdk.MbufPool;
import org.netchannel.optimized.dpdk.PortSettings;
import org.netchannel.optimized.dpdk.RingLink;

/** The bound on net_ring. */
final class MbufPipe implements Pipe {
    private static final int MBUFS = 511;
    private static final int FRAMES = 64;

    private final MbufPool pool;
    private final RingLink link;
    private final MbufEnd left;
    private final MbufEnd right;

    MbufPipe() throws IOException {
        pool = MbufPool.create("copies", MBUFS, MbufEnd.FRAME);
        link = RingLink.create("copies", new PortSettings(1, FRAMES, 1_500), pool);
        left = new MbufEnd(link.port(0), pool);
        right = new MbufEnd(link.port(1), pool);
    }

    @Override
    public End left() {
        return left;
    }

    @Override
    public End right() {
        return right;
    }

    @Override
    public void close() {
        left.close();
        right.close();
        link.close();
        pool.close();
    }
}
