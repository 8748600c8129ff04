package org.netchannel.optimized.tcp.wire;

import java.lang.foreign.MemorySegment;

/**
 * The header of an IPv6 packet (RFC 8200, section 3). Extension headers are neither sent nor understood.
 *
 * <pre>
 *   0                                   4          6        7       8             24            40
 *   +-----------------------------------+----------+--------+-------+-------------+-------------+
 *   | version, traffic class, flow label| payload  | next   | hop   | source      | destination |
 *   |                                   | length   | header | limit |             |             |
 *   +-----------------------------------+----------+--------+-------+-------------+-------------+
 * </pre>
 */
public final class Ipv6Header {
    /** Its length. */
    public static final int BYTES = 40;
    /** The next header is one of TCP. */
    public static final int TCP = 6;
    /** The next header is one of ICMPv6. */
    public static final int ICMP = 58;
    /** What neighbour discovery sends: such a packet came through no router (RFC 4861, section 7.1). */
    public static final int MOST_HOPS = 255;
    /** Where the source stands in it. */
    public static final int SOURCE_AT = 8;
    /** Where the destination stands in it. */
    public static final int DESTINATION_AT = 24;

    private static final int USUAL_HOPS = 64;
    private static final int ECN_SHIFT = 20;
    private static final int PAYLOAD_LENGTH_AT = 4;
    private static final int NEXT_HEADER_AT = 6;
    private static final int HOP_LIMIT_AT = 7;

    private Ipv6Header() {}

    /**
     * Whether there is a whole packet.
     *
     * @param memory holds it
     * @param at its byte offset
     * @param available how many bytes there are; more than the packet says is padding
     * @return only if so the other methods may be called
     */
    public static boolean isReadable(MemorySegment memory, long at, int available) {
        return available >= BYTES && NetworkOrder.getByte(memory, at) >>> 4 == 6
                && BYTES + payloadBytes(memory, at) <= available;
    }

    /**
     * What follows the header.
     *
     * @param memory holds the packet
     * @param at its byte offset
     * @return bytes
     */
    public static int payloadBytes(MemorySegment memory, long at) {
        return NetworkOrder.getShort(memory, at + PAYLOAD_LENGTH_AT);
    }

    /**
     * What the packet carries.
     *
     * @param memory holds the packet
     * @param at its byte offset
     * @return 0 to 255
     */
    public static int nextHeader(MemorySegment memory, long at) {
        return NetworkOrder.getByte(memory, at + NEXT_HEADER_AT);
    }

    /**
     * How many routers more it may pass.
     *
     * @param memory holds the packet
     * @param at its byte offset
     * @return 0 to 255
     */
    public static int hopLimit(MemorySegment memory, long at) {
        return NetworkOrder.getByte(memory, at + HOP_LIMIT_AT);
    }

    /**
     * The two bits for explicit congestion notification (RFC 3168, section 5).
     *
     * @param memory holds the packet
     * @param at its byte offset
     * @return 0 to 3
     */
    public static int ecn(MemorySegment memory, long at) {
        return NetworkOrder.getInt(memory, at) >>> ECN_SHIFT & 3;
    }

    /**
     * Who sent it.
     *
     * @param memory holds the packet
     * @param at its byte offset
     * @return whatever stands there
     */
    public static Ipv6Address source(MemorySegment memory, long at) {
        return Ipv6Address.read(memory, at + SOURCE_AT);
    }

    /**
     * For whom it is.
     *
     * @param memory holds the packet
     * @param at its byte offset
     * @return whatever stands there
     */
    public static Ipv6Address destination(MemorySegment memory, long at) {
        return Ipv6Address.read(memory, at + DESTINATION_AT);
    }

    /**
     * Writes a header up to its addresses; the flow label is 0 (RFC 6437, section 3).
     *
     * @param memory takes it
     * @param at byte offset
     * @param payloadBytes what follows the header
     * @param ecn the two bits
     * @param nextHeader of the payload
     */
    public static void write(MemorySegment memory, long at, int payloadBytes, int ecn, int nextHeader) {
        NetworkOrder.putInt(memory, at, 6 << 28 | ecn << ECN_SHIFT);
        NetworkOrder.putShort(memory, at + PAYLOAD_LENGTH_AT, payloadBytes);
        NetworkOrder.putByte(memory, at + NEXT_HEADER_AT, nextHeader);
        NetworkOrder.putByte(memory, at + HOP_LIMIT_AT, nextHeader == ICMP ? MOST_HOPS : USUAL_HOPS);
    }

    /**
     * Writes the addresses.
     *
     * @param memory takes the header
     * @param at byte offset of the header
     * @param sourceHigh first half of the source
     * @param sourceLow second half
     * @param destinationHigh first half of the destination
     * @param destinationLow second half
     */
    public static void writeAddresses(MemorySegment memory, long at, long sourceHigh, long sourceLow,
            long destinationHigh, long destinationLow) {
        NetworkOrder.putLong(memory, at + SOURCE_AT, sourceHigh);
        NetworkOrder.putLong(memory, at + SOURCE_AT + 8, sourceLow);
        NetworkOrder.putLong(memory, at + DESTINATION_AT, destinationHigh);
        NetworkOrder.putLong(memory, at + DESTINATION_AT + 8, destinationLow);
    }

    /**
     * The pseudo header (RFC 8200, section 8.1), from a header that is there.
     *
     * @param memory holds the header
     * @param at its byte offset
     * @param bytes length of what is behind it
     * @param nextHeader of that
     * @return a sum for {@link SegmentChecksum}
     */
    public static long pseudoHeader(MemorySegment memory, long at, int bytes, int nextHeader) {
        return InternetChecksum.sum(memory, at + SOURCE_AT, 2 * Ipv6Address.BYTES) + bytes + nextHeader;
    }

    /**
     * The pseudo header of a TCP segment.
     *
     * @param sourceHigh first half of the source
     * @param sourceLow second half
     * @param destinationHigh first half of the destination
     * @param destinationLow second half
     * @param segmentBytes length of TCP header and payload
     * @return a sum for {@link SegmentChecksum}
     */
    public static long pseudoHeader(long sourceHigh, long sourceLow, long destinationHigh, long destinationLow,
            int segmentBytes) {
        return words(sourceHigh) + words(sourceLow) + words(destinationHigh) + words(destinationLow) + TCP
                + segmentBytes;
    }

    private static long words(long half) {
        return (half >>> 32) + (half & 0xffff_ffffL);
    }
}
