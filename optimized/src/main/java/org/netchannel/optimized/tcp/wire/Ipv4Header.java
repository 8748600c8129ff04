package org.netchannel.optimized.tcp.wire;

import java.lang.foreign.MemorySegment;

/**
 * The header of an IPv4 packet (RFC 791, section 3.1). Packets are sent without options and never in fragments.
 *
 * <pre>
 *   0         1     2        4    6                  8     9          10         12       16            20
 *   +---------+-----+--------+----+------------------+-----+----------+----------+--------+-------------+
 *   | version | ECN | total  | id | flags            | TTL | protocol | checksum | source | destination |
 *   | length  |     | length |    | fragment offset  |     |          |          |        |             |
 *   +---------+-----+--------+----+------------------+-----+----------+----------+--------+-------------+
 * </pre>
 */
public final class Ipv4Header {
    /** Its length without options. */
    public static final int BYTES = 20;
    /** The protocol number of ICMP. */
    public static final int ICMP = 1;
    /** The protocol number of TCP. */
    public static final int TCP = 6;
    /** The ECN field of a packet whose sender does not understand ECN (RFC 3168, section 5). */
    public static final int NOT_ECT = 0;
    /** The ECN field of a packet that may be marked. */
    public static final int ECT_0 = 2;
    /** The ECN field of a packet that met congestion. */
    public static final int CE = 3;

    private static final int ECN_AT = 1;
    private static final int TOTAL_LENGTH_AT = 2;
    private static final int FRAGMENT_AT = 6;
    private static final int TTL_AT = 8;
    private static final int PROTOCOL_AT = 9;
    private static final int CHECKSUM_AT = 10;
    private static final int SOURCE_AT = 12;
    private static final int DESTINATION_AT = 16;
    private static final int DO_NOT_FRAGMENT = 0x4000;
    /** More fragments, or an offset. */
    private static final int FRAGMENT = 0x3fff;
    /** RFC 1122, section 3.2.1.7 and the assigned numbers. */
    private static final int TTL = 64;

    /** What a packet is worth. */
    public enum Verdict {
        /** Everything is as it has to be. */
        GOOD,
        /** No whole header, another version, or lengths that contradict each other. */
        MALFORMED,
        /** The header's checksum is wrong. */
        CORRUPT,
        /** A fragment: they are not put together again. */
        FRAGMENT
    }

    private Ipv4Header() {}

    /**
     * Checks everything that can be wrong with a header.
     *
     * @param memory holds the packet
     * @param at its byte offset
     * @param available how many bytes there are; more than the packet says is padding
     * @return only of a good packet the other methods may be called
     */
    public static Verdict check(MemorySegment memory, long at, int available) {
        if (available < BYTES || NetworkOrder.getByte(memory, at) >>> 4 != 4) {
            return Verdict.MALFORMED;
        }
        int headerBytes = headerBytes(memory, at);
        int total = totalLength(memory, at);
        if (headerBytes < BYTES || total < headerBytes || total > available) {
            return Verdict.MALFORMED;
        }
        if (!InternetChecksum.isIntact(InternetChecksum.sum(memory, at, headerBytes))) {
            return Verdict.CORRUPT;
        }
        return (NetworkOrder.getShort(memory, at + FRAGMENT_AT) & FRAGMENT) == 0 ? Verdict.GOOD : Verdict.FRAGMENT;
    }

    /**
     * The version of IP, whose place no version changes.
     *
     * @param memory holds a packet
     * @param at its byte offset
     * @return 4 for IPv4
     */
    public static int version(MemorySegment memory, long at) {
        return NetworkOrder.getByte(memory, at) >>> 4;
    }

    /**
     * Length of the header with its options.
     *
     * @param memory holds the packet
     * @param at its byte offset
     * @return 20 to 60 bytes
     */
    public static int headerBytes(MemorySegment memory, long at) {
        return (NetworkOrder.getByte(memory, at) & 0xf) * 4;
    }

    /**
     * Length of header and payload.
     *
     * @param memory holds the packet
     * @param at its byte offset
     * @return bytes
     */
    public static int totalLength(MemorySegment memory, long at) {
        return NetworkOrder.getShort(memory, at + TOTAL_LENGTH_AT);
    }

    /**
     * The two bits for explicit congestion notification.
     *
     * @param memory holds the packet
     * @param at its byte offset
     * @return 0 to 3
     */
    public static int ecn(MemorySegment memory, long at) {
        return NetworkOrder.getByte(memory, at + ECN_AT) & 3;
    }

    /**
     * What the packet carries.
     *
     * @param memory holds the packet
     * @param at its byte offset
     * @return 0 to 255
     */
    public static int protocol(MemorySegment memory, long at) {
        return NetworkOrder.getByte(memory, at + PROTOCOL_AT);
    }

    /**
     * Who sent it.
     *
     * @param memory holds the packet
     * @param at its byte offset
     * @return 32 bits
     */
    public static int source(MemorySegment memory, long at) {
        return NetworkOrder.getInt(memory, at + SOURCE_AT);
    }

    /**
     * For whom it is.
     *
     * @param memory holds the packet
     * @param at its byte offset
     * @return 32 bits
     */
    public static int destination(MemorySegment memory, long at) {
        return NetworkOrder.getInt(memory, at + DESTINATION_AT);
    }

    /**
     * Writes a header. The identification is 0, as RFC 6864 allows for packets that may not be fragmented.
     *
     * @param memory takes it
     * @param at byte offset
     * @param payloadBytes what follows the header
     * @param ecn the two bits
     * @param protocol of the payload
     * @param source 32 bits
     * @param destination 32 bits
     */
    public static void write(MemorySegment memory, long at, int payloadBytes, int ecn, int protocol, int source,
            int destination) {
        writeWithoutChecksum(memory, at, payloadBytes, ecn, protocol, source, destination);
        NetworkOrder.putShort(memory, at + CHECKSUM_AT,
                InternetChecksum.checksum(InternetChecksum.sum(memory, at, BYTES)));
    }

    /**
     * The same, but zero stands where the checksum belongs: the device makes it.
     *
     * @param memory takes it
     * @param at byte offset
     * @param payloadBytes what follows the header
     * @param ecn the two bits
     * @param protocol of the payload
     * @param source 32 bits
     * @param destination 32 bits
     */
    public static void writeWithoutChecksum(MemorySegment memory, long at, int payloadBytes, int ecn, int protocol,
            int source, int destination) {
        NetworkOrder.putByte(memory, at, 0x45);
        NetworkOrder.putByte(memory, at + ECN_AT, ecn);
        NetworkOrder.putShort(memory, at + TOTAL_LENGTH_AT, BYTES + payloadBytes);
        NetworkOrder.putInt(memory, at + 4, DO_NOT_FRAGMENT);
        NetworkOrder.putByte(memory, at + TTL_AT, TTL);
        NetworkOrder.putByte(memory, at + PROTOCOL_AT, protocol);
        NetworkOrder.putShort(memory, at + CHECKSUM_AT, 0);
        NetworkOrder.putInt(memory, at + SOURCE_AT, source);
        NetworkOrder.putInt(memory, at + DESTINATION_AT, destination);
    }

    /**
     * The pseudo header of a TCP segment (RFC 9293, section 3.1).
     *
     * @param source 32 bits
     * @param destination 32 bits
     * @param segmentBytes length of TCP header and payload
     * @return a sum for {@link SegmentChecksum}
     */
    public static long pseudoHeader(int source, int destination, int segmentBytes) {
        return Integer.toUnsignedLong(source) + Integer.toUnsignedLong(destination) + TCP + segmentBytes;
    }
}
