package org.netchannel.optimized.dpdk;

import static java.lang.foreign.ValueLayout.JAVA_LONG;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.util.List;

/** Two ports of net_ring in one process: what one sends the other one receives, mbuf by mbuf, without a copy. */
public final class RingLink implements AutoCloseable {
    private final List<Port> ports;
    private final MemorySegment forth;
    private final MemorySegment back;
    private boolean closed;

    private RingLink(List<Port> ports, MemorySegment forth, MemorySegment back) {
        this.ports = ports;
        this.forth = forth;
        this.back = back;
    }

    /**
     * Makes both ports. Queue n of one is connected with queue n of the other.
     *
     * @param name unique in the process, at most 20 letters
     * @param settings for both; a queue holds as many frames as it has descriptors, less one
     * @param pool not used by such ports, but asked for by DPDK
     * @return the link
     * @throws DpdkException when DPDK is missing, or memory is
     */
    public static RingLink create(String name, PortSettings settings, MbufPool pool) throws DpdkException {
        Dpdk.require();
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment forth = rings(name + ".f", settings);
            MemorySegment back = rings(name + ".b", settings);
            int queues = settings.queues();
            int left = attached(Shim.call(
                    "ring_port", Shim.text(arena, name + ".0"), back.address(), forth.address(), queues));
            int right = attached(Shim.call(
                    "ring_port", Shim.text(arena, name + ".1"), forth.address(), back.address(), queues));
            return new RingLink(
                    List.of(start(left, name, settings, pool), start(right, name, settings, pool)), forth, back);
        }
    }

    private static Port start(int number, String name, PortSettings settings, MbufPool pool) throws DpdkException {
        return Port.start(number, "net_ring " + name, settings, pool, () -> Shim.call("detach", number));
    }

    private static int attached(int result) throws DpdkException {
        if (result < 0) {
            throw new DpdkException("a port of net_ring", result);
        }
        return result;
    }

    private static MemorySegment rings(String name, PortSettings settings) throws DpdkException {
        MemorySegment rings = Arena.ofAuto().allocate(JAVA_LONG, settings.queues());
        try (Arena arena = Arena.ofConfined()) {
            for (int queue = 0; queue < settings.queues(); queue++) {
                int size = Integer.highestOneBit(Math.max(2, 2 * settings.descriptors() - 1));
                long ring = Shim.callLong("ring_create", Shim.text(arena, name + queue), size);
                if (ring == 0) {
                    throw new DpdkException("a ring for " + size + " frames", Shim.call("last_error"));
                }
                rings.setAtIndex(JAVA_LONG, queue, ring);
            }
        }
        return rings;
    }

    /**
     * One end.
     *
     * @param end 0 or 1
     * @return its port
     */
    public Port port(int end) {
        return ports.get(end);
    }

    /**
     * Ends both ports; frames on their way go back to their pools.
     *
     * @throws java.io.UncheckedIOException as {@link Port#close}; the frames stay where they are then
     */
    @Override
    public void close() {
        if (!closed) {
            closed = true;
            try {
                ports.getFirst().close();
            } finally {
                ports.getLast().close();
            }
            free(forth);
            free(back);
        }
    }

    private static void free(MemorySegment rings) {
        MbufBurst left = new MbufBurst(1);
        for (long at = 0; at < rings.byteSize(); at += Long.BYTES) {
            long ring = rings.get(JAVA_LONG, at);
            for (long mbuf = Shim.callLong("ring_take", ring); mbuf != 0; mbuf = Shim.callLong("ring_take", ring)) {
                left.add(mbuf);
                left.free();
            }
            Shim.callVoid("ring_free", ring);
        }
    }
}
