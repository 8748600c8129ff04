package org.netchannel.optimized.dpdk;

import static java.lang.foreign.ValueLayout.JAVA_LONG;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.netchannel.optimized.tcp.wire.FrameBuffer;

/**
 * Buffers of the application's side that are lent to a device: it sends their bytes from where they lie. A buffer is
 * retained until the device, or in one process the receiver, has freed the mbufs that showed it; {@link #takeBack}
 * releases it then. One thread calls; mbufs are freed by any.
 */
public final class LentBuffers implements AutoCloseable {
    private static final int BATCH = 64;
    /** The length of an mbuf's memory has 16 bits. */
    private static final int MOST_BYTES = 65_535;
    /** Whoever has an mbuf may still look at what was lent: nothing of it may be collected. */
    private static final Set<LentBuffers> OUTSTANDING = ConcurrentHashMap.newKeySet();

    private final long lender;
    private final FrameBuffer[] lent;
    /** Numbers of loans that are free. */
    private final int[] free;
    private int freeCount;
    private boolean closed;
    private final MemorySegment returned = Arena.ofAuto().allocate(JAVA_LONG, BATCH);

    private LentBuffers(long lender, int most) {
        this.lender = lender;
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
            int ring = Integer.highestOneBit(most) << 1;
            long lender = Shim.callLong("lender_create", Shim.text(arena, name), most, ring);
            if (lender == 0) {
                throw new DpdkException("memory for " + most + " loans", Shim.call("last_error"));
            }
            return new LentBuffers(lender, most);
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
        long base = base(at, length);
        int result = Shim.lend(head, tail, memory.address() + base, size(memory, base), (int) (at - base), length,
                lender, number(buffer));
        if (result < 0) {
            throw new IllegalStateException("two mbufs can't be chained: " + result);
        }
        return true;
    }

    /**
     * Makes packets of a segment of TCP over IPv4 that is larger than they may be, as a device does that splits: each
     * has a header, and shows its part of the payload. {@link #hasRoom} says that this can be done.
     *
     * @param packets gets the packets at its end, for which it has room
     * @param fresh gives up its last mbufs: two for each packet, with room for the header
     * @param header the segment's from Ethernet on, outside the Java heap, with zero for the checksum of IPv4
     * @param headerBytes its length, what of the payload is behind it included
     * @param payloadBehind how much of the payload that is
     * @param buffer holds the rest of the payload; it is retained until all packets are freed
     * @param at byte offset of that
     * @param length of that, 1 to 65,535
     * @param pieceBytes payload of each packet but for the last one, more than is behind the header
     * @param maker who makes checksums of TCP
     * @return how many packets there are
     */
    public int lendPieces(MbufBurst packets, MbufBurst fresh, MemorySegment header, int headerBytes, int payloadBehind,
            FrameBuffer buffer, long at, int length, int pieceBytes, ChecksumMaker maker) {
        int pieces = Math.ceilDiv(payloadBehind + length, pieceBytes);
        long out = packets.end(pieces);
        fresh.removeLast(2 * pieces);
        MemorySegment memory = buffer.memory();
        long base = base(at, length);
        Shim.lendPieces(fresh.end(2 * pieces), out, pieces, header.address(), headerBytes, pieceBytes,
                memory.address() + base, size(memory, base), (int) (at - base), length, lender, number(buffer),
                maker.ordinal());
        packets.grow(pieces);
        return pieces;
    }

    /** Where what is shown begins: where the buffer does, if possible, so that receivers see the same memory again. */
    private static long base(long at, int length) {
        return at + length <= MOST_BYTES ? 0 : at + length - MOST_BYTES;
    }

    private static int size(MemorySegment memory, long base) {
        return (int) Math.min(MOST_BYTES, memory.byteSize() - base);
    }

    /** A loan begins. */
    private int number(FrameBuffer buffer) {
        int number = free[--freeCount];
        buffer.retain();
        lent[number] = buffer;
        return number;
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
            count = Shim.returned(lender, returned.address(), BATCH);
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
     * Releases also what has not come back, and never will: whoever had it has gone. Nobody may look at it any more.
     */
    public void forfeit() {
        if (closed) {
            return;
        }
        takeBack();
        for (int number = 0; number < lent.length; number++) {
            FrameBuffer buffer = lent[number];
            if (buffer != null) {
                lent[number] = null;
                free[freeCount++] = number;
                buffer.release();
            }
        }
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
            Shim.callVoid("lender_free", lender);
        }
    }
}
