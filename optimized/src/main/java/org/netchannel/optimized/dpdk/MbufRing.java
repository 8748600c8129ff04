package org.netchannel.optimized.dpdk;

import java.lang.foreign.Arena;

/**
 * A queue of mbufs between threads: any number put in, and wait only for one that is putting in for long; one takes
 * out. It is bounded. Nothing here allocates once it is made.
 */
public final class MbufRing implements AutoCloseable {
    private long ring;

    private MbufRing(long ring) {
        this.ring = ring;
    }

    /**
     * Makes one.
     *
     * @param name unique in the process, at most 25 letters
     * @param size a power of two; it holds one mbuf less
     * @return the ring, empty
     * @throws DpdkException when DPDK is missing, or memory is
     */
    public static MbufRing create(String name, int size) throws DpdkException {
        Dpdk.require();
        try (Arena arena = Arena.ofConfined()) {
            long ring = Shim.callLong("handover_create", Shim.text(arena, name), size);
            if (ring == 0) {
                throw new DpdkException("a ring for " + size + " mbufs", Shim.call("last_error"));
            }
            return new MbufRing(ring);
        }
    }

    /**
     * Puts mbufs in, which belong to who takes them out from then on. What there is no room for stays in the burst.
     *
     * @param burst the mbufs, in their order
     * @return how many went in
     */
    public int put(MbufBurst burst) {
        int taken = Shim.handOver(ring, burst.address(), burst.count());
        burst.drop(taken);
        return taken;
    }

    /**
     * Takes mbufs out.
     *
     * @param burst gets them at its end, as many as it has room for
     * @return how many came
     */
    public int take(MbufBurst burst) {
        int space = burst.space();
        int came = Shim.takeOver(ring, burst.end(space), space);
        burst.grow(came);
        return came;
    }

    /** Frees what is in it; nobody puts anything in any more. */
    @Override
    public void close() {
        if (ring == 0) {
            return;
        }
        MbufBurst left = new MbufBurst(MbufBurst.USUAL);
        while (take(left) > 0) {
            left.free();
        }
        Shim.callVoid("ring_free", ring);
        ring = 0;
    }
}
