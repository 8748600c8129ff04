package org.netchannel.reference;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.netchannel.reference.Input.ChannelUp;
import org.netchannel.traces.Bytes;
import org.netchannel.traces.ChannelClass;
import org.netchannel.traces.Decoded.Good;
import org.netchannel.traces.Hello;
import org.netchannel.traces.HelloCodec;
import org.netchannel.traces.Outcome.Done;
import org.netchannel.traces.Packet;
import org.netchannel.traces.PacketHeader;
import org.netchannel.traces.PacketType;

/** Section 3: channels open, say HELLO, carry packets in order, drain and close. */
final class Channels {
    /** How many channels a link may have in its life: what is remembered of them is bounded. */
    static final int MOST_CHANNELS = 1 << 20;

    private Channels() {}

    /** NC-CH-2: the first packet is HELLO; numbers are odd or even by host and never reused. */
    static Step<Done> channelUp(HostState host, ChannelUp up) {
        String problem = problem(host.link(), up);
        if (!problem.isEmpty()) {
            return Step.badRequest(host, problem);
        }
        Link link = host.link().withOneMore(isOdd(up.channel()) == up.dialer());
        Channel channel = Channel.opened(up.channel(), up.channelClass(), link.cameUp());
        HostState opened = enqueue(host.with(link), channel, hello(host, channel));
        return Step.done(channel.isControl() ? Failure.repeatControlState(opened) : opened);
    }

    private static String problem(Link link, ChannelUp up) {
        if (up.channel() < 1) {
            return "channel is " + up.channel() + ", legal is 1 to " + Integer.MAX_VALUE;
        }
        if (link.channels().containsKey(up.channel()) || link.gone().containsKey(up.channel())) {
            return "channel " + up.channel() + " was used before on this link";
        }
        if (link.dialsOdd().isPresent() && link.dialsOdd().get() != (isOdd(up.channel()) == up.dialer())) {
            return "channel " + up.channel() + " has the parity of the other host's channels";
        }
        if (link.cameUp() >= MOST_CHANNELS) {
            return "the link has had " + MOST_CHANNELS + " channels, the most there may be";
        }
        return "";
    }

    private static boolean isOdd(int channel) {
        return channel % 2 == 1;
    }

    private static Packet hello(HostState host, Channel channel) {
        Bytes payload = HelloCodec.encode(new Hello(host.incarnation(), channel.number(), channel.channelClass().code(),
                host.settings().maxPayload()));
        return channelPacket(PacketType.HELLO, payload);
    }

    /** A packet about the channel itself: every field that is not listed is 0 (NC-HDR-1). */
    private static Packet channelPacket(PacketType type, Bytes payload) {
        return new Packet(new PacketHeader(type.code(), payload.length(), 0, 0, 0, 0, 0, 0), payload);
    }

    /**
     * NC-CH-2, NC-FAIL-3: the peer says who it is and what it will accept; DATA may be put on the channel from now on.
     */
    static HostState onHello(HostState host, Channel channel, Packet packet) {
        if (channel.helloArrived() || !(HelloCodec.decode(packet.payload()) instanceof Good<Hello>(Hello hello))
                || hello.channel() != channel.number() || hello.classCode() != channel.channelClass().code()
                || hello.largestPayload() == 0) {
            return Failure.failBecauseOfPacket(host, channel);
        }
        if (host.link().peer().isPresent()) {
            int life = Long.compareUnsigned(hello.incarnation(), host.link().peer().getAsLong());
            if (life < 0) {
                return Failure.failBecauseOfPacket(host, channel);
            }
            if (life > 0) {
                return greeted(Failure.peerRestarted(host), channel, hello);
            }
        }
        return greeted(host, channel, hello);
    }

    private static HostState greeted(HostState host, Channel channel, Hello hello) {
        int largestPayload = (int) Math.min(hello.largestPayload(), PacketHeader.MAX_PAYLOAD);
        HostState known = host.with(host.link().withPeer(hello.incarnation()));
        Channel current = known.link().channels().get(channel.number());
        return Connections.settleAll(known.with(current.withHello(hello.incarnation(), largestPayload)));
    }

    /** NC-CH-5: a draining channel is never chosen again and closes when everything is sent. */
    static Step<Done> channelDrain(HostState host, int number) {
        ChannelClass gone = host.link().gone().get(number);
        Optional<Channel> channel = host.channel(number);
        if (gone == null && channel.isEmpty()) {
            return Step.badRequest(host, "channel " + number + " does not exist");
        }
        if (gone == ChannelClass.CONTROL || channel.isPresent() && channel.get().isControl()) {
            return Step.badRequest(host, "channel " + number + " is a control channel, which is never drained");
        }
        return Step.done(channel.isPresent() ? drain(host, channel.get()) : host);
    }

