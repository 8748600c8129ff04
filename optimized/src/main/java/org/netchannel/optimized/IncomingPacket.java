package org.netchannel.optimized;

import java.nio.ByteBuffer;

/**
 * The packet that is being delivered: header fields, and where its payload lies. One of them serves for all packets of
 * an agent, one after the other.
 */
final class IncomingPacket {
    int type;
    int length;
    int sourcePort;
    int destinationPort;
    /** Unsigned 32 bits. */
    long tag;
    long connection;
    long offset;
    long ack;
    /** The payload of anything but DATA, when there is one. */
    ByteBuffer payload;
    int payloadAt;
    /** The payload of DATA: whoever keeps it retains it. */
    Segment segment;
    int segmentAt;

    /**
     * Takes the fields of a header that was found to be one.
     *
     * @param buffer holds it
     * @param at index of its first byte
     */
    void read(ByteBuffer buffer, int at) {
        type = Byte.toUnsignedInt(buffer.get(at + Wire.TYPE_AT));
        length = buffer.getInt(at + Wire.LENGTH_AT);
        sourcePort = Short.toUnsignedInt(buffer.getShort(at + Wire.SOURCE_PORT_AT));
        destinationPort = Short.toUnsignedInt(buffer.getShort(at + Wire.DESTINATION_PORT_AT));
        tag = Integer.toUnsignedLong(buffer.getInt(at + Wire.TAG_AT));
        connection = buffer.getLong(at + Wire.CONNECTION_AT);
        offset = buffer.getLong(at + Wire.OFFSET_AT);
        ack = buffer.getLong(at + Wire.ACK_AT);
        payload = null;
        segment = null;
    }

    long end() {
        return offset + length;
    }

    boolean isKnownType() {
        return type >= Wire.HELLO && type <= Wire.CHANNEL_CLOSE;
    }
}
