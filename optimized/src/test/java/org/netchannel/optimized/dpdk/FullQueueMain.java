package org.netchannel.optimized.dpdk;

import java.lang.foreign.MemorySegment;
import java.util.List;

/** A process that sends until its queue is full, to a peer that reads its memory later. Says what it has sent. */
final class FullQueueMain {
    static final int MEGABYTES = 32;
    /** Of descriptors, of which each frame takes two. */
    static final int QUEUE = 64;
    /** More than it can take. */
    static final int FRAMES = 40;
    /** Sent first, so that the queue is not full behind the fourth frame of four. */
    static final int ALONE = 1;
    private static final int HEAD_BYTES = 64;
    private static final int TAIL_BYTES = 200;

    private FullQueueMain() {}

    /**
     * Runs it.
     *
     * @param arguments the device
     */
    public static void main(String[] arguments) throws Exception {
        Eal.start(new EalOptions(true, MEGABYTES, List.of()));
        try (MbufPool pool = MbufPool.create("full", 511, 2_048);
                Port port = Port.open(Device.of(arguments[0]), new PortSettings(1, QUEUE, 1_500), pool)) {
            while (!port.isUp()) {
                Thread.onSpinWait();
            }
            MbufBurst burst = new MbufBurst(FRAMES);
            fill(burst, pool, 0, ALONE);
            int sent = port.send(0, burst);
            fill(burst, pool, ALONE, FRAMES);
            sent += port.send(0, burst);
            System.out.println(sent);
            System.in.read();
            // The peer has read everything.
            port.collect(0);
            int whole = 0;
            for (int i = 0; i < burst.count(); i++) {
                whole += Mbuf.segments(burst.get(i)) == 2 && Mbuf.next(burst.get(i)) != 0 ? 1 : 0;
            }
            System.out.println(whole);
            System.out.println(pool.count() - pool.available());
            System.out.println(port.send(0, burst));
            System.in.read();
            port.collect(0);
            System.out.println(pool.count() - pool.available());
        }
        Runtime.getRuntime().halt(0);
    }

    private static void fill(MbufBurst burst, MbufPool pool, int from, int to) {
        MbufBurst parts = new MbufBurst(2);
        for (int frame = from; frame < to; frame++) {
            pool.allocate(parts, 2);
            MemorySegment bytes = MemorySegment.ofArray(bytes(frame));
            Mbuf.fill(parts.get(0), bytes, 0, HEAD_BYTES);
            Mbuf.fill(parts.get(1), bytes, HEAD_BYTES, TAIL_BYTES);
            Mbuf.chain(parts.get(0), parts.get(1));
            burst.add(parts.get(0));
            parts.clear();
        }
    }

    /** What is in a frame. */
    static byte[] bytes(int frame) {
        byte[] bytes = new byte[HEAD_BYTES + TAIL_BYTES];
        for (int i = 0; i < bytes.length; i++) {
            bytes[i] = (byte) (31 * i + 7 * frame);
        }
        return bytes;
    }
}