    private static HostState drain(HostState host, Channel channel) {
        return Connections.settleAll(closeWhenSent(host.with(channel.withDraining()), channel.number()));
    }

    /** NC-CH-5: CHANNEL_CLOSE from the peer makes the channel draining; nothing may follow it. */
    static HostState onChannelClose(HostState host, Channel channel) {
        Channel.Close close = channel.close();
        Channel received = channel.withClose(new Channel.Close(close.queued(), close.sent(), true));
        return drain(host, received);
    }

    /** NC-CH-5: CHANNEL_CLOSE is sent when the transmit queue of a draining channel is empty. */
    private static HostState closeWhenSent(HostState host, int number) {
        Channel channel = host.link().channels().get(number);
        if (!channel.draining() || channel.close().queued() || !channel.transmit().isEmpty()) {
            return host;
        }
        Channel closing = channel.withClose(new Channel.Close(true, false, channel.close().received()));
        return enqueue(host, closing, channelPacket(PacketType.CHANNEL_CLOSE, Bytes.EMPTY));
    }

    /** NC-CH-5: CLOSED when CHANNEL_CLOSE has gone both ways and every byte handed to the channel is acknowledged. */
    static HostState forgetClosed(HostState host) {
        HostState next = host;
        for (Channel channel : host.link().channels().values()) {
            if (channel.close().sent() && channel.close().received() && !hasUnacknowledged(host, channel)) {
                next = Failure.forgetUse(next.with(next.link().without(channel)), channel);
            }
        }
        return next;
    }

    private static boolean hasUnacknowledged(HostState host, Channel channel) {
        for (Connection connection : host.connections().values()) {
            if (connection.sending().isUnacknowledgedOn(channel.number())) {
                return true;
            }
        }
        return false;
    }

    /** NC-CH-1: puts a packet at the end of a channel's transmit queue. */
    static HostState enqueue(HostState host, Channel channel, Packet packet) {
        return host.with(channel.withTransmit(channel.transmit().plus(packet),
                channel.queuedBytes() + dataBytes(packet)));
    }

    /** Only DATA counts as queued bytes. */
    private static int dataBytes(Packet packet) {
        return packet.header().typeCode() == PacketType.DATA.code() ? packet.header().length() : 0;
    }

    /** NC-CH-3: control packets go on the newest control channel; without one, NC-FAIL-2 covers them. */
    static HostState sendControl(HostState host, PacketHeader header) {
        Optional<Channel> control = host.link().newestControl();
        return control.isPresent() ? enqueue(host, control.get(), new Packet(header, Bytes.EMPTY)) : host;
    }

    /** Takes packets from a transmit queue. What that makes room for is put in at once, and taken too. */
    static Step<List<Packet>> pull(HostState host, int number, int max) {
        if (max < 1) {
            return Step.badRequest(host, "max is " + max + ", legal is 1 to " + Integer.MAX_VALUE);
        }
        if (host.link().gone().containsKey(number)) {
            return Step.ok(host, List.of());
        }
        if (host.channel(number).isEmpty()) {
            return Step.badRequest(host, "channel " + number + " does not exist");
        }
        List<Packet> packets = new ArrayList<>();
        HostState next = host;
        Channel channel = host.channel(number).get();
        while (packets.size() < max && !channel.transmit().isEmpty()) {
            packets.add(channel.transmit().peek());
            next = afterFirst(next, channel);
            channel = next.link().channels().get(number);
        }
        return Step.ok(next, List.copyOf(packets));
    }

    private static HostState afterFirst(HostState host, Channel channel) {
        Packet first = channel.transmit().peek();
        Channel shorter = channel.withTransmit(channel.transmit().minus(), channel.queuedBytes() - dataBytes(first));
        if (first.header().typeCode() == PacketType.CHANNEL_CLOSE.code()) {
            shorter = shorter.withClose(new Channel.Close(true, true, channel.close().received()));
        }
        return closeWhenSent(Scheduler.handOver(host.with(shorter)), channel.number());
    }

    /** NC-CH-4: the bytes are charged to the budget of the channel they were read from. */
    static HostState charge(HostState host, Channel channel, int bytes) {
        return host.with(channel.withCharge(channel.charge() + bytes));
    }

    /** NC-CH-4: the bytes have left the response queue. */
    static HostState discharge(HostState host, int number, int bytes) {
        Optional<Channel> channel = host.channel(number);
        return channel.isPresent() ? host.with(channel.get().withCharge(channel.get().charge() - bytes)) : host;
    }

    /**
     * NC-CH-4: nothing is read from a data channel whose budget is spent; a control channel is always read (NC-CH-3).
     */
    static boolean isReadable(HostState host, Channel channel) {
        return channel.isControl() || channel.charge() < host.settings().channelBudget();
    }
}
