package org.netchannel.optimized.dpdk;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.util.List;
import org.netchannel.optimized.tcp.wire.FrameBuffer;
import org.netchannel.optimized.tcp.wire.PlainFramePool;

/** A process with hugepages that lends its memory: how far from it hardware would look for it. */
final class LentMain {
    static final int MEGABYTES = 64;
    static final String PHYSICAL = "physical";
    static final int BUFFERS = 40;
    private static final int BYTES = 1 << 16;
    private static final int STEP = 1_601;
    private static final int PAGE = 4_096;
    private static final long FRAME = (1L << 55) - 1;

    private LentMain() {}

    /** Lends bytes at several places of several buffers. */
    public static void main(String[] arguments) throws Exception {
        Eal.start(new EalOptions(true, MEGABYTES, List.of()));
        PlainFramePool buffers = new PlainFramePool(EalMemory.INSTANCE, BUFFERS, BYTES);
        try (MbufPool pool = MbufPool.create("lent", 127, 2_048); LentBuffers lent = LentBuffers.create("lent", 63)) {
            MbufBurst burst = new MbufBurst(2);
            boolean isPhysical = false;
            for (int i = 0; i < BUFFERS; i++) {
                FrameBuffer buffer = buffers.claim();
                int at = i * STEP;
                pool.allocate(burst, 2);
                long head = burst.get(0);
                isPhysical = Shim.callLong("device_address", head) != Mbuf.data(head);
                lent.lend(head, burst.get(1), buffer, at, 100);
                long address = buffer.memory().address() + at;
                long expected = isPhysical ? physical(address) : address;
                System.out.println(Shim.callLong("device_address", burst.get(1)) - expected);
                burst.clear();
                burst.add(head);
                burst.free();
                lent.takeBack();
                buffer.release();
            }
            System.out.println(isPhysical ? PHYSICAL : "virtual");
        }
        System.exit(0);
    }

    /** What the kernel says: the number of the page that an address is in has 55 bits of an entry. */
    private static long physical(long address) throws IOException {
        try (RandomAccessFile file = new RandomAccessFile("/proc/self/pagemap", "r")) {
            file.seek(address / PAGE * Long.BYTES);
            return (Long.reverseBytes(file.readLong()) & FRAME) * PAGE + address % PAGE;
        }
    }
}
