package org.netchannel.traces;

/**
 * A packet: header and payload. The payload is a view of bytes that nobody changes after the packet was made, so a
 * packet can be passed on without copying.
 *
 * @param header the header; {@code header.length()} equals {@code payload.length()}
 * @param payload the bytes that follow the header
 */
public record Packet(PacketHeader header, Bytes payload) {
    /** Checks that header and payload agree on the length. */
    public Packet {
        if (header.length() != payload.length()) {
            throw new IllegalArgumentException(
                    "header says " + header.length() + " payload bytes, there are " + payload.length());
        }
    }
}
