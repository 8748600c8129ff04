package org.netchannel.conformance.drill;

import java.util.ArrayList;
import java.util.List;
import org.netchannel.conformance.run.ForwardingEndpoint;
import org.netchannel.traces.Bytes;
import org.netchannel.traces.ChannelClass;
import org.netchannel.traces.Decoded.Good;
import org.netchannel.traces.Outcome;
import org.netchannel.traces.Packet;
import org.netchannel.traces.PacketCodec;
import org.netchannel.traces.PacketType;

/** As NC-CH-3 once said: ignores NCSYN on any control channel but the newest whose HELLO has arrived. */
final class FirstTextHost extends ForwardingEndpoint {
    private final List<Integer> controls = new ArrayList<>();
    private final List<Integer> greeted = new ArrayList<>();
    private int ignored;

    int ignored() {
        return ignored;
    }

    @Override
    public Outcome<Outcome.Done> channelUp(int channel, ChannelClass channelClass, boolean dialer) {
        if (channelClass == ChannelClass.CONTROL) {
            controls.add(channel);
        }
        return super.channelUp(channel, channelClass, dialer);
    }

    @Override
    public Outcome<Outcome.Done> channelDown(int channel) {
        controls.remove((Integer) channel);
        return super.channelDown(channel);
    }

    @Override
    public Outcome<Delivery> deliver(int channel, Bytes bytes) {
        if (PacketCodec.decode(bytes) instanceof Good<Packet>(Packet packet)) {
            if (packet.header().typeCode() == PacketType.HELLO.code()) {
                greeted.add(channel);
            } else if (packet.header().typeCode() == PacketType.NCSYN.code() && channel != newestGreeted()) {
                ignored++;
                return Outcome.ok(new Delivery(true, false));
            }
        }
        return super.deliver(channel, bytes);
    }

    private int newestGreeted() {
        return controls.reversed().stream().filter(greeted::contains).findFirst().orElse(0);
    }
}
