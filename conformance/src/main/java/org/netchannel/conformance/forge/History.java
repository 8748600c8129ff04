package org.netchannel.conformance.forge;

import org.netchannel.conformance.link.PacketInFlight;
import org.netchannel.traces.Bytes;
import org.netchannel.traces.ChannelClass;
import org.netchannel.traces.PacketType;

/** The last packets that arrived at a host, to be delivered a second time, and its peer's last HELLO. */
final class History {
    private static final int SIZE = 32;

    private final Bytes[] packets = new Bytes[SIZE];
    private final ChannelClass[] classes = new ChannelClass[SIZE];
    private int count;
    private Bytes hello;

    void arrived(ChannelClass channelClass, PacketInFlight packet) {
        if (packet.is(PacketType.HELLO)) {
            hello = packet.bytes();
        } else if (!packet.is(PacketType.CHANNEL_CLOSE)) {
            packets[count % SIZE] = packet.bytes();
            classes[count % SIZE] = channelClass;
            count++;
        }
    }

    boolean isEmpty() {
        return count == 0;
    }

    Bytes packet(int pick) {
        return packets[pick % Math.min(count, SIZE)];
    }

    ChannelClass channelClass(int pick) {
        return classes[pick % Math.min(count, SIZE)];
    }

    /** The peer's last HELLO, or null. */
    Bytes hello() {
        return hello;
    }
}
