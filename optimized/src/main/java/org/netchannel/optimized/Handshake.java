package org.netchannel.optimized;

import org.netchannel.optimized.Connection.Holder;
import org.netchannel.traces.ChannelClass;
import org.netchannel.traces.Endpoint.State;
import org.netchannel.traces.ErrorCode;
import org.netchannel.traces.PacketType;
import org.netchannel.traces.Reason;

/** Section 4: connections are asked for, accepted, refused, given up. */
final class Handshake {
    private static final int FIRST_LOCAL_PORT = 49_152;
    private static final int LAST_LOCAL_PORT = 65_535;

    private final HostCore host;
    private int nextPort;

    Handshake(HostCore host) {
        this.host = host;
    }

    /** NC-HS-8: every child not yet accepted is reset. */
    void unlisten(Listener listener) {
        host.listeners.remove(listener.port);
        listener.isClosed = true;
        listener.waiters.wake();
        for (Connection child : listener.children) {
            host.closing.release(child, Reason.CLOSED);
        }
    }

    /**
     * NC-HS-1: a free local port, a fresh id, NCSYN, SYN_SENT.
     *
     * @return the connection, or null when there may be no more sockets or no port is free
     */
    Connection connect(int port, ChannelClass trafficClass) {
        int localPort = freePort();
        if (host.sockets.isLimitReached() || localPort < 0) {
            return null;
        }
        Connection connection = connection(freshId(), false, localPort, port, trafficClass);
        host.add(connection);
        host.timers.start(connection.connectTimer, host.now + host.settings.connectTimeoutNs());
        sendNcsyn(connection);
        return connection;
    }

    private Connection connection(long id, boolean accepting, int local, int remote, ChannelClass trafficClass) {
        return new Connection(id, accepting, local, remote, trafficClass, host.outgoingPieces, host.pieces,
                host.identifiers.secret(id));
    }

    /** A local port that no listener and no live connection has, or -1. */
    private int freePort() {
        int ports = LAST_LOCAL_PORT - FIRST_LOCAL_PORT + 1;
        if (nextPort == 0) {
            nextPort = FIRST_LOCAL_PORT + (int) Long.remainderUnsigned(host.identifiers.secret(0), ports);
        }
        for (int tried = 0; tried < ports; tried++) {
            int port = nextPort;
            nextPort = port == LAST_LOCAL_PORT ? FIRST_LOCAL_PORT : port + 1;
            if (!host.listeners.containsKey(port) && host.localPorts.get(port) == 0) {
                return port;
            }
        }
        return -1;
    }

    /** None that the peer happens to have taken. */
    private long freshId() {
        long id;
        do {
            id = host.identifiers.next();
        } while (host.connection(id) != null);
        return id;
    }

    /** Tells the class for both directions and this host's send buffer. */
    void sendNcsyn(Connection connection) {
        host.sendControl(connection, Wire.NCSYN, connection.trafficClass.code(), host.settings.sendBuffer());
    }

    void sendNcsynAck(Connection connection) {
        host.sendControl(connection, Wire.NCSYN_ACK, 0, host.settings.sendBuffer());
    }

    /** NC-HS-10: the next child, whatever became of it, or null. */
    Connection accept(Listener listener) {
        Connection child = listener.children.poll();
        if (child != null) {
            child.holder = Holder.SOCKET;
        }
        return child;
    }

    /** NC-HS-2, in its order; before it the last part of NC-HS-7. */
    void onNcsyn(IncomingPacket ncsyn) {
        long id = ncsyn.connection;
        if (host.memory.resetFirst.find(id, host.now) != null) {
            host.drop(Dropped.LATE_NCSYN);
            return;
        }
        if (id == 0) {
            host.drop(Dropped.MEANINGLESS);
            return;
        }
        Connection known = host.live(id);
        Reason refused = host.memory.refused.find(id, host.now);
        if (known != null) {
            onNcsynAgain(known, ncsyn);
        } else if (host.connection(id) != null || host.memory.gone.find(id, host.now) != null) {
            // An id that the application still holds stays gone: a second child would share its name.
            answerReset(ncsyn, Reason.UNKNOWN_CONNECTION);
        } else if (refused != null) {
            refuse(ncsyn, refused);
        } else {
            onFreshNcsyn(ncsyn);
        }
    }

    private void onNcsynAgain(Connection connection, IncomingPacket ncsyn) {
        if (!connection.hasPortsOf(ncsyn)) {
            host.drop(Dropped.PORT_MISMATCH);
        } else if (connection.accepting) {
            sendNcsynAck(connection);
            host.settle(connection);
        } else {
            // NC-HS-9: an NCSYN never meets the asking side of a connection.
            host.drop(Dropped.STALE);
        }
    }

