package org.netchannel.optimized.tcp.wire;

import java.lang.foreign.MemorySegment;

/**
 * A question or an answer of neighbour discovery (RFC 4861, sections 4.3 and 4.4), a message of ICMPv6.
 *
 * <pre>
 *   0      1      2          4       8        24
 *   +------+------+----------+-------+--------+----------------------------
 *   | type | code | checksum | flags | target | options: type, length / 8, …
 *   +------+------+----------+-------+--------+----------------------------
 * </pre>
 */
public final class NeighbourMessage {
    /** Where are you? */
    public static final int SOLICITATION = 135;
    /** Here I am. */
    public static final int ADVERTISEMENT = 136;
    /** The flag of an answer to a question. */
    public static final int SOLICITED = 0x4000_0000;
    /** The flag of an answer that counts for more than what was known before. */
    public static final int OVERRIDE = 0x2000_0000;
    /** The option with the link address of who sends the message. */
    public static final int SOURCE_LINK = 1;
    /** The option with the link address of the target. */
    public static final int TARGET_LINK = 2;
    /** The length of a message with one option. */
    public static final int BYTES = 32;
    /** What {@link #link} answers when there is no such option. */
    public static final long NO_LINK = -1;

    private static final int CHECKSUM_AT = 2;
    private static final int FLAGS_AT = 4;
    private static final int TARGET_AT = 8;
    private static final int OPTIONS_AT = 24;
    private static final int UNIT = 8;

    private NeighbourMessage() {}

    /**
     * What it is.
     *
     * @param memory holds a message of ICMPv6 of at least 4 bytes
     * @param at its byte offset
     * @return 0 to 255
     */
    public static int type(MemorySegment memory, long at) {
        return NetworkOrder.getByte(memory, at);
    }

    /**
     * Whether the message is one that a host may send (RFC 4861, section 7.1): long enough, with options that fit.
     *
     * @param memory holds it
     * @param at its byte offset
     * @param length how many bytes there are
     * @return only if so the following methods may be called
     */
    public static boolean isReadable(MemorySegment memory, long at, int length) {
        if (length < OPTIONS_AT || NetworkOrder.getByte(memory, at + 1) != 0 || target(memory, at).isMulticast()) {
            return false;
        }
        int next = OPTIONS_AT;
        while (next < length) {
            int units = length - next < 2 ? 0 : NetworkOrder.getByte(memory, at + next + 1);
            if (units == 0 || next + units * UNIT > length) {
                return false;
            }
            next += units * UNIT;
        }
        return true;
    }

    /**
     * Whom it is about.
     *
     * @param memory holds the message
     * @param at its byte offset
     * @return an address that is not that of a group
     */
    public static Ipv6Address target(MemorySegment memory, long at) {
        return Ipv6Address.read(memory, at + TARGET_AT);
    }

    /**
     * What kind of answer it is.
     *
     * @param memory holds the message
     * @param at its byte offset
     * @return bits
     */
    public static int flags(MemorySegment memory, long at) {
        return NetworkOrder.getInt(memory, at + FLAGS_AT);
    }

    /**
     * The link address in an option.
     *
     * @param memory holds the message
     * @param at its byte offset
     * @param length of the message
     * @param option which
     * @return 48 bits, or {@link #NO_LINK}
     */
    public static long link(MemorySegment memory, long at, int length, int option) {
        int next = OPTIONS_AT;
        while (next < length) {
            int units = NetworkOrder.getByte(memory, at + next + 1);
            if (units == 1 && NetworkOrder.getByte(memory, at + next) == option) {
                return NetworkOrder.getSixBytes(memory, at + next + 2);
            }
            next += units * UNIT;
        }
        return NO_LINK;
    }

    /**
     * Writes a message with one option behind an IPv6 header that is complete.
     *
     * @param memory takes it
     * @param headerAt byte offset of the header
     * @param type of the message
     * @param flags bits
     * @param target whom it is about
     * @param option which option
     * @param link its link address
     */
    public static void write(MemorySegment memory, long headerAt, int type, int flags, Ipv6Address target, int option,
            long link) {
        long at = headerAt + Ipv6Header.BYTES;
        NetworkOrder.putInt(memory, at, type << 24);
        NetworkOrder.putInt(memory, at + FLAGS_AT, flags);
        target.write(memory, at + TARGET_AT);
        NetworkOrder.putByte(memory, at + OPTIONS_AT, option);
        NetworkOrder.putByte(memory, at + OPTIONS_AT + 1, 1);
        NetworkOrder.putSixBytes(memory, at + OPTIONS_AT + 2, link);
        NetworkOrder.putShort(memory, at + CHECKSUM_AT, InternetChecksum.checksum(
                Ipv6Header.pseudoHeader(memory, headerAt, BYTES, Ipv6Header.ICMP)
                        + InternetChecksum.sum(memory, at, BYTES)));
    }
}
