package org.netchannel.optimized.tcp.wire;

import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.ByteOrder;

/** Unsigned fields, most significant byte first (RFC 791, appendix B). */
public final class NetworkOrder {
    private static final ValueLayout.OfShort SHORT = ValueLayout.JAVA_SHORT_UNALIGNED.withOrder(ByteOrder.BIG_ENDIAN);
    private static final ValueLayout.OfLong LONG = ValueLayout.JAVA_LONG_UNALIGNED.withOrder(ByteOrder.BIG_ENDIAN);
    private static final ValueLayout.OfInt INT = ValueLayout.JAVA_INT_UNALIGNED.withOrder(ByteOrder.BIG_ENDIAN);

    private NetworkOrder() {}

    /**
     * Reads a byte.
     *
     * @param memory holds it
     * @param at byte offset
     * @return 0 to 255
     */
    public static int getByte(MemorySegment memory, long at) {
        return memory.get(ValueLayout.JAVA_BYTE, at) & 0xff;
    }

    /**
     * Writes a byte.
     *
     * @param memory takes it
     * @param at byte offset
     * @param value its low 8 bits are written
     */
    public static void putByte(MemorySegment memory, long at, int value) {
        memory.set(ValueLayout.JAVA_BYTE, at, (byte) value);
    }

    /**
     * Reads two bytes.
     *
     * @param memory holds them
     * @param at byte offset of the first
     * @return 0 to 65,535
     */
    public static int getShort(MemorySegment memory, long at) {
        return memory.get(SHORT, at) & 0xffff;
    }

    /**
     * Writes two bytes.
     *
     * @param memory takes them
     * @param at byte offset of the first
     * @param value its low 16 bits are written
     */
    public static void putShort(MemorySegment memory, long at, int value) {
        memory.set(SHORT, at, (short) value);
    }

    /**
     * Reads four bytes.
     *
     * @param memory holds them
     * @param at byte offset of the first
     * @return 32 bits
     */
    public static int getInt(MemorySegment memory, long at) {
        return memory.get(INT, at);
    }

    /**
     * Writes four bytes.
     *
     * @param memory takes them
     * @param at byte offset of the first
     * @param value 32 bits
     */
    public static void putInt(MemorySegment memory, long at, int value) {
        memory.set(INT, at, value);
    }

    /**
     * Reads 64 bits.
     *
     * @param memory holds them
     * @param at byte offset
     * @return the bits
     */
    public static long getLong(MemorySegment memory, long at) {
        return memory.get(LONG, at);
    }

    /**
     * Writes 64 bits.
     *
     * @param memory takes them
     * @param at byte offset
     * @param value the bits
     */
    public static void putLong(MemorySegment memory, long at, long value) {
        memory.set(LONG, at, value);
    }

    /**
     * Reads six bytes.
     *
     * @param memory holds them
     * @param at byte offset of the first
     * @return 48 bits
     */
    public static long getSixBytes(MemorySegment memory, long at) {
        return (long) getShort(memory, at) << 32 | Integer.toUnsignedLong(getInt(memory, at + 2));
    }

    /**
     * Writes six bytes.
     *
     * @param memory takes them
     * @param at byte offset of the first
     * @param value its low 48 bits are written
     */
    public static void putSixBytes(MemorySegment memory, long at, long value) {
        putShort(memory, at, (int) (value >>> 32));
        putInt(memory, at + 2, (int) value);
    }
}
