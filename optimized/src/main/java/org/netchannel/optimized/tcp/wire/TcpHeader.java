package org.netchannel.optimized.tcp.wire;

import java.lang.foreign.MemorySegment;

/**
 * The header of a TCP segment (RFC 9293, section 3.1).
 *
 * <pre>
 *   0        2             4          8                 12          13      14       16         18       20
 *   +--------+-------------+----------+-----------------+-----------+-------+--------+----------+--------+---------+
 *   | source | destination | sequence | acknowledgement | offset    | flags | window | checksum | urgent | options |
 *   | port   | port        | number   | number          | (4 bits)  |       |        |          |        |         |
 *   +--------+-------------+----------+-----------------+-----------+-------+--------+----------+--------+---------+
 * </pre>
 */
public final class TcpHeader {
    /** Its length without options. */
    public static final int BYTES = 20;
    /** The most that options take. */
    public static final int MAX_OPTION_BYTES = 40;
    /** No more data from the sender. */
    public static final int FIN = 0x01;
    /** Synchronize sequence numbers. */
    public static final int SYN = 0x02;
    /** The connection is over. */
    public static final int RST = 0x04;
    /** The receiver should not wait for more data before it hands these up. */
    public static final int PSH = 0x08;
    /** The acknowledgement number means something. */
    public static final int ACK = 0x10;
    /** A congestion mark was seen (RFC 3168). */
    public static final int ECE = 0x40;
    /** The congestion window was reduced (RFC 3168). */
    public static final int CWR = 0x80;

    private static final int DESTINATION_PORT_AT = 2;
    private static final int SEQUENCE_AT = 4;
    private static final int ACKNOWLEDGEMENT_AT = 8;
    private static final int OFFSET_AT = 12;
    private static final int FLAGS_AT = 13;
    private static final int WINDOW_AT = 14;
    private static final int CHECKSUM_AT = 16;

    private TcpHeader() {}

    /**
     * Whether a whole header is there.
     *
     * @param memory holds the segment
     * @param at its byte offset
     * @param length how many bytes the segment has
     * @return only when true the other methods may be called
     */
    public static boolean isReadable(MemorySegment memory, long at, int length) {
        return length >= BYTES && bytes(memory, at) >= BYTES && bytes(memory, at) <= length;
    }

    /**
     * Length of the header with options.
     *
     * @param memory holds the segment
     * @param at its byte offset
     * @return 0 to 60, at least 20 when the header is readable
     */
    public static int bytes(MemorySegment memory, long at) {
        return (NetworkOrder.getByte(memory, at + OFFSET_AT) >>> 4) * 4;
    }

    /**
     * The sender's port.
     *
     * @param memory holds the segment
     * @param at its byte offset
     * @return 0 to 65,535
     */
    public static int sourcePort(MemorySegment memory, long at) {
        return NetworkOrder.getShort(memory, at);
    }

    /**
     * The receiver's port.
     *
     * @param memory holds the segment
     * @param at its byte offset
     * @return 0 to 65,535
     */
    public static int destinationPort(MemorySegment memory, long at) {
        return NetworkOrder.getShort(memory, at + DESTINATION_PORT_AT);
    }

    /**
     * SEG.SEQ.
     *
     * @param memory holds the segment
     * @param at its byte offset
     * @return 32 bits
     */
    public static int sequence(MemorySegment memory, long at) {
        return NetworkOrder.getInt(memory, at + SEQUENCE_AT);
    }

    /**
     * SEG.ACK.
     *
     * @param memory holds the segment
     * @param at its byte offset
     * @return 32 bits
     */
    public static int acknowledgement(MemorySegment memory, long at) {
        return NetworkOrder.getInt(memory, at + ACKNOWLEDGEMENT_AT);
    }

    /**
     * The control bits.
     *
     * @param memory holds the segment
     * @param at its byte offset
     * @return 0 to 255
     */
    public static int flags(MemorySegment memory, long at) {
        return NetworkOrder.getByte(memory, at + FLAGS_AT);
    }

    /**
     * SEG.WND as it stands on the wire, not scaled.
     *
     * @param memory holds the segment
     * @param at its byte offset
     * @return 0 to 65,535
     */
    public static int window(MemorySegment memory, long at) {
        return NetworkOrder.getShort(memory, at + WINDOW_AT);
    }

    /**
     * Writes the fixed part; the checksum is zero until {@link #putChecksum}.
     *
     * @param memory takes it
     * @param at byte offset
     * @param sourcePort of this host
     * @param destinationPort of the peer
     * @param sequence SEG.SEQ
     * @param acknowledgement SEG.ACK, 0 when the flag is not set
     * @param headerBytes length with options, a multiple of 4
     * @param flags the control bits
     * @param window SEG.WND as it stands on the wire
     */
    public static void write(MemorySegment memory, long at, int sourcePort, int destinationPort, int sequence,
            int acknowledgement, int headerBytes, int flags, int window) {
        NetworkOrder.putShort(memory, at, sourcePort);
        NetworkOrder.putShort(memory, at + DESTINATION_PORT_AT, destinationPort);
        NetworkOrder.putInt(memory, at + SEQUENCE_AT, sequence);
        NetworkOrder.putInt(memory, at + ACKNOWLEDGEMENT_AT, acknowledgement);
        NetworkOrder.putByte(memory, at + OFFSET_AT, headerBytes << 2);
        NetworkOrder.putByte(memory, at + FLAGS_AT, flags);
        NetworkOrder.putShort(memory, at + WINDOW_AT, window);
        NetworkOrder.putInt(memory, at + CHECKSUM_AT, 0);
    }

    /**
     * Writes the checksum.
     *
     * @param memory holds the header
     * @param at byte offset of the header
     * @param checksum 0 to 65,535
     */
    public static void putChecksum(MemorySegment memory, long at, int checksum) {
        NetworkOrder.putShort(memory, at + CHECKSUM_AT, checksum);
    }
}
