package org.netchannel.optimized.dpdk;

import java.lang.foreign.MemorySegment;

/**
 * What can be done with an mbuf, which is its address. The thread that owns the mbuf calls; nothing here allocates.
 * Bounds of data are checked, the address is not.
 */
public final class Mbuf {
    private Mbuf() {}

    /**
     * The length of the whole packet.
     *
     * @param mbuf the first of its chain
     * @return in bytes
     */
    public static int packetLength(long mbuf) {
        return MbufLayout.packetLength(mbuf);
    }

    /**
     * The bytes in this mbuf alone.
     *
     * @param mbuf any in a chain
     * @return in bytes
     */
    public static int length(long mbuf) {
        return MbufLayout.length(mbuf);
    }

    /**
     * How many mbufs the packet is in.
     *
     * @param mbuf the first of its chain
     * @return 1 or more
     */
    public static int segments(long mbuf) {
        return MbufLayout.segments(mbuf);
    }

    /**
     * The next mbuf of the chain.
     *
     * @param mbuf any in a chain
     * @return its address, 0 at the end
     */
    public static long next(long mbuf) {
        return MbufLayout.next(mbuf);
    }

    /**
     * Where the data begin, for a view of them: good until the mbuf is freed.
     *
     * @param mbuf any in a chain
     * @return an address
     */
    public static long data(long mbuf) {
        return MbufLayout.data(mbuf);
    }

    /**
     * The memory that the data are in: several mbufs that never move use it again and again.
     *
     * @param mbuf any in a chain
     * @return its address
     */
    public static long buffer(long mbuf) {
        return MbufLayout.buffer(mbuf);
    }

    /**
     * How long that memory is.
     *
     * @param mbuf any in a chain
     * @return in bytes
     */
    public static int bufferLength(long mbuf) {
        return MbufLayout.bufferLength(mbuf);
    }

    /**
     * Takes the first mbuf of a chain off: it is a packet of its own then. So has to become the rest, one by one.
     *
     * @param mbuf the first of what is left of a chain
     * @return the next one, 0 when there is none
     */
    public static long unchain(long mbuf) {
        long next = MbufLayout.next(mbuf);
        MbufLayout.unchain(mbuf);
        return next;
    }

    /**
     * All memory, in which {@link #data} is an offset.
     *
     * @return a segment of unlimited size: whoever uses it checks bounds
     */
    public static MemorySegment memory() {
        return MbufLayout.MEMORY;
    }

    /**
     * Makes the data of an mbuf that is alone a copy of these bytes.
     *
     * @param mbuf has no data yet
     * @param from where the bytes are
     * @param offset of the first one
     * @param length at most the room of its pool
     */
    public static void fill(long mbuf, MemorySegment from, long offset, int length) {
        setLength(mbuf, length);
        MbufLayout.copyIn(from, offset, MbufLayout.data(mbuf), length);
    }

    /**
     * Puts a copy of bytes behind the data of an mbuf that is alone.
     *
     * @param mbuf the mbuf
     * @param from where the bytes are
     * @param offset of the first one
     * @param length at most the room that is left
     */
    public static void append(long mbuf, MemorySegment from, long offset, int length) {
        int before = MbufLayout.length(mbuf);
        setLength(mbuf, before + length);
        MbufLayout.copyIn(from, offset, MbufLayout.data(mbuf) + before, length);
    }

    /**
     * Says how long the data of an mbuf that is alone are.
     *
     * @param mbuf the mbuf
     * @param length at most its room
     */
    public static void setLength(long mbuf, int length) {
        if (length < 0 || length > MbufLayout.room(mbuf)) {
            throw new IllegalArgumentException(length + " bytes in a room of " + MbufLayout.room(mbuf));
        }
        MbufLayout.set(mbuf, MbufLayout.dataOffset(mbuf), length);
    }

    /**
     * Moves the beginning of the data of an mbuf that is alone, to have room for a header or to be rid of one.
     *
     * @param mbuf the mbuf
     * @param more bytes in front, at most its headroom; negative: fewer
     */
    public static void extendFront(long mbuf, int more) {
        int offset = MbufLayout.dataOffset(mbuf) - more;
        int length = MbufLayout.length(mbuf) + more;
        if (offset < 0 || length < 0) {
            throw new IllegalArgumentException(more + " more in front of " + MbufLayout.length(mbuf) + " bytes");
        }
        MbufLayout.set(mbuf, offset, length);
    }

    /**
     * Copies the packet out, whatever mbufs it is in.
     *
     * @param mbuf the first of its chain
     * @param to where the bytes go
     * @param offset of the first one; there has to be room for all
     */
    public static void copyOut(long mbuf, MemorySegment to, long offset) {
        long at = offset;
        for (long part = mbuf; part != 0; part = MbufLayout.next(part)) {
            int length = MbufLayout.length(part);
            MbufLayout.copyOut(MbufLayout.data(part), to, at, length);
            at += length;
        }
    }

    /**
     * Adds references: the mbuf goes back to its pool when it was freed as many times more.
     *
     * @param mbuf the mbuf
     * @param more how many
     */
    public static void refer(long mbuf, int more) {
        Shim.refer(mbuf, more);
    }

    /**
     * Puts a packet behind a header that is in an mbuf of its own.
     *
     * @param head the first mbuf
     * @param tail the rest, which belongs to the head from now on
     * @return false when the chain would be too long for DPDK; nothing has changed then
     */
    public static boolean chain(long head, long tail) {
        return Shim.chain(head, tail) == 0;
    }
}
