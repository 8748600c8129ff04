package org.netchannel.optimized;

import java.nio.ByteBuffer;

/** A packet in a transmit queue: header fields, and where its payload lies. Pooled, and linked by its queue. */
final class OutgoingPacket {
    int type;
    int length;
    int sourcePort;
    int destinationPort;
    long tag;
    long connection;
    long offset;
    long ack;
    /** The payload of DATA, with a reference of the packet's own; null for every other type. */
    Segment segment;
    int at;
    OutgoingPacket next;

    /** Writes the header (NC-HDR-1: fields that are not listed for the type are 0). */
    void writeHeader(ByteBuffer buffer, int from) {
        buffer.putShort(from + Wire.MAGIC_AT, (short) Wire.MAGIC);
        buffer.put(from + Wire.VERSION_AT, (byte) Wire.VERSION);
        buffer.put(from + Wire.TYPE_AT, (byte) type);
        buffer.putInt(from + Wire.LENGTH_AT, length);
        buffer.putShort(from + Wire.SOURCE_PORT_AT, (short) sourcePort);
        buffer.putShort(from + Wire.DESTINATION_PORT_AT, (short) destinationPort);
        buffer.putInt(from + Wire.TAG_AT, (int) tag);
        buffer.putLong(from + Wire.CONNECTION_AT, connection);
        buffer.putLong(from + Wire.OFFSET_AT, offset);
        buffer.putLong(from + Wire.ACK_AT, ack);
    }
}
