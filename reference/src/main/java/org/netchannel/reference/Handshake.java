package org.netchannel.reference;

import java.util.Optional;
import org.netchannel.reference.Connection.End;
import org.netchannel.reference.Connection.Holder;
import org.netchannel.reference.Connection.Side;
import org.netchannel.reference.Memory.Answer;
import org.netchannel.traces.ChannelClass;
import org.netchannel.traces.Endpoint.Connected;
import org.netchannel.traces.ErrorCode;
import org.netchannel.traces.Outcome.Done;
import org.netchannel.traces.PacketHeader;
import org.netchannel.traces.PacketType;
import org.netchannel.traces.Reason;

/** Section 4: connections are asked for, accepted, refused, given up. */
final class Handshake {
    private Handshake() {}

    /** A listener, or PORT_IN_USE when there is one on the port. */
    static Step<Done> listen(HostState host, int port, int backlog) {
        if (!isPort(port)) {
            return Step.badRequest(host, portProblem(port));
        }
        if (backlog < 1) {
            return Step.badRequest(host, "backlog is " + backlog + ", legal is 1 to " + Integer.MAX_VALUE);
        }
        if (host.listeners().containsKey(port)) {
            return Step.failed(host, ErrorCode.PORT_IN_USE, "a listener holds port " + port);
        }
        return Step.done(host.withListeners(host.listeners().plus(port, Listener.opened(port, backlog))));
    }

    private static boolean isPort(int port) {
        return port >= 1 && port <= 65_535;
    }

    private static String portProblem(int port) {
        return "port is " + port + ", legal is 1 to 65535";
    }

    /** NC-HS-8: every child not yet accepted is reset. */
    static Step<Done> unlisten(HostState host, int port) {
        Listener listener = host.listeners().get(port);
        if (listener == null) {
            return Step.badRequest(host, "nothing listens on port " + port);
        }
        HostState next = host.withListeners(host.listeners().minus(port));
        for (Long id : listener.children()) {
            next = Closing.release(next, next.connections().get(id), Reason.CLOSED);
        }
        return Step.done(next);
    }

    /** NC-HS-1: a free local port, a fresh id, NCSYN, SYN_SENT. */
    static Step<Connected> connect(HostState host, int port, ChannelClass trafficClass) {
        if (!isPort(port)) {
            return Step.badRequest(host, portProblem(port));
        }
        if (trafficClass == ChannelClass.CONTROL) {
            return Step.badRequest(host, "class is CONTROL, legal is LATENCY or THROUGHPUT");
        }
        Optional<Integer> localPort = freePort(host);
        if (Sockets.isLimitReached(host) || localPort.isEmpty()) {
            return Step.failed(host, ErrorCode.REFUSED, Reason.LIMIT);
        }
        Choices choices = freshId(host, host.choices().afterPort(localPort.get()));
        Connection connection = Connection.connecting(choices.connectionId(), localPort.get(), port, trafficClass,
                host.now() + host.settings().connectTimeoutNanos());
        HostState asked = sendNcsyn(host.with(choices.afterConnectionId()).with(connection), connection);
        Connected opened = Sockets.next(asked, connection);
        return Step.ok(Sockets.remember(asked, opened), opened);
    }

    private static Optional<Integer> freePort(HostState host) {
        Choices choices = host.choices();
        for (int tried = 0; tried < Choices.LOCAL_PORTS; tried++) {
            if (isFree(host, choices.nextPort())) {
                return Optional.of(choices.nextPort());
            }
            choices = choices.afterPort(choices.nextPort());
        }
        return Optional.empty();
    }

    private static boolean isFree(HostState host, int port) {
        if (host.listeners().containsKey(port)) {
            return false;
        }
        for (Connection connection : host.connections().values()) {
            if (connection.isLive() && connection.localPort() == port) {
                return false;
            }
        }
        return true;
    }

    /** Ids are never 0, and none that the peer happens to have taken. */
    private static Choices freshId(HostState host, Choices from) {
        Choices choices = from;
        while (choices.connectionId() == 0 || host.connections().containsKey(choices.connectionId())) {
            choices = choices.afterConnectionId();
        }
        return choices;
    }

    /** Tells the class for both directions and this host's send buffer. */
    static HostState sendNcsyn(HostState host, Connection connection) {
        return Connections.send(host, connection, PacketType.NCSYN, connection.trafficClass().code(),
                host.settings().sendBuffer());
    }

