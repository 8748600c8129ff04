package org.netchannel.optimized;

import java.nio.ByteBuffer;
import org.netchannel.traces.PacketHeader;

/**
 * The packet header on the wire (protocol.md section 2), big-endian.
 *
 * <pre>
 *   0      2     3      4        8              10                  12    16              24       32    40
 *   +------+-----+------+--------+--------------+-------------------+-----+---------------+--------+-----+
 *   | magic|vers.| type | length | source port  | destination port  | tag | connection id | offset | ack |
 *   +------+-----+------+--------+--------------+-------------------+-----+---------------+--------+-----+
 * </pre>
 *
 * Type codes are constants here so that they can stand in a switch; a test holds them to
 * {@link org.netchannel.traces.PacketType}.
 */
final class Wire {
    static final int HEADER_BYTES = PacketHeader.BYTES;
    static final int MAX_PAYLOAD = PacketHeader.MAX_PAYLOAD;
    static final int MAGIC = 0x4E43;
    static final int VERSION = 1;

    static final int MAGIC_AT = 0;
    static final int VERSION_AT = 2;
    static final int TYPE_AT = 3;
    static final int LENGTH_AT = 4;
    static final int SOURCE_PORT_AT = 8;
    static final int DESTINATION_PORT_AT = 10;
    static final int TAG_AT = 12;
    static final int CONNECTION_AT = 16;
    static final int OFFSET_AT = 24;
    static final int ACK_AT = 32;

    static final int HELLO = 1;
    static final int NCSYN = 2;
    static final int NCSYN_ACK = 3;
    static final int NCREFUSE = 4;
    static final int DATA = 5;
    static final int ACK = 6;
    static final int STOP = 7;
    static final int STOP_ACK = 8;
    static final int RESUME = 9;
    static final int FIN = 10;
    static final int RST = 11;
    static final int CHANNEL_CLOSE = 12;

    /** HELLO's payload: host incarnation, channel number, class, largest payload, zero. */
    static final int HELLO_BYTES = 24;
    static final int HELLO_CHANNEL_AT = 8;
    static final int HELLO_CLASS_AT = 12;
    static final int HELLO_LARGEST_PAYLOAD_AT = 16;

    private Wire() {}

    /** Whether a header begins here whose length any packet may have (NC-HDR-2). */
    static boolean isHeader(ByteBuffer buffer, int at) {
        int length = buffer.getInt(at + LENGTH_AT);
        return buffer.getShort(at + MAGIC_AT) == MAGIC
                && buffer.get(at + VERSION_AT) == VERSION
                && length >= 0 && length <= MAX_PAYLOAD;
    }
}
