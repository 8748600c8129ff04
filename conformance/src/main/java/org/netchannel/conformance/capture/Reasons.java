package org.netchannel.conformance.capture;

import java.util.HashSet;
import java.util.Optional;
import java.util.Set;
import org.netchannel.conformance.capture.Links.Link;
import org.netchannel.conformance.capture.PacketStore.Seen;
import org.netchannel.reference.Connection;
import org.netchannel.traces.ChannelClass;
import org.netchannel.traces.Endpoint.Connected;
import org.netchannel.traces.Endpoint.State;
import org.netchannel.traces.PacketHeader;
import org.netchannel.traces.PacketType;
import org.netchannel.traces.Reason;
import org.netchannel.traces.TraceEvent;

/**
 * Finds for a packet that a host has sent the least that must have happened there before: calls of the application and
 * packets that had arrived. Where there is nothing that would explain the packet nothing is made up; the packet stands
 * in the trace, and the specification rejects it.
 */
final class Reasons {
    /** A clock is brought up to date in steps of at least this. */
    private static final long TICK_NANOS = 100_000;
    /** A timer may seem early by a tenth: the capture was taken at another place than the host's clock. */
    private static final double EARLY = 0.9;
    private static final int ANY_BACKLOG = 1 << 16;

    private final Explainer explainer;
    private final Arrivals arrivals;
    private final Reads reads;
    private final Resets resets;
    private final Set<Integer> fullBacklogs = new HashSet<>();
    private final boolean limited;

    Reasons(Explainer explainer, Link link) {
        this.explainer = explainer;
        this.arrivals = new Arrivals(explainer);
        this.reads = new Reads(explainer, this, arrivals);
        this.resets = new Resets(explainer, this, reads, arrivals);
        this.limited = link.streams().stream().anyMatch(Stream::isLimited);
        link.streams().forEach(stream -> fullBacklogs.addAll(stream.fullBacklogs()));
    }

    static boolean isHostRestarted(PacketHeader header) {
        return Arrivals.is(header, PacketType.RST) && header.tag() == Reason.HOST_RESTARTED.tag();
    }

    /** A packet of the host is about to be pulled. */
    void find(SeenHost host, SeenChannel channel, Seen seen) {
        tick(host);
        Optional<PacketHeader> header = seen.header();
        if (header.isEmpty() || header.get().type().isEmpty()) {
            return;
        }
        PacketHeader packet = header.get();
        switch (packet.type().get()) {
            case HELLO -> { }
            case CHANNEL_CLOSE -> drain(host, channel);
            case NCSYN -> connect(host, packet);
            case NCREFUSE -> answer(host, packet);
            case NCSYN_ACK -> {
                answer(host, packet);
                reads.acknowledge(host, packet);
            }
            case DATA -> data(host, channel, packet);
            case FIN -> fin(host, packet);
            case ACK -> {
                establish(host, packet.connection());
                reads.acknowledge(host, packet);
            }
            case STOP -> {
                reads.acknowledge(host, packet);
                reads.stop(host, packet);
            }
            case STOP_ACK -> stopAck(host, packet);
            case RESUME -> {
                reads.acknowledge(host, packet);
                reads.resume(host, packet);
            }
            case RST -> resets.find(host, packet);
        }
    }

    /** A packet of the host was pulled. */
    void pulled(SeenHost host, SeenChannel channel, Seen seen) {
        seen.header().filter(packet -> Arrivals.is(packet, PacketType.DATA)).ifPresent(packet -> {
            SeenEnd end = arrivals.end(host, packet.connection());
            if (packet.length() > 0 && packet.offset() >= 0) {
                end.put.add(packet.offset(), packet.offset() + packet.length());
            }
            end.used.add(channel.number());
        });
        seen.header().filter(packet -> Arrivals.is(packet, PacketType.RST))
                .ifPresent(packet -> host.paidReset(packet.connection(), packet.tag()));
        seen.header().ifPresent(packet -> closeWhenOver(host, packet.connection()));
    }

