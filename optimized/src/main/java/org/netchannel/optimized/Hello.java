package org.netchannel.optimized;

import java.nio.ByteBuffer;
import java.util.Optional;
import org.netchannel.traces.ChannelClass;

/**
 * Which channel a transport is that somebody has dialled: what the HELLO says that has to come first (NC-CH-2).
 *
 * @param number the channel's
 * @param channelClass the channel's
 */
record Hello(int number, ChannelClass channelClass) {
    /** Its header and its payload. */
    static final int PACKET_BYTES = Wire.HEADER_BYTES + Wire.HELLO_BYTES;

    /** Reads the first packet of a transport, of {@link #PACKET_BYTES}; null when it is no HELLO. */
    static Hello of(ByteBuffer packet) {
        if (!Wire.isHeader(packet, 0) || packet.get(Wire.TYPE_AT) != Wire.HELLO
                || packet.getInt(Wire.LENGTH_AT) != Wire.HELLO_BYTES) {
            return null;
        }
        int code = packet.getInt(Wire.HEADER_BYTES + Wire.HELLO_CLASS_AT);
        Optional<ChannelClass> channelClass = ChannelClass.ofCode(Integer.toUnsignedLong(code));
        return channelClass.map(it -> new Hello(packet.getInt(Wire.HEADER_BYTES + Wire.HELLO_CHANNEL_AT), it))
                .orElse(null);
    }
}
