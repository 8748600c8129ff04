package org.netchannel.optimized.dpdk;

import static java.lang.foreign.ValueLayout.JAVA_BYTE;
import static java.lang.foreign.ValueLayout.JAVA_INT_UNALIGNED;
import static java.lang.foreign.ValueLayout.JAVA_LONG_UNALIGNED;
import static java.lang.foreign.ValueLayout.JAVA_SHORT_UNALIGNED;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;

/** Where DPDK's headers put the fields of an mbuf, and these fields. An mbuf is its address. Allocates nothing. */
@SuppressWarnings("restricted")
final class MbufLayout {
    /** All memory: an mbuf may be anywhere. */
    static final MemorySegment MEMORY = MemorySegment.NULL.reinterpret(Long.MAX_VALUE);

    private static final long BUFFER_ADDRESS = offset("rte_mbuf.buf_addr", Long.BYTES);
    private static final long DATA_OFFSET = offset("rte_mbuf.data_off", Short.BYTES);
    private static final long SEGMENTS = offset("rte_mbuf.nb_segs", Short.BYTES);
    private static final long PACKET_LENGTH = offset("rte_mbuf.pkt_len", Integer.BYTES);
    private static final long DATA_LENGTH = offset("rte_mbuf.data_len", Short.BYTES);
    private static final long BUFFER_LENGTH = offset("rte_mbuf.buf_len", Short.BYTES);
    private static final long NEXT = offset("rte_mbuf.next", Long.BYTES);
    private static final long FLAGS = offset("rte_mbuf.ol_flags", Long.BYTES);
    private static final long OFFLOAD = offset("rte_mbuf.tx_offload", Long.BYTES);

    private MbufLayout() {}

    /** The offset of a field, which has to have the size that is read here. */
    static long offset(String field, int size) {
        try (Arena arena = Arena.ofConfined()) {
            long place = Shim.callLong("field", Shim.text(arena, field));
            if (place < 0 || (int) place != size) {
                throw new IllegalStateException("the shim says " + place + " of " + field);
            }
            return place >> Integer.SIZE;
        }
    }

    static long data(long mbuf) {
        return MEMORY.get(JAVA_LONG_UNALIGNED, mbuf + BUFFER_ADDRESS) + dataOffset(mbuf);
    }

    static int dataOffset(long mbuf) {
        return Short.toUnsignedInt(MEMORY.get(JAVA_SHORT_UNALIGNED, mbuf + DATA_OFFSET));
    }

    static int length(long mbuf) {
        return Short.toUnsignedInt(MEMORY.get(JAVA_SHORT_UNALIGNED, mbuf + DATA_LENGTH));
    }

    static int packetLength(long mbuf) {
        return MEMORY.get(JAVA_INT_UNALIGNED, mbuf + PACKET_LENGTH);
    }

    static int segments(long mbuf) {
        return Short.toUnsignedInt(MEMORY.get(JAVA_SHORT_UNALIGNED, mbuf + SEGMENTS));
    }

    static long next(long mbuf) {
        return MEMORY.get(JAVA_LONG_UNALIGNED, mbuf + NEXT);
    }

    /** Bytes that fit behind the headroom that is there now. */
    static int room(long mbuf) {
        return Short.toUnsignedInt(MEMORY.get(JAVA_SHORT_UNALIGNED, mbuf + BUFFER_LENGTH)) - dataOffset(mbuf);
    }

    static long buffer(long mbuf) {
        return MEMORY.get(JAVA_LONG_UNALIGNED, mbuf + BUFFER_ADDRESS);
    }

    static int bufferLength(long mbuf) {
        return Short.toUnsignedInt(MEMORY.get(JAVA_SHORT_UNALIGNED, mbuf + BUFFER_LENGTH));
    }

    /** What a device says about the packet, or is asked for. */
    static long flags(long mbuf) {
        return MEMORY.get(JAVA_LONG_UNALIGNED, mbuf + FLAGS);
    }

    /** Asks the device for something more. */
    static void request(long mbuf, long moreFlags, long offload) {
        MEMORY.set(JAVA_LONG_UNALIGNED, mbuf + FLAGS, flags(mbuf) | moreFlags);
        MEMORY.set(JAVA_LONG_UNALIGNED, mbuf + OFFLOAD, offload);
    }

    /** Takes an mbuf out of its chain: it is a packet of its own then. */
    static void unchain(long mbuf) {
        MEMORY.set(JAVA_LONG_UNALIGNED, mbuf + NEXT, 0);
        MEMORY.set(JAVA_SHORT_UNALIGNED, mbuf + SEGMENTS, (short) 1);
        MEMORY.set(JAVA_INT_UNALIGNED, mbuf + PACKET_LENGTH, length(mbuf));
    }

    /** Sets the data of an mbuf that is not in a chain. */
    static void set(long mbuf, int offset, int length) {
        MEMORY.set(JAVA_SHORT_UNALIGNED, mbuf + DATA_OFFSET, (short) offset);
        MEMORY.set(JAVA_SHORT_UNALIGNED, mbuf + DATA_LENGTH, (short) length);
        MEMORY.set(JAVA_INT_UNALIGNED, mbuf + PACKET_LENGTH, length);
    }

    static void copyIn(MemorySegment from, long offset, long address, int length) {
        MemorySegment.copy(from, JAVA_BYTE, offset, MEMORY, JAVA_BYTE, address, length);
    }

    static void copyOut(long address, MemorySegment to, long offset, int length) {
        MemorySegment.copy(MEMORY, JAVA_BYTE, address, to, JAVA_BYTE, offset, length);
    }
}
