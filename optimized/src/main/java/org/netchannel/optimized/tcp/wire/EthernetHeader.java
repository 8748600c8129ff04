package org.netchannel.optimized.tcp.wire;

import java.lang.foreign.MemorySegment;

/**
 * The header of an Ethernet II frame (RFC 894).
 *
 * <pre>
 *   0             6        12     14
 *   +-------------+--------+------+
 *   | destination | source | type |
 *   +-------------+--------+------+
 * </pre>
 */
public final class EthernetHeader {
    /** Its length. */
    public static final int BYTES = 14;
    /** Everybody on the link. */
    public static final long BROADCAST = 0xffff_ffff_ffffL;
    /** The type of a frame that carries IPv4. */
    public static final int IPV4 = 0x0800;
    /** The type of a frame that carries IPv6. */
    public static final int IPV6 = 0x86dd;
    /** The type of a frame that carries ARP. */
    public static final int ARP = 0x0806;

    private static final int SOURCE_AT = 6;
    private static final int TYPE_AT = 12;

    private EthernetHeader() {}

    /**
     * For whom a frame is.
     *
     * @param memory holds the frame
     * @param at its byte offset
     * @return 48 bits
     */
    public static long destination(MemorySegment memory, long at) {
        return NetworkOrder.getSixBytes(memory, at);
    }

    /**
     * What a frame carries.
     *
     * @param memory holds the frame
     * @param at its byte offset
     * @return 0 to 65,535
     */
    public static int type(MemorySegment memory, long at) {
        return NetworkOrder.getShort(memory, at + TYPE_AT);
    }

    /**
     * Writes the header.
     *
     * @param memory takes it
     * @param at byte offset
     * @param destination 48 bits
     * @param source 48 bits
     * @param type of what the frame carries
     */
    public static void write(MemorySegment memory, long at, long destination, long source, int type) {
        NetworkOrder.putSixBytes(memory, at, destination);
        NetworkOrder.putSixBytes(memory, at + SOURCE_AT, source);
        NetworkOrder.putShort(memory, at + TYPE_AT, type);
    }
}
