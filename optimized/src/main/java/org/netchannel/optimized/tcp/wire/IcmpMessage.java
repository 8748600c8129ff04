package org.netchannel.optimized.tcp.wire;

import java.lang.foreign.MemorySegment;

/**
 * An ICMP message (RFC 792).
 *
 * <pre>
 *   0      1      2          4                        8
 *   +------+------+----------+------------------------+------
 *   | type | code | checksum | identifier, sequence   | data
 *   +------+------+----------+------------------------+------
 * </pre>
 */
public final class IcmpMessage {
    /** The part before the data. */
    public static final int HEADER_BYTES = 8;
    /** The type of an answer to an echo request. */
    public static final int ECHO_REPLY = 0;
    /** The type of an echo request. */
    public static final int ECHO = 8;

    private static final int CHECKSUM_AT = 2;
    private static final int REST_AT = 4;

    private IcmpMessage() {}

    /**
     * Whether it is long enough and as it was sent.
     *
     * @param memory holds it
     * @param at its byte offset
     * @param length how many bytes there are
     * @return false when it has to be dropped
     */
    public static boolean isIntact(MemorySegment memory, long at, int length) {
        return length >= HEADER_BYTES && InternetChecksum.isIntact(InternetChecksum.sum(memory, at, length));
    }

    /**
     * What it says.
     *
     * @param memory holds it
     * @param at its byte offset
     * @return 0 to 255
     */
    public static int type(MemorySegment memory, long at) {
        return NetworkOrder.getByte(memory, at);
    }

    /**
     * Identifier and sequence number of an echo.
     *
     * @param memory holds the message
     * @param at its byte offset
     * @return 32 bits
     */
    public static int rest(MemorySegment memory, long at) {
        return NetworkOrder.getInt(memory, at + REST_AT);
    }

    /**
     * Writes the header of an answer to an echo; the data are those of the request.
     *
     * @param memory takes the header
     * @param at byte offset
     * @param rest identifier and sequence number of the request
     * @param data holds the data
     * @param dataAt their byte offset
     * @param dataBytes how many there are
     */
    public static void writeEchoReply(MemorySegment memory, long at, int rest, MemorySegment data, long dataAt,
            int dataBytes) {
        NetworkOrder.putInt(memory, at, ECHO_REPLY);
        NetworkOrder.putInt(memory, at + REST_AT, rest);
        NetworkOrder.putShort(memory, at + CHECKSUM_AT, InternetChecksum.checksum(
                InternetChecksum.sum(memory, at, HEADER_BYTES) + InternetChecksum.sum(data, dataAt, dataBytes)));
    }
}
