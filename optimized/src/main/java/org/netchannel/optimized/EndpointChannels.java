package org.netchannel.optimized;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import org.netchannel.traces.Bytes;
import org.netchannel.traces.ChannelClass;
import org.netchannel.traces.Endpoint;
import org.netchannel.traces.Outcome;
import org.netchannel.traces.Outcome.Done;

/** The calls of an endpoint about channels, on a host that is open (endpoint.md). */
final class EndpointChannels {
    private final HostCore host;
    private final IncomingPacket incoming = new IncomingPacket();

    EndpointChannels(HostCore host) {
        this.host = host;
    }

    /** A call has changed something: what is over is forgotten (NC-CH-5). */
    private Outcome<Done> done() {
        host.channels.forgetClosed();
        return Outcome.done();
    }

    Outcome<Done> up(int channel, ChannelClass channelClass, boolean dialer) {
        String problem = host.link.problem(channel, dialer);
        if (!problem.isEmpty()) {
            return OptimizedEndpoint.bad(problem);
        }
        host.channels.up(channel, channelClass, dialer);
        return done();
    }

    Outcome<Done> down(int channel) {
        return onChannel(channel, it -> {
            host.failure.fail(it);
            return done();
        }, Outcome.done());
    }

    Outcome<Done> drain(int channel) {
        if (host.link.classOfGone(channel) == ChannelClass.CONTROL) {
            return notDrained(channel);
        }
        return onChannel(channel, it -> {
            if (it.isControl()) {
                return notDrained(channel);
            }
            host.channels.drain(it);
            return done();
        }, Outcome.done());
    }

    private static Outcome<Done> notDrained(int channel) {
        return OptimizedEndpoint.bad("channel " + channel + " is a control channel, which is never drained");
    }

    /** A call on a channel that lives, or what it answers on one that is gone. */
    private <T> Outcome<T> onChannel(int number, Function<Channel, Outcome<T>> call, Outcome<T> whenGone) {
        if (host.link.isGone(number)) {
            return whenGone;
        }
        Channel channel = host.link.channel(number);
        return channel == null ? OptimizedEndpoint.bad("channel " + number + " does not exist") : call.apply(channel);
    }

    Outcome<Endpoint.Delivery> deliver(int channel, Bytes packet) {
        return onChannel(channel, it -> {
            if (!host.channels.isReadable(it)) {
                return Outcome.ok(new Endpoint.Delivery(false, false));
            }
            boolean accepted = arrive(it, ByteBuffer.wrap(packet.array(), packet.from(), packet.length()).slice());
            return Outcome.ok(new Endpoint.Delivery(accepted, it.hasFailed));
        }, Outcome.ok(new Endpoint.Delivery(true, true)));
    }

    /** Whether the packet was taken; not when there is no memory for it: it is to be offered again. */
    private boolean arrive(Channel channel, ByteBuffer packet) {
        int length = packet.capacity() - Wire.HEADER_BYTES;
        boolean good = length >= 0 && Wire.isHeader(packet, 0);
        if (good) {
            incoming.read(packet, 0);
            good = incoming.length == length && host.demultiplexer.mayCome(channel, incoming);
        }
        if (!good) {
            host.failure.failBecauseOfPacket(channel);
            return true;
        }
        if (incoming.type == Wire.DATA) {
            return arriveData(channel, packet);
        }
        incoming.payload(packet, Wire.HEADER_BYTES);
        host.demultiplexer.deliver(channel, incoming);
        return true;
    }

    private boolean arriveData(Channel channel, ByteBuffer packet) {
        Segment segment = host.pieces.isShort() ? null : host.segments.claim(incoming.length);
        if (segment == null) {
            return false;
        }
        segment.bytes().put(0, packet, Wire.HEADER_BYTES, incoming.length);
        incoming.payload(segment, 0);
        host.demultiplexer.deliver(channel, incoming);
        segment.release();
        return true;
    }

    Outcome<List<Bytes>> pull(int channel, int max) {
        return onChannel(channel, it -> {
            List<Bytes> packets = new ArrayList<>();
            while (packets.size() < max) {
                OutgoingPacket packet = host.channels.poll(it);
                if (packet == null) {
                    break;
                }
                packets.add(Tap.bytes(packet));
                host.packets.release(packet);
            }
            host.channels.forgetClosed();
            return Outcome.ok(packets);
        }, Outcome.ok(List.of()));
    }
}
