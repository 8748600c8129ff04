package org.netchannel.optimized.tcp.wire;

import java.lang.foreign.MemorySegment;

/**
 * An ARP packet for IPv4 on Ethernet (RFC 826).
 *
 * <pre>
 *   0          2          4        5        6           8               14          18              24          28
 *   +----------+----------+--------+--------+-----------+---------------+-----------+---------------+-----------+
 *   | hardware | protocol | length | length | operation | sender's      | sender's  | target's      | target's  |
 *   | 1        | 0x0800   | 6      | 4      |           | link address  | address   | link address  | address   |
 *   +----------+----------+--------+--------+-----------+---------------+-----------+---------------+-----------+
 * </pre>
 */
public final class ArpPacket {
    /** Its length. */
    public static final int BYTES = 28;
    /** The operation of a question. */
    public static final int REQUEST = 1;
    /** The operation of an answer. */
    public static final int REPLY = 2;

    private static final int OPERATION_AT = 6;
    private static final int SENDER_LINK_AT = 8;
    private static final int SENDER_AT = 14;
    private static final int TARGET_LINK_AT = 18;
    private static final int TARGET_AT = 24;
    private static final int ETHERNET_AND_IPV4 = 0x0001_0800;
    private static final int LENGTHS = 0x0604;

    private ArpPacket() {}

    /**
     * Whether this is a packet of the only kind that is understood.
     *
     * @param memory holds it
     * @param at its byte offset
     * @param length how many bytes there are
     * @return false when it has to be dropped
     */
    public static boolean isReadable(MemorySegment memory, long at, int length) {
        return length >= BYTES && NetworkOrder.getInt(memory, at) == ETHERNET_AND_IPV4
                && NetworkOrder.getShort(memory, at + 4) == LENGTHS;
    }

    /**
     * Question or answer.
     *
     * @param memory holds the packet
     * @param at its byte offset
     * @return {@link #REQUEST}, {@link #REPLY}, or something else
     */
    public static int operation(MemorySegment memory, long at) {
        return NetworkOrder.getShort(memory, at + OPERATION_AT);
    }

    /**
     * The link address of the sender.
     *
     * @param memory holds the packet
     * @param at its byte offset
     * @return 48 bits
     */
    public static long senderLink(MemorySegment memory, long at) {
        return NetworkOrder.getSixBytes(memory, at + SENDER_LINK_AT);
    }

    /**
     * The IPv4 address of the sender.
     *
     * @param memory holds the packet
     * @param at its byte offset
     * @return 32 bits
     */
    public static int sender(MemorySegment memory, long at) {
        return NetworkOrder.getInt(memory, at + SENDER_AT);
    }

    /**
     * The IPv4 address that is asked for.
     *
     * @param memory holds the packet
     * @param at its byte offset
     * @return 32 bits
     */
    public static int target(MemorySegment memory, long at) {
        return NetworkOrder.getInt(memory, at + TARGET_AT);
    }

    /**
     * Writes a packet.
     *
     * @param memory takes it
     * @param at byte offset
     * @param operation question or answer
     * @param senderLink link address of this host
     * @param sender address of this host
     * @param targetLink link address of the other one, 0 in a question
     * @param target address of the other one
     */
    public static void write(MemorySegment memory, long at, int operation, long senderLink, int sender,
            long targetLink, int target) {
        NetworkOrder.putInt(memory, at, ETHERNET_AND_IPV4);
        NetworkOrder.putShort(memory, at + 4, LENGTHS);
        NetworkOrder.putShort(memory, at + OPERATION_AT, operation);
        NetworkOrder.putSixBytes(memory, at + SENDER_LINK_AT, senderLink);
        NetworkOrder.putInt(memory, at + SENDER_AT, sender);
        NetworkOrder.putSixBytes(memory, at + TARGET_LINK_AT, targetLink);
        NetworkOrder.putInt(memory, at + TARGET_AT, target);
    }
}