    /**
     * Brings the host's clock to the time of the capture, but over no deadline: whether a timer has expired is told by
     * what was sent then.
     */
    private void tick(SeenHost host) {
        long target = explainer.nanos();
        if (target - host.nanos() < TICK_NANOS) {
            return;
        }
        for (Connection connection : host.state().connections().values()) {
            long deadline = Math.min(connection.connectDeadline(),
                    Math.min(connection.responses().deadline(), connection.sending().lostDeadline()));
            target = Math.min(target, deadline - 1);
        }
        if (target > host.nanos()) {
            host.advance(target - host.nanos());
        }
    }

    /**
     * A timer of a connection has expired: the packet that the host sent then says so. It is not believed when it came
     * far too early.
     */
    void expire(SeenHost host, long id, long deadline, long delay, long sinceNanos) {
        if (deadline != Long.MAX_VALUE && deadline > host.nanos()
                && explainer.nanos() - sinceNanos >= (long) (EARLY * delay)) {
            advance(host, id, deadline - host.nanos());
        }
    }

    /** Time passes, and no timer of another connection expires: nothing says that one did. */
    void advance(SeenHost host, long except, long by) {
        long then = host.nanos() + by;
        for (Connection connection : host.state().connections().values()) {
            long id = host.capturedId(connection.id());
            if (id != except && connection.connectDeadline() <= then
                    && arrivals.afterwards(host, id, own -> Arrivals.is(own, PacketType.RST)
                            && own.tag() == Reason.TIMEOUT.tag()).isEmpty()) {
                establish(host, id);
            }
            if (id != except && connection.responses().deadline() <= then) {
                reads.relieve(host, id);
            }
        }
        host.advance(by);
    }

    /** A channel fails, and the host goes on as if this had not arrived: it was lost with the channel. */
    boolean isLost(SeenHost host, Seen seen) {
        return seen.header()
                .filter(packet -> Arrivals.is(packet, PacketType.RST) || Arrivals.is(packet, PacketType.NCREFUSE))
                .flatMap(packet -> arrivals.afterwards(
                        host, packet.connection(), own -> !Arrivals.is(own, PacketType.RST)))
                .isPresent();
    }

    // Opening.

    private void connect(SeenHost host, PacketHeader ncsyn) {
        SeenEnd end = arrivals.end(host, ncsyn.connection());
        if (end.socket == 0) {
            makeRoomForSocket(host);
            ChannelClass trafficClass =
                    ncsyn.tag() == ChannelClass.LATENCY.code() ? ChannelClass.LATENCY : ChannelClass.THROUGHPUT;
            host.connect(ncsyn, trafficClass, end);
        }
    }

    private void answer(SeenHost host, PacketHeader packet) {
        arrivals.arrive(host, packet.connection(), header -> Arrivals.is(header, PacketType.NCSYN));
    }

    /** NC-HS-2, NC-HS-3. */
    void establish(SeenHost host, long id) {
        Optional<Connection> connection = host.connection(id);
        if (connection.isEmpty()) {
            arrivals.arrive(host, id, header -> Arrivals.is(header, PacketType.NCSYN));
        } else if (connection.get().state() == State.SYN_SENT) {
            arrivals.arrive(host, id, Reasons::acknowledges);
        }
    }

    /** A packet is about to arrive: the application has done before what its host's answer shows. */
    void beforeDelivery(SeenHost host, Seen seen) {
        Optional<PacketHeader> header = seen.header();
        if (header.isEmpty()) {
            return;
        }
        PacketHeader packet = header.get();
        if (Arrivals.is(packet, PacketType.NCSYN) && host.connection(packet.connection()).isEmpty()) {
            listen(host, packet);
        } else if (Arrivals.is(packet, PacketType.STOP)) {
            arrivals.later(host, packet.connection(),
                            own -> Arrivals.is(own, PacketType.STOP_ACK) && own.tag() == packet.tag())
                    .ifPresent(own -> send(host, own.connection(), own.offset()));
        } else if (Arrivals.is(packet, PacketType.RST)) {
            sendAll(host, packet.connection());
        }
    }

