package org.netchannel.traces;

import java.util.Optional;

/** A packet as a trace shows it: without its payload. */
public sealed interface TracePacket {
    /**
     * A packet with a header that can be read.
     *
     * @param header its fields
     * @param hello the payload where the packet is a well-formed HELLO; the only payload a trace needs
     * @param intact false when the payload is DATA that differs from what the sending application gave
     */
    record Readable(PacketHeader header, Optional<Hello> hello, boolean intact) implements TracePacket {}

    /**
     * Bytes that are no packet (NC-HDR-2): bad magic, bad version, or a length that does not match.
     *
     * @param why what is wrong with them
     */
    record Unreadable(String why) implements TracePacket {}
}