    private void onFreshNcsyn(IncomingPacket ncsyn) {
        Listener listener = host.listeners.get(ncsyn.destinationPort);
        if (ncsyn.tag != ChannelClass.LATENCY.code() && ncsyn.tag != ChannelClass.THROUGHPUT.code()) {
            answerReset(ncsyn, Reason.PROTOCOL_ERROR);
        } else if (listener == null) {
            refuse(ncsyn, Reason.NO_LISTENER);
        } else if (listener.isFull()) {
            host.statistics.limited(Limited.CHILD_REFUSED_BACKLOG_FULL);
            refuse(ncsyn, Reason.BACKLOG_FULL);
        } else if (host.sockets.isLimitReached()) {
            host.statistics.limited(Limited.CHILD_REFUSED_LIMIT);
            refuse(ncsyn, Reason.LIMIT);
        } else {
            accept(listener, ncsyn);
        }
    }

    /** The table first, then the accept queue, and then the answer: a reply must find the child. */
    private void accept(Listener listener, IncomingPacket ncsyn) {
        ChannelClass trafficClass = ncsyn.tag == ChannelClass.LATENCY.code()
                ? ChannelClass.LATENCY : ChannelClass.THROUGHPUT;
        Connection child =
                connection(ncsyn.connection, true, ncsyn.destinationPort, ncsyn.sourcePort, trafficClass);
        child.announce(ncsyn.offset);
        host.add(child);
        listener.children.add(child);
        listener.waiters.wake();
        sendNcsynAck(child);
    }

    /** NC-HS-2: a refused id is refused again with the same reason, so that no copy of its NCSYN is accepted later. */
    private void refuse(IncomingPacket ncsyn, Reason reason) {
        host.memory.refused.put(ncsyn.connection, reason, host.now);
        host.channels.sendControl(Wire.NCREFUSE, reason.tag(), ncsyn.connection, 0, 0, ncsyn.destinationPort,
                ncsyn.sourcePort);
    }

    /** NC-HS-3: in SYN_SENT any packet of the connection establishes; NCREFUSE, RST and NCSYN do not come here. */
    void establish(Connection connection) {
        if (!connection.isEstablished()) {
            connection.state = State.ESTABLISHED;
            host.timers.remove(connection.connectTimer);
        }
    }

    /** NC-HS-3: tells the peer's send buffer, which counts once. */
    void onNcsynAck(Connection connection, IncomingPacket ncsynAck) {
        if (connection.accepting) {
            host.drop(Dropped.STALE);
        } else {
            connection.announce(ncsynAck.offset);
        }
    }

    /** NC-HS-4: in SYN_SENT connect fails with REFUSED; later NCREFUSE is ignored. */
    void onNcrefuse(IncomingPacket ncrefuse) {
        Connection connection = host.live(ncrefuse.connection);
        Reason reason = Reason.of(PacketType.NCREFUSE, ncrefuse.tag).orElse(null);
        if (connection == null) {
            host.drop(Dropped.UNKNOWN_CONNECTION);
        } else if (!connection.hasPortsOf(ncrefuse)) {
            host.drop(Dropped.PORT_MISMATCH);
        } else if (connection.isEstablished()) {
            host.drop(Dropped.STALE);
        } else if (reason == null) {
            host.drop(Dropped.MEANINGLESS);
        } else {
            host.closing.end(connection, ErrorCode.REFUSED, reason);
        }
    }

    /** NC-HS-6: RST TIMEOUT is sent and connect fails with TIMEOUT. */
    void connectTimeoutExpires(Connection connection) {
        host.closing.sendReset(connection, Reason.TIMEOUT);
        host.closing.end(connection, ErrorCode.TIMEOUT, Reason.TIMEOUT);
    }

    /** NC-HS-7: some packets for an unknown connection are answered, every other is ignored. */
    void onUnknownConnection(IncomingPacket packet) {
        host.drop(Dropped.UNKNOWN_CONNECTION);
        switch (packet.type) {
            case Wire.DATA, Wire.FIN, Wire.ACK, Wire.STOP, Wire.NCSYN_ACK -> answerUnknown(packet);
            default -> {
                // Every other packet is ignored.
            }
        }
    }

    /** NC-HS-7: a second answer within the acknowledgement delay waits until it is over; others are merged with it. */
    private void answerUnknown(IncomingPacket packet) {
        Answer answer = host.memory.answers.find(packet.connection, host.now);
        if (answer == null) {
            sendAnswer(packet.connection, packet.destinationPort, packet.sourcePort);
            return;
        }
        // The ports of the last packet count: a forged one before it does not misdirect the answer for long.
        answer.sourcePort = packet.destinationPort;
        answer.destinationPort = packet.sourcePort;
        if (!answer.timer.isRunning()) {
            host.timers.start(answer.timer, answer.sentAt + host.settings.acknowledgementDelayNs());
        }
    }

    private void sendAnswer(long connection, int sourcePort, int destinationPort) {
        host.closing.sendReset(
                new Memory.Reset(connection, Reason.UNKNOWN_CONNECTION.tag(), sourcePort, destinationPort, 0));
        host.memory.answers.put(connection, new Answer(connection, host.now), host.now);
    }

    /** NC-HS-7: the answer that waited is sent. */
    void answerDelayExpires(Answer answer) {
        sendAnswer(answer.connection, answer.sourcePort, answer.destinationPort);
    }

    private void answerReset(IncomingPacket packet, Reason reason) {
        host.closing.sendReset(new Memory.Reset(
                packet.connection, reason.tag(), packet.destinationPort, packet.sourcePort, 0));
    }
}