    private void listen(SeenHost host, PacketHeader ncsyn) {
        int port = ncsyn.destinationPort();
        Optional<PacketHeader> answer = arrivals.later(host, ncsyn.connection(), _ -> true);
        boolean listens = host.state().listeners().containsKey(port);
        if (answer.isEmpty() || port == 0 || Arrivals.is(answer.get(), PacketType.RST)) {
            return;
        }
        boolean refused = Arrivals.is(answer.get(), PacketType.NCREFUSE);
        if (refused && answer.get().tag() == Reason.NO_LISTENER.tag()) {
            if (listens) {
                acceptAll(host, port);
                host.call(new TraceEvent.Unlisten(port, null));
            }
        } else {
            int backlog = fullBacklogs.contains(port) ? 1 : ANY_BACKLOG;
            if (!refused) {
                makeRoomForSocket(host);
            }
            if (!listens) {
                host.call(new TraceEvent.Listen(port, backlog, null));
            } else if (!refused && host.state().listeners().get(port).children().size() >= backlog) {
                acceptAll(host, port);
            }
        }
    }

    private void acceptAll(SeenHost host, int port) {
        Optional<Connected> child = host.accept(port);
        while (child.isPresent()) {
            arrivals.end(host, child.get().connection()).socket = child.get().socket();
            child = host.accept(port);
        }
    }

    /** The application's socket of a connection; accepts it if it waits. */
    boolean hasSocket(SeenHost host, long id) {
        SeenEnd end = arrivals.end(host, id);
        Optional<Connection> connection = host.connection(id);
        while (end.socket == 0 && connection.isPresent()) {
            Optional<Connected> child = host.state().listeners().containsKey(connection.get().localPort())
                    ? host.accept(connection.get().localPort())
                    : Optional.empty();
            if (child.isEmpty()) {
                return false;
            }
            arrivals.end(host, child.get().connection()).socket = child.get().socket();
        }
        return end.socket != 0 && !end.closed;
    }

    // Sending.

    private void data(SeenHost host, SeenChannel channel, PacketHeader packet) {
        long id = packet.connection();
        long to = packet.offset() + packet.length();
        explainer.helloArrives(host, channel);
        establish(host, id);
        reads.acknowledge(host, packet);
        SeenEnd end = arrivals.end(host, id);
        host.connection(id)
                .filter(connection -> connection.sending().stopEpoch() > connection.sending().resumedEpoch()
                        && to > connection.sending().sndNxt())
                .ifPresent(connection -> arrivals.arrive(host, id, header -> Arrivals.is(header, PacketType.RESUME)
                        && header.tag() >= connection.sending().stopEpoch()));
        if (end.put.meets(packet.offset(), to)) {
            explainer.channels().stream()
                    .filter(other -> other.channelClass() == channel.channelClass() && other.ends()
                            && end.used.contains(other.number()) && other != channel)
                    .forEach(other -> explainer.fail(host, other));
        }
        send(host, id, to);
    }

    /** The application has given the bytes up to here; for the room there is what must have been acknowledged. */
    void send(SeenHost host, long id, long to) {
        SeenEnd end = arrivals.end(host, id);
        if (end.sent >= to || !hasSocket(host, id)) {
            return;
        }
        while (end.sent < to) {
            int length = (int) Math.min(to - end.sent, 1 << 24);
            if (host.send(end, length) == 0) {
                long acknowledged = host.connection(id).map(connection -> connection.sending().sndUna()).orElse(0L);
                if (!arrivals.arrive(host, id, header -> acknowledges(header) && header.ack() > acknowledged)) {
                    return;
                }
            }
        }
    }

    private static boolean acknowledges(PacketHeader header) {
        return !Arrivals.is(header, PacketType.NCSYN) && !Arrivals.is(header, PacketType.NCREFUSE)
                && !Arrivals.is(header, PacketType.RST);
    }

