package org.netchannel.optimized;

import java.nio.ByteBuffer;

/**
 * The packet that is being delivered: header fields, and where its payload lies. One of them serves for all packets of
 * an agent, one after the other.
 */
public final class IncomingPacket extends PacketFields {
    private final Payload parts = new Payload();
    /** The payload in one stretch; null where it lies in several and nobody has asked for that. */
    private ByteBuffer whole;
    private int wholeAt;

    /** A packet that is filled later. */
    public IncomingPacket() {}

    /** Allocates where the payload lies in several stretches. */
    @Override
    public ByteBuffer payload() {
        if (whole == null && parts.parts() > 1) {
            whole = parts.copy();
            wholeAt = 0;
        }
        return whole;
    }

    @Override
    public int payloadAt() {
        return payload() == null ? 0 : wholeAt;
    }

    /** The memory that holds the payload of DATA: whoever keeps it retains it. */
    Payload parts() {
        return parts;
    }

    /** One more who keeps the payload, after {@link ChannelDriver#release}, too. */
    public void retainPayload() {
        parts.retain();
    }

    /** One less who keeps the payload; the packet has none any more. */
    public void releasePayload() {
        parts.release();
        whole = null;
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
        parts.readFrom(other.parts);
        whole = other.whole;
        wholeAt = other.wholeAt;
    }

    /**
     * Says where the payload lies, when the header was read. The packet keeps no reference of its own.
     *
     * @param memory stays as it is until {@link ChannelDriver#release}; null when {@link #length} is 0
     * @param from index of the first byte
     */
    public void payload(Segment memory, int from) {
        parts.clear();
        whole = null;
        if (memory != null) {
            parts.add(memory, from, length);
            payload(memory.bytes(), from);
        }
    }

    /**
     * Says where the payload lies, which may be in several stretches. The packet keeps no reference of its own.
     *
     * @param pieces where they are and who has them is copied; none when {@link #length} is 0
     */
    void payload(Payload pieces) {
        parts.readFrom(pieces);
        whole = null;
        if (pieces.parts() == 1) {
            payload(pieces.segment(0).bytes(), pieces.start(0));
        }
    }

    /** The payload of a packet that nobody keeps lies there. */
    void payload(ByteBuffer bytes, int from) {
        whole = bytes;
        wholeAt = from;
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
