package org.netchannel.reference;

import org.netchannel.traces.PacketHeader;
import org.netchannel.traces.PacketType;

/** What all topics need of a connection: a packet sent for it, and everything that is due after it has changed. */
final class Connections {
    private Connections() {}

    /** A packet of this connection with {@code rcv_nxt} as it is now (NC-DATA-5). */
    static PacketHeader header(Connection connection, PacketType type, int length, long tag, long offset) {
        return new PacketHeader(type.code(), length, connection.localPort(), connection.remotePort(), tag,
                connection.id(), offset, connection.receiving().rcvNxt());
    }

    /** Sends a control packet; the value of {@code rcv_nxt} on it is sent, too. */
    static HostState send(HostState host, Connection connection, PacketType type, long tag, long offset) {
        return Channels.sendControl(host, header(connection, type, 0, tag, offset))
                .with(connection.with(connection.receiving().acknowledged()));
    }

    /** After a change to a connection: whatever can be sent is sent, what is over ends, its timers run. */
    static HostState settle(HostState host, long id) {
        HostState next = Scheduler.handOver(host);
        next = whileLive(next, id, Closing::sendFinWhenDue);
        next = whileLive(next, id, Closing::finishWhenOver);
        next = whileLive(next, id, Delivery::acknowledgeWhenDue);
        return whileLive(next, id, Connections::withTimers);
    }

    /** After a change to a channel: the same for every connection. */
    static HostState settleAll(HostState host) {
        HostState next = host;
        for (Long id : host.connections().keySet()) {
            next = settle(next, id);
        }
        return next;
    }

    /** A step that a connection takes. */
    interface ConnectionStep {
        HostState take(HostState host, Connection connection);
    }

    private static HostState whileLive(HostState host, long id, ConnectionStep step) {
        Connection connection = host.connections().get(id);
        return connection == null || !connection.isLive() ? host : step.take(host, connection);
    }

    /** The same step for every connection that is live. */
    static HostState forEachLive(HostState host, ConnectionStep step) {
        HostState next = host;
        for (Long id : host.connections().keySet()) {
            next = whileLive(next, id, step);
        }
        return next;
    }

    private static HostState withTimers(HostState host, Connection connection) {
        Connection timed = Failure.withChannelLostTimer(host,
                HeadOfLine.withHeadOfLineTimer(host, Delivery.withAcknowledgementDelay(host, connection)));
        return timed == connection ? host : host.with(timed);
    }

    /** The deadline of a timer that is to run or not: it keeps the one it has while it runs. */
    static long deadline(boolean runs, long deadline, long ifStartedNow) {
        if (!runs) {
            return Timers.NEVER;
        }
        return deadline == Timers.NEVER ? ifStartedNow : deadline;
    }
}
