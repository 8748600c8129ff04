package org.netchannel.optimized.dpdk;

import static java.lang.foreign.ValueLayout.JAVA_LONG;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.netchannel.optimized.tcp.wire.FrameBuffer;

/**
 * Buffers of the application's side that are lent to a device: it sends their bytes from where they lie. A buffer is
 * retained until the device, or in one process the receiver, has freed the mbuf that showed it; {@link #takeBack}
 * releases it then. One thread calls; mbufs are freed by any.
 */
public final class LentBuffers implements AutoCloseable {
    private static final int BATCH = 64;
    /** The length of an mbuf's memory has 16 bits. */
    private static final int MOST_BYTES = 65_535;
    /** Whoever has an mbuf may still look at what was lent: nothing of it may be collected. */
    private static final Set<LentBuffers> OUTSTANDING = ConcurrentHashMap.newKeySet();

    private final long returns;
    private final FrameBuffer[] lent;
    /** Numbers of loans that are free. */
    private final int[] free;
    private int freeCount;
    private boolean closed;
    private final MemorySegment returned = Arena.ofAuto().allocate(JAVA_LONG, BATCH);

    private LentBuffers(long returns, int most) {
        this.returns = returns;
        lent = new FrameBuffer[most];
        free = new int[most];
        for (freeCount = 0; freeCount < most; freeCount++) {
            free[freeCount] = most - 1 - freeCount;
        }
        OUTSTANDING.add(this);
    }

    /**
     * Nothing is lent yet.
     *
     * @param name unique in the process, at most 20 letters
     * @param most how many loans at a time, at least 1
     * @return the loans
     * @throws DpdkException when DPDK is missing, or memory is
     */
    public static LentBuffers create(String name, int most) throws DpdkException {
        Dpdk.require();
        try (Arena arena = Arena.ofConfined()) {
            int size = Integer.highestOneBit(most) << 1;
            long returns = Shim.callLong("returns_create", Shim.text(arena, name), size);
            if (returns == 0) {
                throw new DpdkException("a ring for " + size + " loans", Shim.call("last_error"));
            }
            return new LentBuffers(returns, most);
        }
    }

    /**
     * Puts bytes of a buffer behind a header that is in an mbuf of its own.
     *
     * @param head the first mbuf, alone
     * @param tail a fresh mbuf, which becomes part of the packet
     * @param buffer outside the Java heap; it is retained until the packet is freed
     * @param at byte offset of the first byte
     * @param length 1 to 65,535
     * @return false when as much as may be is lent already; nothing has changed then
     */
    public boolean lend(long head, long tail, FrameBuffer buffer, long at, int length) {
        if (freeCount == 0) {
            return false;
        }
        MemorySegment memory = buffer.memory();
        // From its beginning where that is possible: who receives it sees the same memory again and again.
        long base = at + length <= MOST_BYTES ? 0 : at + length - MOST_BYTES;
        int size = (int) Math.min(MOST_BYTES, memory.byteSize() - base);
        int number = free[--freeCount];
        buffer.retain();
        lent[number] = buffer;
        int result = Shim.lend(head, tail, memory.address() + base, size, (int) (at - base), length, returns, number);
        if (result < 0) {
            throw new IllegalStateException("two mbufs can't be chained: " + result);
        }
        return true;
    }

    /**
     * Whether {@link #lend} would.
     *
     * @return false when as much as may be is lent
     */
    public boolean hasRoom() {
        return freeCount > 0;
    }

    /**
     * Releases the buffers that have come back. Allocates nothing.
     *
     * @return how many
     */
    public int takeBack() {
        int all = 0;
        int count;
        do {
            count = Shim.returned(returns, returned.address(), BATCH);
            for (int i = 0; i < count; i++) {
                int number = (int) returned.getAtIndex(JAVA_LONG, i);
                FrameBuffer buffer = lent[number];
                lent[number] = null;
                free[freeCount++] = number;
                buffer.release();
            }
            all += count;
        } while (count == BATCH);
        return all;
    }

    /**
     * How many loans have not come back.
     *
     * @return as of the last {@link #takeBack}
     */
    public int outstanding() {
        return lent.length - freeCount;
    }

    /**
     * Ends it when everything has come back. What has not stays in memory until this is called again and it has:
     * somebody may still look at it.
     */
    @Override
    public void close() {
        if (closed) {
            return;
        }
        takeBack();
        if (outstanding() == 0) {
            closed = true;
            OUTSTANDING.remove(this);
            Shim.callVoid("ring_free", returns);
        }
    }
}
