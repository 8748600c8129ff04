package org.netchannel.traces;

import java.nio.ByteBuffer;
import org.netchannel.traces.Decoded.Good;
import org.netchannel.traces.Decoded.Malformed;

/**
 * The payload of a HELLO as bytes and back (protocol.md section 2): host incarnation, channel number, channel class,
 * largest payload, and four bytes that are sent as 0 and ignored on receipt (NC-HDR-1). Big-endian. Any thread may
 * call.
 */
public final class HelloCodec {
    private static final int INCARNATION_AT = 0;
    private static final int CHANNEL_AT = 8;
    private static final int CLASS_AT = 12;
    private static final int LARGEST_PAYLOAD_AT = 16;

    private HelloCodec() {}

    /**
     * Writes a HELLO's payload.
     *
     * @param hello what it says
     * @return 24 bytes in an array of their own
     */
    public static Bytes encode(Hello hello) {
        byte[] bytes = new byte[Hello.BYTES];
        ByteBuffer buffer = ByteBuffer.wrap(bytes);
        buffer.putLong(INCARNATION_AT, hello.incarnation());
        buffer.putInt(CHANNEL_AT, (int) hello.channel());
        buffer.putInt(CLASS_AT, (int) hello.classCode());
        buffer.putInt(LARGEST_PAYLOAD_AT, (int) hello.largestPayload());
        return Bytes.of(bytes);
    }

    /**
     * Reads a HELLO's payload. A class that is not in use is well-formed: it is for the receiver to judge.
     *
     * @param payload the payload, possibly garbage
     * @return what it says, or what is wrong; the index counts from the payload's first byte
     */
    public static Decoded<Hello> decode(Bytes payload) {
        if (payload.length() != Hello.BYTES) {
            return new Malformed<>(Math.min(payload.length(), Hello.BYTES),
                    "HELLO has " + payload.length() + " payload bytes, legal is " + Hello.BYTES);
        }
        ByteBuffer buffer = ByteBuffer.wrap(payload.array(), payload.from(), Hello.BYTES).slice();
        return new Good<>(new Hello(
                buffer.getLong(INCARNATION_AT),
                Integer.toUnsignedLong(buffer.getInt(CHANNEL_AT)),
                Integer.toUnsignedLong(buffer.getInt(CLASS_AT)),
                Integer.toUnsignedLong(buffer.getInt(LARGEST_PAYLOAD_AT))));
    }
}
