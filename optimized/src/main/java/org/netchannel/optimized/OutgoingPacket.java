package org.netchannel.optimized;

import java.nio.ByteBuffer;

/** A packet to be transmitted: header fields, and where its payload lies. Pooled, and linked by its queue. */
public final class OutgoingPacket extends PacketFields {
    /** The payload of DATA and HELLO, with a reference of the packet's own; null for every other type. */
    Segment segment;
    int at;
    OutgoingPacket next;

    OutgoingPacket() {}

    @Override
    public ByteBuffer payload() {
        return segment == null ? null : segment.bytes();
    }

    @Override
    public int payloadAt() {
        return at;
    }

    /**
     * Hands over the packet's reference to its payload: for {@link ChannelDriver#enqueue}, once.
     *
     * @return to be released when the payload was transmitted; null when there is none
     */
    public Segment takePayload() {
        Segment taken = segment;
        segment = null;
        return taken;
    }
}