    static HostState sendNcsynAck(HostState host, Connection connection) {
        return Connections.send(host, connection, PacketType.NCSYN_ACK, 0, host.settings().sendBuffer());
    }

    /** NC-HS-10: the next child, whatever became of it. */
    static Step<Optional<Connected>> accept(HostState host, int port) {
        Listener listener = host.listeners().get(port);
        if (listener == null) {
            return Step.badRequest(host, "nothing listens on port " + port);
        }
        if (listener.children().isEmpty()) {
            return Step.ok(host, Optional.empty());
        }
        Connection child = host.connections().get(listener.children().peek());
        Listener rest = listener.with(listener.children().minus());
        Connected opened = Sockets.next(host, child);
        HostState held = host.withListeners(host.listeners().plus(port, rest)).with(child.heldBy(Holder.SOCKET));
        return Step.ok(Sockets.remember(held, opened), Optional.of(opened));
    }

    /** NC-HS-2, in its order; before it the last part of NC-HS-7. */
    static HostState onNcsyn(HostState host, PacketHeader ncsyn) {
        long id = ncsyn.connection();
        long timeout = host.settings().connectTimeoutNanos();
        if (host.memory().resetFirst().find(id, host.now(), timeout).isPresent()) {
            return host.dropping(Drop.LATE_NCSYN);
        }
        if (id == 0) {
            return host.dropping(Drop.MEANINGLESS);
        }
        Optional<Connection> known = host.live(id);
        if (known.isPresent()) {
            return onNcsynAgain(host, known.get(), ncsyn);
        }
        // An id that the application still holds stays gone: a second child would share its name.
        if (host.connections().containsKey(id) || host.memory().gone().find(id, host.now(), timeout).isPresent()) {
            return Closing.sendReset(host, answer(ncsyn, PacketType.RST, Reason.UNKNOWN_CONNECTION.tag()));
        }
        Optional<Reason> refused = host.memory().refused().find(id, host.now(), timeout);
        if (refused.isPresent()) {
            return refuse(host, ncsyn, refused.get());
        }
        return onFreshNcsyn(host, ncsyn);
    }

    private static HostState onNcsynAgain(HostState host, Connection connection, PacketHeader ncsyn) {
        if (!connection.hasPortsOf(ncsyn)) {
            return host.dropping(Drop.PORT_MISMATCH);
        }
        // NC-HS-9: an NCSYN never meets the asking side of a connection.
        return connection.side() == Side.ACCEPTING
                ? Connections.settle(sendNcsynAck(host, connection), connection.id())
                : host.dropping(Drop.STALE);
    }

    private static HostState onFreshNcsyn(HostState host, PacketHeader ncsyn) {
        Optional<ChannelClass> trafficClass = trafficClass(ncsyn.tag());
        if (trafficClass.isEmpty()) {
            return Closing.sendReset(host, answer(ncsyn, PacketType.RST, Reason.PROTOCOL_ERROR.tag()));
        }
        Listener listener = host.listeners().get(ncsyn.destinationPort());
        if (listener == null) {
            return refuse(host, ncsyn, Reason.NO_LISTENER);
        }
        if (listener.isFull()) {
            return refuse(host, ncsyn, Reason.BACKLOG_FULL);
        }
        if (Sockets.isLimitReached(host)) {
            return refuse(host, ncsyn, Reason.LIMIT);
        }
        Connection child = Connection.accepting(ncsyn, trafficClass.get());
        HostState tabled = host.with(child);
        Listener longer = listener.with(listener.children().plus(child.id()));
        HostState queued = tabled.withListeners(tabled.listeners().plus(listener.port(), longer));
        return sendNcsynAck(queued, child);
    }

    private static Optional<ChannelClass> trafficClass(long tag) {
        for (ChannelClass trafficClass : ChannelClass.values()) {
            if (trafficClass != ChannelClass.CONTROL && trafficClass.code() == tag) {
                return Optional.of(trafficClass);
            }
        }
        return Optional.empty();
    }

    /** NC-HS-2: a refused id is refused again with the same reason, so that no copy of its NCSYN is accepted later. */
    private static HostState refuse(HostState host, PacketHeader ncsyn, Reason reason) {
        Memory memory = host.memory();
        HostState remembered = host.with(memory.withRefused(memory.refused()
                .plus(ncsyn.connection(), reason, host.now(), host.settings().connectTimeoutNanos())));
        return Channels.sendControl(remembered, answer(ncsyn, PacketType.NCREFUSE, reason.tag()));
    }

