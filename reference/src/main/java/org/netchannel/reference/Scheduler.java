package org.netchannel.reference;

import java.util.Optional;
import org.netchannel.traces.ChannelClass;
import org.netchannel.traces.Packet;
import org.netchannel.traces.PacketHeader;
import org.netchannel.traces.PacketType;

/** Section 8: which packet goes on which channel. */
final class Scheduler {
    private Scheduler() {}

    /**
     * Puts packets on channels while there is something to put and a channel to put it on. Called after every change
     * to either, so nothing waits beside a channel that could be chosen (NC-SCH-2).
     */
    static HostState handOver(HostState host) {
        return handOver(handOver(host, ChannelClass.LATENCY), ChannelClass.THROUGHPUT);
    }

    /** NC-SCH-1: each class has channels of its own. Connections take turns, a packet each. */
    private static HostState handOver(HostState host, ChannelClass trafficClass) {
        HostState next = host;
        while (!next.ready(trafficClass).isEmpty()) {
            Optional<Channel> channel = choose(next, trafficClass);
            if (channel.isEmpty()) {
                return next;
            }
            long id = next.ready(trafficClass).iterator().next();
            next = handOne(next, next.connections().get(id), channel.get());
        }
        return next;
    }

    /** NC-SCH-3: round robin: the channel with the next higher number, or again the first. */
    private static Optional<Channel> choose(HostState host, ChannelClass trafficClass) {
        int last = host.link().lastChosen().getOrDefault(trafficClass, 0);
        Optional<Channel> first = Optional.empty();
        for (Channel channel : host.link().channels().values()) {
            if (mayCarry(host, channel, trafficClass)) {
                if (channel.number() > last) {
                    return Optional.of(channel);
                }
                first = first.isPresent() ? first : Optional.of(channel);
            }
        }
        return first;
    }

    /** NC-SCH-2: it is active, and less than the threshold is queued on it. */
    private static boolean mayCarry(HostState host, Channel channel, ChannelClass trafficClass) {
        return channel.isActive(trafficClass) && channel.queuedBytes() < host.settings().queueThreshold();
    }

    /**
     * NC-DATA-2: one packet is cut, addressed and put in the channel's transmit queue; its ack value is the one of now.
     */
    private static HostState handOne(HostState host, Connection connection, Channel channel) {
        Piece piece = connection.sending().next(channel.largestPayload());
        PacketHeader header =
                Connections.header(connection, PacketType.DATA, piece.bytes().length(), 0, piece.offset());
        Connection handed = connection.with(connection.sending().hand(piece, channel.number()))
                .with(connection.receiving().acknowledged());
        HostState queued = Channels.enqueue(host, channel, new Packet(header, piece.bytes()));
        HostState turned = queued.with(queued.link().withChosen(channel)).with(handed).afterTurn(handed);
        return Closing.sendFinWhenDue(turned, handed);
    }
}
