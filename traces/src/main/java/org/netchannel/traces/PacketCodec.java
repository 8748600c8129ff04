package org.netchannel.traces;

import java.nio.ByteBuffer;
import org.netchannel.traces.Decoded.Good;
import org.netchannel.traces.Decoded.Malformed;

/**
 * Packets as bytes and back (protocol.md section 2). Big-endian. Decoding checks what holds for every receiver: magic,
 * version, and a length that no packet may exceed and that matches the bytes. What depends on the type or on the
 * receiver is for the receiver to check: a payload on a type that has none, the largest payload it announced (HELLO is
 * exempt from it), an unknown type. Any thread may call.
 *
 * <pre>
 *  0               1               2               3
 * +---------------+---------------+---------------+---------------+
 * |         magic 0x4E43          |   version 1   |     type      |  0
 * +---------------+---------------+---------------+---------------+
 * |                            length                             |  4
 * +---------------+---------------+---------------+---------------+
 * |          source port          |       destination port        |  8
 * +---------------+---------------+---------------+---------------+
 * |                              tag                              | 12
 * +---------------+---------------+---------------+---------------+
 * |                         connection id                         | 16
 * |                                                               |
 * +---------------+---------------+---------------+---------------+
 * |                            offset                             | 24
 * |                                                               |
 * +---------------+---------------+---------------+---------------+
 * |                              ack                              | 32
 * |                                                               |
 * +---------------+---------------+---------------+---------------+
 * |                 length bytes of payload ...                   | 40
 * </pre>
 */
public final class PacketCodec {
    /** The first two bytes of every packet. */
    public static final int MAGIC = 0x4E43;

    /** The protocol's version, in the third byte of every packet. */
    public static final int VERSION = 1;

    private static final int MAGIC_AT = 0;
    private static final int VERSION_AT = 2;
    private static final int TYPE_AT = 3;
    private static final int LENGTH_AT = 4;
    private static final int SOURCE_PORT_AT = 8;
    private static final int DESTINATION_PORT_AT = 10;
    private static final int TAG_AT = 12;
    private static final int CONNECTION_AT = 16;
    private static final int OFFSET_AT = 24;
    private static final int ACK_AT = 32;

    private PacketCodec() {}

    /**
     * Writes a packet.
     *
     * @param packet the packet
     * @return header and payload, in an array of their own
     * @throws IllegalArgumentException when the payload is longer than any packet's may be
     */
    public static Bytes encode(Packet packet) {
        PacketHeader header = packet.header();
        if (header.length() > PacketHeader.MAX_PAYLOAD) {
            throw new IllegalArgumentException(lengthProblem(header.length()));
        }
        byte[] bytes = new byte[PacketHeader.BYTES + header.length()];
        ByteBuffer buffer = ByteBuffer.wrap(bytes);
        buffer.putShort(MAGIC_AT, (short) MAGIC);
        buffer.put(VERSION_AT, (byte) VERSION);
        buffer.put(TYPE_AT, (byte) header.typeCode());
        buffer.putInt(LENGTH_AT, header.length());
        buffer.putShort(SOURCE_PORT_AT, (short) header.sourcePort());
        buffer.putShort(DESTINATION_PORT_AT, (short) header.destinationPort());
        buffer.putInt(TAG_AT, (int) header.tag());
        buffer.putLong(CONNECTION_AT, header.connection());
        buffer.putLong(OFFSET_AT, header.offset());
        buffer.putLong(ACK_AT, header.ack());
        Bytes payload = packet.payload();
        buffer.put(PacketHeader.BYTES, payload.array(), payload.from(), payload.length());
        return Bytes.of(bytes);
    }

    /**
     * Reads one whole packet: header and payload, and nothing after them.
     *
     * @param bytes as they came, possibly garbage
     * @return the packet, its payload a view of {@code bytes}, or what is wrong (NC-HDR-2)
     */
    public static Decoded<Packet> decode(Bytes bytes) {
        return switch (decodeHeader(bytes)) {
            case Malformed<PacketHeader>(int byteIndex, String reason) -> new Malformed<>(byteIndex, reason);
            case Good<PacketHeader>(PacketHeader header) -> withPayload(header, bytes);
        };
    }

    /**
     * Reads a header alone, for a reader of a byte stream. {@code length()} of the result says how many payload bytes
     * follow.
     *
     * @param bytes at least a header's 40 bytes, possibly garbage; what follows them is not looked at
     * @return the header, or what is wrong (NC-HDR-2)
     */
    public static Decoded<PacketHeader> decodeHeader(Bytes bytes) {
        if (bytes.length() < PacketHeader.BYTES) {
            return new Malformed<>(bytes.length(),
                    "packet ends after " + bytes.length() + " bytes, a header has " + PacketHeader.BYTES);
        }
        ByteBuffer buffer = ByteBuffer.wrap(bytes.array(), bytes.from(), PacketHeader.BYTES).slice();
        int magic = Short.toUnsignedInt(buffer.getShort(MAGIC_AT));
        if (magic != MAGIC) {
            return new Malformed<>(MAGIC_AT, String.format("magic is 0x%04X, legal is 0x%04X", magic, MAGIC));
        }
        int version = Byte.toUnsignedInt(buffer.get(VERSION_AT));
        if (version != VERSION) {
            return new Malformed<>(VERSION_AT, "version is " + version + ", legal is " + VERSION);
        }
        long length = Integer.toUnsignedLong(buffer.getInt(LENGTH_AT));
        if (length > PacketHeader.MAX_PAYLOAD) {
            return new Malformed<>(LENGTH_AT, lengthProblem(length));
        }
        return new Good<>(new PacketHeader(
                Byte.toUnsignedInt(buffer.get(TYPE_AT)),
                (int) length,
                Short.toUnsignedInt(buffer.getShort(SOURCE_PORT_AT)),
                Short.toUnsignedInt(buffer.getShort(DESTINATION_PORT_AT)),
                Integer.toUnsignedLong(buffer.getInt(TAG_AT)),
                buffer.getLong(CONNECTION_AT),
                buffer.getLong(OFFSET_AT),
                buffer.getLong(ACK_AT)));
    }

    private static Decoded<Packet> withPayload(PacketHeader header, Bytes bytes) {
        int there = bytes.length() - PacketHeader.BYTES;
        if (there != header.length()) {
            int wrongFrom = Math.min(bytes.length(), PacketHeader.BYTES + header.length());
            return new Malformed<>(wrongFrom,
                    "length is " + header.length() + ", but " + there + " payload bytes are there");
        }
        return new Good<>(new Packet(header, bytes.slice(PacketHeader.BYTES, there)));
    }

    private static String lengthProblem(long length) {
        return "length is " + length + ", legal is 0 to " + PacketHeader.MAX_PAYLOAD;
    }
}