    /** An answer about a connection that there is no state for. */
    private static PacketHeader answer(PacketHeader packet, PacketType type, int tag) {
        return new PacketHeader(type.code(), 0, packet.destinationPort(), packet.sourcePort(), tag,
                packet.connection(), 0, 0);
    }

    /** NC-HS-3: in SYN_SENT any packet of the connection establishes; NCREFUSE, RST and NCSYN do not come here. */
    static Connection establish(Connection connection) {
        return connection.isEstablished() ? connection : connection.established();
    }

    /** NC-HS-3: tells the peer's send buffer, which counts once. */
    static HostState onNcsynAck(HostState host, Connection connection, PacketHeader ncsynAck) {
        if (connection.side() == Side.ACCEPTING) {
            return host.dropping(Drop.STALE);
        }
        return host.with(connection.with(connection.receiving().withAnnounced(ncsynAck.offset())));
    }

    /** NC-HS-4: in SYN_SENT connect fails with REFUSED; later NCREFUSE is ignored. */
    static HostState onNcrefuse(HostState host, PacketHeader ncrefuse) {
        Optional<Connection> connection = host.live(ncrefuse.connection());
        Optional<Reason> reason = Reason.of(PacketType.NCREFUSE, ncrefuse.tag());
        if (connection.isEmpty()) {
            return host.dropping(Drop.UNKNOWN_CONNECTION);
        }
        if (!connection.get().hasPortsOf(ncrefuse)) {
            return host.dropping(Drop.PORT_MISMATCH);
        }
        if (connection.get().isEstablished()) {
            return host.dropping(Drop.STALE);
        }
        return reason.isPresent()
                ? Closing.end(host, connection.get(), Optional.of(new End(ErrorCode.REFUSED, reason.get())))
                : host.dropping(Drop.MEANINGLESS);
    }

    /** NC-HS-6: RST TIMEOUT is sent and connect fails with TIMEOUT. */
    static HostState connectTimeoutExpires(HostState host, Connection connection) {
        HostState reset = Closing.sendReset(host,
                Connections.header(connection, PacketType.RST, 0, Reason.TIMEOUT.tag(), 0));
        return Closing.end(reset, connection, Optional.of(new End(ErrorCode.TIMEOUT, Reason.TIMEOUT)));
    }

    /** NC-HS-7: some packets for an unknown connection are answered, every other is ignored. */
    static HostState onUnknownConnection(HostState host, PacketType type, PacketHeader packet) {
        HostState dropped = host.dropping(Drop.UNKNOWN_CONNECTION);
        return switch (type) {
            case DATA, FIN, ACK, STOP, NCSYN_ACK -> answerUnknown(dropped, packet);
            case HELLO, NCSYN, NCREFUSE, STOP_ACK, RESUME, RST, CHANNEL_CLOSE -> dropped;
        };
    }

    /** NC-HS-7: a second answer within the acknowledgement delay waits until it is over; others are merged with it. */
    private static HostState answerUnknown(HostState host, PacketHeader packet) {
        Memory memory = host.memory();
        long delay = host.settings().acknowledgementDelayNanos();
        PacketHeader reset = answer(packet, PacketType.RST, Reason.UNKNOWN_CONNECTION.tag());
        if (memory.answers().find(packet.connection(), host.now(), delay).isPresent()) {
            // The ports of the last packet count: a forged one before it does not misdirect the answer for long.
            Answer again = new Answer(reset, true);
            return host.with(memory.withAnswers(memory.answers().replace(packet.connection(), again)));
        }
        return sendAnswer(host, reset);
    }

    /** Another answer may be due at this very moment: it is remembered for a nanosecond longer than it has to wait. */
    private static HostState sendAnswer(HostState host, PacketHeader reset) {
        HostState sent = Closing.sendReset(host, reset);
        Memory memory = sent.memory();
        return sent.with(memory.withAnswers(memory.answers().plus(reset.connection(), new Answer(reset, false),
                host.now(), host.settings().acknowledgementDelayNanos() + 1)));
    }

    /** NC-HS-7: the answer that waited is sent. */
    static HostState answerDelayExpires(HostState host, Answer answer) {
        return sendAnswer(host, answer.reset());
    }
}
