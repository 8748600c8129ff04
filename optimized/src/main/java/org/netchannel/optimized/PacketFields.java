package org.netchannel.optimized;

import java.nio.ByteBuffer;

/** The header of a packet, field by field (protocol.md section 2), on its way in or out. */
public abstract sealed class PacketFields permits IncomingPacket, OutgoingPacket {
    int type;
    int length;
    int sourcePort;
    int destinationPort;
    /** Unsigned 32 bits. */
    long tag;
    long connection;
    long offset;
    long ack;

    PacketFields() {}

    /**
     * The type code.
     *
     * @return unsigned, 0 to 255; not every code is in use
     */
    public final int type() {
        return type;
    }

    /**
     * The length of the payload.
     *
     * @return in bytes, 0 to 65,496
     */
    public final int length() {
        return length;
    }

    /**
     * The connection it is about.
     *
     * @return the id, 0 for packets of channels
     */
    public final long connection() {
        return connection;
    }

    /**
     * Where the payload of DATA stands in its stream; other types use it in other ways.
     *
     * @return the offset, unsigned
     */
    public final long offset() {
        return offset;
    }

    /**
     * The bytes of the payload.
     *
     * @return memory to be read at absolute positions from {@link #payloadAt} on; null when {@link #length} is 0
     */
    public abstract ByteBuffer payload();

    /**
     * Where the payload begins.
     *
     * @return an index into {@link #payload}
     */
    public abstract int payloadAt();

    /**
     * Writes the header: 40 bytes (NC-HDR-1: fields that are not listed for the type are 0).
     *
     * @param buffer gets it; its position does not change
     * @param from where
     */
    public final void writeHeader(ByteBuffer buffer, int from) {
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

    /** The same header. */
    final void copy(PacketFields other) {
        type = other.type;
        length = other.length;
        sourcePort = other.sourcePort;
        destinationPort = other.destinationPort;
        tag = other.tag;
        connection = other.connection;
        offset = other.offset;
        ack = other.ack;
    }
}
