package org.netchannel.conformance.check;

import java.util.HexFormat;
import java.util.List;

/** Numbers of a trace, which have 64 bits, in forms that TLC can hold, whose integers have 32. */
final class SpecNumbers {
    /** The largest number from a packet that keeps its value; sums of two still fit into 32 bits. */
    static final int LARGEST = (1 << 30) - 1;

    private static final long NANOS_PER_SECOND = 1_000_000_000L;
    private static final HexFormat HEX = HexFormat.of();

    private SpecNumbers() {}

    /** An unsigned number of a packet; all that are too large become {@link #LARGEST}, far from anything legal. */
    static int unsigned(long value) {
        return value < 0 || value > LARGEST ? LARGEST : (int) value;
    }

    /** A count from a call; nothing legal is above {@link #LARGEST}. */
    static int atMostLargest(int value) {
        return Math.min(value, LARGEST);
    }

    /** A size from a configuration; the limit of 2^30 keeps its value, and what is over it stays over it. */
    static int size(long value) {
        return Math.clamp(value, -1, LARGEST + 2);
    }

    /** A time or duration as seconds and nanoseconds. */
    static List<Integer> time(long nanos) {
        long seconds = Math.floorDiv(nanos, NANOS_PER_SECOND);
        return List.of(Math.clamp(seconds, -LARGEST, LARGEST), (int) Math.floorMod(nanos, NANOS_PER_SECOND));
    }

    /** Whether {@link #time} keeps a time's value. */
    static boolean isTime(long nanos) {
        return nanos / NANOS_PER_SECOND <= LARGEST;
    }

    /** A host incarnation as three numbers, of 22, 21 and 21 bits, to be compared from the left. */
    static List<Integer> incarnation(long value) {
        return List.of((int) (value >>> 42), (int) (value >>> 21) & 0x1F_FFFF, (int) value & 0x1F_FFFF);
    }

    /** A connection id as in a trace. */
    static String connection(long id) {
        return HEX.toHexDigits(id);
    }
}
