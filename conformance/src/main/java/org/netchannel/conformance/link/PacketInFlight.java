package org.netchannel.conformance.link;

import org.netchannel.traces.Bytes;
import org.netchannel.traces.Decoded;
import org.netchannel.traces.Packet;
import org.netchannel.traces.PacketCodec;
import org.netchannel.traces.PacketHeader;
import org.netchannel.traces.PacketType;

/**
 * A packet on its way between the hosts.
 *
 * @param bytes the whole packet
 * @param header its header, decoded once; null only where the driver forged bytes that are no packet
 * @param sentAfterA the earliest time on host A's clock at which it can have been sent
 * @param sentAfterB the same on host B's clock
 */
public record PacketInFlight(Bytes bytes, PacketHeader header, long sentAfterA, long sentAfterB) {
    /**
     * Reads bytes that may be a packet.
     *
     * @param bytes the whole packet
     * @return the packet; its header is null when the bytes are none
     */
    static PacketInFlight of(Bytes bytes, long sentAfterA, long sentAfterB) {
        PacketHeader header = switch (PacketCodec.decode(bytes)) {
            case Decoded.Good<Packet>(Packet packet) -> packet.header();
            case Decoded.Malformed<Packet> malformed -> null;
        };
        return new PacketInFlight(bytes, header, sentAfterA, sentAfterB);
    }

    /**
     * Asks for the packet's type.
     *
     * @param type a type
     * @return whether the packet can be read and is of that type
     */
    public boolean is(PacketType type) {
        return header != null && header.typeCode() == type.code();
    }

    /**
     * The payload.
     *
     * @return the bytes after the header
     */
    public Bytes payload() {
        return bytes.slice(PacketHeader.BYTES, bytes.length() - PacketHeader.BYTES);
    }

    long sentAfter(int host) {
        return host == 0 ? sentAfterA : sentAfterB;
    }
}
