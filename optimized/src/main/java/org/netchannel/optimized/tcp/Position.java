package org.netchannel.optimized.tcp;

/** Sequence numbers: 32 bits on the wire that wrap, 64 bits here that don't (RFC 9293, section 3.4). */
final class Position {
    private Position() {}

    /** The position with these low 32 bits that is nearest to a known one: less than 2^31 away from it. */
    static long near(long known, int wire) {
        return known + (wire - (int) known);
    }

    /** Whether one clock value of 32 bits comes before another (RFC 7323, section 5.2). */
    static boolean isBefore(int first, int second) {
        return first - second < 0;
    }
}
