package org.netchannel.optimized.tcp.wire;

import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.ByteOrder;

/**
 * The checksum of IP, ICMP and TCP (RFC 1071): the complement of the one's complement sum of 16-bit words. Sums are
 * kept as 64-bit numbers whose 16-bit parts are still to be added up, so that parts of a message are summed one by one:
 * every part but the last has to have an even length. Words of four bytes are summed in the order of bytes of x86,
 * which only swaps the two halves of the result (RFC 1071, section 2 B), by a loop so plain that the JIT compiler makes
 * vector instructions of it.
 */
public final class InternetChecksum {
    private static final ValueLayout.OfInt INT = ValueLayout.JAVA_INT_UNALIGNED.withOrder(ByteOrder.LITTLE_ENDIAN);
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
        long sum = 0;
        int words = length & ~3;
        for (int i = 0; i < words; i += 4) {
            sum += memory.get(INT, at + i) & LOW;
        }
        if ((length & 2) != 0) {
            sum += memory.get(SHORT, at + words) & 0xffff;
        }
        if ((length & 1) != 0) {
            sum += memory.get(ValueLayout.JAVA_BYTE, at + length - 1) & 0xff;
        }
        return Short.toUnsignedInt(Short.reverseBytes((short) fold(sum)));
    }

    /**
     * The sum of a stretch of bytes behind others: behind an odd number of them high and low halves change places.
     *
     * @param before how many bytes of the message are in front of it
     * @param memory holds the bytes
     * @param at byte offset of the first
     * @param length as in {@link #sum}
     * @return as {@link #sum}
     */
    public static long sumBehind(int before, MemorySegment memory, long at, int length) {
        long sum = sum(memory, at, length);
        return (before & 1) == 0 ? sum : Short.toUnsignedInt(Short.reverseBytes((short) sum));
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