    /** What a connection that is about to end had handed to its channels already, and is captured later. */
    void sendAll(SeenHost host, long id) {
        long most = 0;
        long index = arrivals.end(host, id).cursor;
        while (index != PacketStore.NONE) {
            Seen seen = explainer.store().get(index);
            PacketHeader packet = seen.header().orElseThrow();
            if (explainer.senderOf(seen) == host.index() && Arrivals.is(packet, PacketType.DATA)) {
                most = Math.max(most, packet.offset() + packet.length());
            }
            index = seen.nextOfConnection();
        }
        if (most > 0) {
            establish(host, id);
            send(host, id, most);
        }
    }

    private void fin(SeenHost host, PacketHeader fin) {
        long id = fin.connection();
        establish(host, id);
        reads.acknowledge(host, fin);
        host.connection(id)
                .filter(connection -> connection.sending().stopEpoch() > connection.sending().resumedEpoch()
                        && fin.offset() > connection.sending().sndNxt())
                .ifPresent(connection -> arrivals.arrive(host, id, header -> Arrivals.is(header, PacketType.RESUME)
                        && header.tag() >= connection.sending().stopEpoch()));
        send(host, id, fin.offset());
        SeenEnd end = arrivals.end(host, id);
        if (!end.shutDown && hasSocket(host, id)) {
            end.shutDown = true;
            host.call(new TraceEvent.Shutdown(end.socket, null));
        }
    }

    private void stopAck(SeenHost host, PacketHeader stopAck) {
        long id = stopAck.connection();
        reads.acknowledge(host, stopAck);
        send(host, id, stopAck.offset());
        arrivals.arrive(host, id, header -> Arrivals.is(header, PacketType.STOP) && header.tag() == stopAck.tag());
    }

    private void drain(SeenHost host, SeenChannel channel) {
        if (channel.channelClass() != ChannelClass.CONTROL) {
            host.call(new TraceEvent.ChannelDrain(channel.number(), null));
        }
    }

    static boolean isOver(SeenHost host, long id) {
        return host.connection(id).map(connection -> connection.state() == State.CLOSED).orElse(true);
    }

    /** A packet has arrived. */
    void afterDelivery(SeenHost host, Seen seen, boolean withholdReads) {
        seen.header().ifPresent(packet -> {
            if (!withholdReads && Arrivals.is(packet, PacketType.DATA)) {
                reads.relieveUnlessStopped(host, packet.connection());
            }
            closeWhenOver(host, packet.connection());
        });
    }

    /** Reads what waits on the host, when a channel's budget is spent. */
    boolean relieve(SeenHost host) {
        boolean moved = false;
        for (Connection connection : host.state().connections().values()) {
            if (!connection.responses().waiting().isEmpty()) {
                moved |= reads.least(host, host.capturedId(connection.id()));
            }
        }
        return moved;
    }

    /** A socket of a connection that is over is of no use to anybody. */
    private void closeWhenOver(SeenHost host, long id) {
        host.end(id).filter(end -> end.socket != 0 && !end.closed).ifPresent(end -> {
            if (!limited && isOver(host, id)) {
                end.closed = true;
                host.call(new TraceEvent.Close(end.socket, null));
            }
        });
    }

    /**
     * A host whose sockets are all taken has one free again: a connection has ended, and the application knows. Where a
     * host refuses because of its limit, sockets are not closed before.
     */
    private void makeRoomForSocket(SeenHost host) {
        if (host.state().sockets().size() < host.state().settings().socketLimit()) {
            return;
        }
        for (long reference : host.state().sockets().values()) {
            long id = host.capturedId(reference);
            if (!isOver(host, id)) {
                arrivals.arrive(host, id, header ->
                        Arrivals.is(header, PacketType.NCREFUSE) || Arrivals.is(header, PacketType.RST));
            }
            SeenEnd end = arrivals.end(host, id);
            if (!end.closed && end.socket != 0 && isOver(host, id)) {
                end.closed = true;
                host.call(new TraceEvent.Close(end.socket, null));
            }
        }
    }
}
