package org.netchannel.optimized;

import java.nio.ByteBuffer;

/**
 * The packet that is being delivered: header fields, and where its payload lies. One of them serves for all packets of
 * an agent, one after the other.
 */
public final class IncomingPacket extends PacketFields {
    /** The payload, when there is one. */
    ByteBuffer payload;
    int payloadAt;
    /** The payload of DATA: whoever keeps it retains it. */
    Segment segment;
    int segmentAt;

    /** A packet that is filled later. */
    public IncomingPacket() {}

    @Override
    public ByteBuffer payload() {
        return payload;
    }

    @Override
    public int payloadAt() {
        return payloadAt;
    }

    /**
     * The memory that holds the payload.
     *
     * @return whoever keeps it after {@link ChannelDriver#release} retains it; null when {@link #length} is 0
     */
    public Segment segment() {
        return segment;
    }

    /**
     * Takes the fields of a header, and no payload yet.
     *
     * @param buffer holds at least 40 bytes from there on; its position does not matter
     * @param at index of the first byte
     * @return whether it is one that a packet may have (NC-HDR-2); otherwise nothing has changed
     */
    public boolean readHeader(ByteBuffer buffer, int at) {
        if (!Wire.isHeader(buffer, at)) {
            return false;
        }
        read(buffer, at);
        return true;
    }

    /**
     * Takes all that another packet is, as long as that is not released.
     *
     * @param other the other one
     */
    public void readFrom(IncomingPacket other) {
        copy(other);
        payload = other.payload;
        payloadAt = other.payloadAt;
        segment = other.segment;
        segmentAt = other.segmentAt;
    }

    /**
     * Says where the payload lies. The packet keeps no reference of its own.
     *
     * @param memory stays as it is until {@link ChannelDriver#release}; null when {@link #length} is 0
     * @param from index of the first byte
     */
    public void payload(Segment memory, int from) {
        segment = memory;
        segmentAt = from;
        payload = memory == null ? null : memory.bytes();
        payloadAt = from;
    }

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
        payload((Segment) null, 0);
    }

    long end() {
        return offset + length;
    }

    boolean isKnownType() {
        return type >= Wire.HELLO && type <= Wire.CHANNEL_CLOSE;
    }
}
