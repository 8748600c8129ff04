package org.netchannel.optimized.tcp.wire;

import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.ByteOrder;

/**
 * The checksum of IP, ICMP and TCP (RFC 1071): the complement of the one's complement sum of 16-bit words. Sums are
 * kept as 64-bit numbers whose 16-bit parts are still to be added up, so that parts of a message are summed one by one:
 * every part but the last has to have an even length. Thirty-two bytes are summed at a time, in the order of bytes of
 * the machine, which only swaps the two halves of the result (RFC 1071, section 2 B).
 */
public final class InternetChecksum {
    private static final ValueLayout.OfLong LONG = ValueLayout.JAVA_LONG_UNALIGNED.withOrder(ByteOrder.LITTLE_ENDIAN);
    private static final ValueLayout.OfShort SHORT =
            ValueLayout.JAVA_SHORT_UNALIGNED.withOrder(ByteOrder.LITTLE_ENDIAN);
    private static final long LOW = 0xffff_ffffL;

    private InternetChecksum() {}

    /**
     * The sum of a stretch of bytes.
     *
     * @param memory holds the bytes
     * @param at byte offset of the first
     * @param length how many, at most 2^20; an odd last byte counts as if a zero followed
     * @return a sum to be added to others and given to {@link #fold}
     */
    public static long sum(MemorySegment memory, long at, int length) {
        long even = 0;
        long odd = 0;
        long position = at;
        long end = at + length;
        for (; position + 32 <= end; position += 32) {
            long first = memory.get(LONG, position);
            long second = memory.get(LONG, position + 8);
            long third = memory.get(LONG, position + 16);
            long fourth = memory.get(LONG, position + 24);
            even += (first & LOW) + (second & LOW) + (third & LOW) + (fourth & LOW);
            odd += (first >>> 32) + (second >>> 32) + (third >>> 32) + (fourth >>> 32);
        }
        for (; position + 2 <= end; position += 2) {
            even += memory.get(SHORT, position) & 0xffff;
        }
        if (position < end) {
            even += memory.get(ValueLayout.JAVA_BYTE, position) & 0xff;
        }
        return Short.toUnsignedInt(Short.reverseBytes((short) fold(even + odd)));
    }

    /**
     * Adds up the 16-bit parts of a sum.
     *
     * @param sum any sum of non-negative parts
     * @return 0 to 65,535
     */
    public static int fold(long sum) {
        long folded = (sum >>> 32) + (sum & LOW);
        folded = (folded >>> 32) + (folded & LOW);
        folded = (folded >>> 16) + (folded & 0xffff);
        folded = (folded >>> 16) + (folded & 0xffff);
        return (int) ((folded >>> 16) + (folded & 0xffff));
    }

    /**
     * What is written into the checksum field.
     *
     * @param sum of everything that it covers, with zero in the field itself
     * @return 0 to 65,535
     */
    public static int checksum(long sum) {
        return ~fold(sum) & 0xffff;
    }

    /**
     * Whether a message with its checksum is intact.
     *
     * @param sum of everything that the checksum covers, itself included
     * @return true when the sum is all ones
     */
    public static boolean isIntact(long sum) {
        return fold(sum) == 0xffff;
    }
}
