package org.netchannel.conformance.capture;

import java.nio.ByteBuffer;
import java.util.Optional;

/**
 * The 16-byte header of the public kernel prototype of the paper. Big-endian: ports 2 + 2, sequence 4, grant 4, data
 * offset 1, type 1, payload length 2. It names no connection but by its ports, and the end of a stream has no offset.
 *
 * @param sourcePort virtual port of the sender
 * @param destinationPort virtual port of the receiver
 * @param sequence of the first byte of DATA, unsigned 32 bits
 * @param grant up to where the peer may send, unsigned 32 bits
 * @param type what it is
 * @param length payload bytes that follow
 */
record PrototypeHeader(int sourcePort, int destinationPort, long sequence, long grant, Type type, int length) {
    /** Bytes of a header on the wire. */
    static final int BYTES = 16;

    static final int DATA_OFFSET = 0x40;
    static final int DATA_OFFSET_AT = 12;
    private static final int TYPE_AT = 13;
    private static final int LENGTH_AT = 14;

    /** The types that it sends; it has no STOP, no RESUME and no reset. */
    enum Type {
        /** Bytes of a stream. */
        DATA(20),
        /** A grant: how far the peer may send. */
        ACK(23),
        /** Asks for a connection. */
        SYNC(24),
        /** Accepts one. */
        SYNC_ACK(25),
        /** Ends a connection. */
        FIN(29);

        private final int code;

        Type(int code) {
            this.code = code;
        }

        static Optional<Type> ofCode(int code) {
            for (Type type : values()) {
                if (type.code == code) {
                    return Optional.of(type);
                }
            }
            return Optional.empty();
        }

        int code() {
            return code;
        }
    }

    /** Reads a header from the first bytes of an array, or nothing when it is none. */
    static Optional<PrototypeHeader> decode(byte[] bytes) {
        ByteBuffer buffer = ByteBuffer.wrap(bytes);
        Optional<Type> type = Type.ofCode(buffer.get(TYPE_AT) & 0xFF);
        int length = Short.toUnsignedInt(buffer.getShort(LENGTH_AT));
        boolean hasPayload = type.isPresent() && type.get() == Type.DATA;
        if (buffer.get(DATA_OFFSET_AT) != DATA_OFFSET || type.isEmpty() || length > 0 != hasPayload) {
            return Optional.empty();
        }
        return Optional.of(new PrototypeHeader(
                Short.toUnsignedInt(buffer.getShort(0)),
                Short.toUnsignedInt(buffer.getShort(2)),
                Integer.toUnsignedLong(buffer.getInt(4)),
                Integer.toUnsignedLong(buffer.getInt(8)),
                type.get(),
                length));
    }
}
