package org.netchannel.optimized;

import java.nio.ByteBuffer;
import org.netchannel.traces.ChannelClass;

/** Section 3: channels open, say HELLO, carry packets in order, drain and close. */
final class Channels {
    private final HostCore host;

    Channels(HostCore host) {
        this.host = host;
    }

    /** NC-CH-2: the first packet is HELLO. The caller has asked {@link Link#problem}. */
    Channel up(int number, ChannelClass channelClass, boolean dialer) {
        Channel channel = host.link.add(number, channelClass, dialer);
        FlightEvents.channelUp(host, channel);
        channel.transmit.add(hello(channel));
        if (channel.isControl()) {
            // What is repeated is bounded by what there is, and does not count: else no control channel could come up.
            Channel newest = host.link.newestControl();
            newest.repeatedControl = Integer.MAX_VALUE;
            host.failure.repeatControlState();
            newest.repeatedControl = newest.transmit.size();
        }
        return channel;
    }

    /** Whether there may be another channel of this class now; for a control channel another one makes way. */
    boolean hasPlaceFor(ChannelClass channelClass) {
        if (channelClass == ChannelClass.CONTROL || host.link.dataChannels() < host.limits.get(Limit.DATA_CHANNELS)) {
            return true;
        }
        host.statistics.limited(Limited.DATA_CHANNEL_NOT_TAKEN);
        return false;
    }

    /** The old control channel that makes way, or null. The peer may have seen it fail, this host not (NC-FAIL-5). */
    Channel inTheWayOf(ChannelClass channelClass) {
        if (channelClass != ChannelClass.CONTROL
                || host.link.channels(ChannelClass.CONTROL).length < host.limits.get(Limit.CONTROL_CHANNELS)) {
            return null;
        }
        host.statistics.limited(Limited.CONTROL_CHANNEL_REPLACED);
        return host.link.oldestControl();
    }

    private OutgoingPacket hello(Channel channel) {
        ByteBuffer payload = ByteBuffer.allocate(Wire.HELLO_BYTES);
        payload.putLong(host.incarnation).putInt(channel.number).putInt(channel.channelClass.code())
                .putInt(host.settings.maxPayload());
        OutgoingPacket packet = host.packets.of(Wire.HELLO, Wire.HELLO_BYTES, 0, 0, 0, 0);
        packet.segment = Segment.unpooled(payload);
        packet.at = 0;
        return packet;
    }

    /** NC-CH-2, NC-FAIL-3: the peer says who it is and what it accepts; DATA may be put on the channel from now on. */
    void onHello(Channel channel, IncomingPacket packet) {
        if (!isLegalHello(channel, packet)) {
            host.failure.failBecauseOfPacket(channel);
            return;
        }
        long incarnation = packet.payload().getLong(packet.payloadAt());
        int life = host.link.lifeOf(incarnation);
        if (life < 0) {
            host.failure.failBecauseOfPacket(channel);
            return;
        }
        if (life > 0) {
            host.failure.peerRestarted();
        }
        host.link.meet(incarnation);
        channel.helloArrived = true;
        int announced = packet.payload().getInt(packet.payloadAt() + Wire.HELLO_LARGEST_PAYLOAD_AT);
        channel.largestPayload = announced < 0 ? Wire.MAX_PAYLOAD : Math.min(announced, Wire.MAX_PAYLOAD);
        host.settleAll();
    }

    private static boolean isLegalHello(Channel channel, IncomingPacket packet) {
        return !channel.helloArrived
                && packet.length == Wire.HELLO_BYTES
                && packet.payload().getInt(packet.payloadAt() + Wire.HELLO_CHANNEL_AT) == channel.number
                && packet.payload().getInt(packet.payloadAt() + Wire.HELLO_CLASS_AT) == channel.channelClass.code()
                && packet.payload().getInt(packet.payloadAt() + Wire.HELLO_LARGEST_PAYLOAD_AT) != 0;
    }

    /** NC-CH-5: a draining channel is never chosen again and closes when everything is sent. */
    void drain(Channel channel) {
        host.link.drain(channel);
        closeWhenSent(channel);
        host.settleAll();
    }

    /** NC-CH-5: CHANNEL_CLOSE from the peer makes the channel draining; nothing may follow it. */
    void onChannelClose(Channel channel) {
        channel.closeReceived = true;
        drain(channel);
    }

    /** NC-CH-5: CHANNEL_CLOSE is sent when the transmit queue of a draining channel is empty. */
    private void closeWhenSent(Channel channel) {
        if (channel.draining && !channel.closeQueued && channel.transmit.isEmpty()) {
            channel.closeQueued = true;
            channel.transmit.add(host.packets.of(Wire.CHANNEL_CLOSE, 0, 0, 0, 0, 0));
        }
    }

    /** NC-CH-5: CLOSED channels are gone; nothing was lost with them, and they cannot fail any more. */
    void forgetClosed() {
        if (!host.link.isDraining()) {
            return;
        }
        for (Channel channel : host.link.all()) {
            if (channel.isClosed()) {
                host.link.remove(channel);
            }
        }
    }

    /** NC-CH-3: control packets go on the newest control channel; without one, NC-FAIL-2 covers them. */
    void sendControl(int type, long tag, long connection, long offset, long ack, int sourcePort, int destinationPort) {
        Channel control = host.link.newestControl();
        if (control == null) {
            return;
        }
        OutgoingPacket packet = host.packets.of(type, 0, tag, connection, offset, ack);
        packet.sourcePort = sourcePort;
        packet.destinationPort = destinationPort;
        control.transmit.add(packet);
        // It is stuck; the next one repeats what matters (NC-FAIL-2). A peer that reads nothing costs bounded memory.
        if (control.transmit.size() - control.repeatedControl > host.limits.get(Limit.QUEUED_CONTROL)) {
            host.statistics.limited(Limited.CONTROL_CHANNEL_STUCK);
            host.failure.fail(control);
        }
    }

    /**
     * The next packet to transmit on a channel. What its leaving makes room for is put in at once.
     *
     * @return a packet that the caller gives back to {@link HostCore#packets}, or null when the queue is empty
     */
    OutgoingPacket poll(Channel channel) {
        OutgoingPacket packet = channel.transmit.poll();
        if (packet == null) {
            return null;
        }
        if (packet.type == Wire.CHANNEL_CLOSE) {
            channel.closeSent = true;
        } else if (packet.type == Wire.DATA) {
            host.link.load(channel.channelClass).carriedBytes += packet.length;
            host.scheduler.handOver();
        }
        closeWhenSent(channel);
        return packet;
    }

    /** Nothing of the channel is sent any more. */
    void discard(Channel channel) {
        for (OutgoingPacket packet = channel.transmit.poll(); packet != null; packet = channel.transmit.poll()) {
            host.packets.release(packet);
        }
    }

    /**
     * NC-CH-4: nothing is read from a data channel whose budget is spent; a control channel is always read (NC-CH-3).
     */
    boolean isReadable(Channel channel) {
        return channel.isControl() || channel.charge < host.settings.channelBudget();
    }
}
