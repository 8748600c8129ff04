package org.netchannel.traces;

import java.util.Optional;

/**
 * The 40-byte header of every packet (protocol.md section 2). Any header that can be read from the wire has a value
 * here, an unknown type and unsigned 64-bit extremes among them; magic and version are the codec's.
 *
 * @param typeCode the type field, 0 to 255
 * @param length payload bytes that follow, 0 to 65,496
 * @param sourcePort virtual port of the sender, 0 to 65,535
 * @param destinationPort virtual port of the receiver, 0 to 65,535
 * @param tag epoch, class or reason, unsigned 32 bits
 * @param connection connection id, unsigned 64 bits, 0 in channel packets
 * @param offset see protocol.md section 2, unsigned 64 bits
 * @param ack {@code rcv_nxt} of the reverse direction, unsigned 64 bits
 */
public record PacketHeader(
        int typeCode,
        int length,
        int sourcePort,
        int destinationPort,
        long tag,
        long connection,
        long offset,
        long ack) {

    /** Bytes of a header on the wire. */
    public static final int BYTES = 40;

    /** The largest payload any packet may have, in bytes. */
    public static final int MAX_PAYLOAD = 65_496;

    /** Checks that every field fits its width on the wire. */
    public PacketHeader {
        require("typeCode", typeCode, 255);
        require("length", length, Integer.MAX_VALUE);
        require("sourcePort", sourcePort, 65_535);
        require("destinationPort", destinationPort, 65_535);
        require("tag", tag, 0xFFFF_FFFFL);
    }

    /**
     * The packet's type.
     *
     * @return the type, or empty when the code is not in use (NC-HDR-3)
     */
    public Optional<PacketType> type() {
        return PacketType.ofCode(typeCode);
    }

    private static void require(String field, long value, long max) {
        if (value < 0 || value > max) {
            throw new IllegalArgumentException(field + " is " + value + ", legal is 0 to " + max);
        }
    }
}
