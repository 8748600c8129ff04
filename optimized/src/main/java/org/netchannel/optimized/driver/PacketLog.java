package org.netchannel.optimized.driver;

import java.util.function.Consumer;
import org.netchannel.optimized.PacketFields;
import org.netchannel.traces.ChannelClass;
import org.netchannel.traces.PacketType;

/** What passes a channel as text, a line for each packet. */
public final class PacketLog implements PacketObserver {
    private final String channel;
    private final Consumer<String> lines;

    /**
     * Says what passes a channel.
     *
     * @param number the channel's
     * @param channelClass its class
     * @param lines is told, by the thread that runs the channel
     */
    public PacketLog(int number, ChannelClass channelClass, Consumer<String> lines) {
        this.channel = channelClass + " " + number;
        this.lines = lines;
    }

    @Override
    public void received(PacketFields packet) {
        say("<-", packet);
    }

    @Override
    public void sent(PacketFields packet) {
        say("->", packet);
    }

    private void say(String arrow, PacketFields packet) {
        String type = PacketType.ofCode(packet.type()).map(PacketType::name).orElse("type " + packet.type());
        lines.accept(String.format("%s %s %s connection %016x offset %s length %d", channel, arrow, type,
                packet.connection(), Long.toUnsignedString(packet.offset()), packet.length()));
    }

    @Override
    public void closed(boolean failed) {
        lines.accept(channel + (failed ? " has failed" : " has ended"));
    }
}
