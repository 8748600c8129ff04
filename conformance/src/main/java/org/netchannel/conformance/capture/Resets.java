package org.netchannel.conformance.capture;

import java.util.List;
import java.util.Optional;
import org.netchannel.conformance.capture.PacketStore.Seen;
import org.netchannel.reference.Connection;
import org.netchannel.traces.Endpoint.State;
import org.netchannel.traces.PacketHeader;
import org.netchannel.traces.PacketType;
import org.netchannel.traces.Reason;
import org.netchannel.traces.TraceEvent;

/** Finds what must have happened on a host for it to reset a connection: the RST's tag says which it can be. */
final class Resets {
    private final Explainer explainer;
    private final Reasons reasons;
    private final Reads reads;
    private final Arrivals arrivals;

    Resets(Explainer explainer, Reasons reasons, Reads reads, Arrivals arrivals) {
        this.explainer = explainer;
        this.reasons = reasons;
        this.reads = reads;
        this.arrivals = arrivals;
    }

    /** The host is about to send an RST. */
    void find(SeenHost host, PacketHeader rst) {
        long id = rst.connection();
        Optional<Reason> reason = Reason.of(PacketType.RST, rst.tag());
        if (reason.isEmpty() || host.owesReset(id, rst.tag())) {
            return;
        }
        if (host.connection(id).isPresent()) {
            reasons.sendAll(host, id);
            reads.acknowledge(host, rst);
        }
        Optional<Connection> connection = host.connection(id);
        boolean lives = connection.isPresent() && connection.get().state() != State.CLOSED;
        switch (reason.get()) {
            case ABORTED -> {
                establishUnlessOpening(host, id);
                if (reasons.hasSocket(host, id)) {
                    arrivals.end(host, id).closed = true;
                    host.call(new TraceEvent.Abort(arrivals.end(host, id).socket, null));
                }
            }
            case CLOSED -> close(host, id);
            case TIMEOUT -> {
                // NC-HS-6: NCSYN may have waited for a channel, so how long the host has waited can't be seen.
                if (lives) {
                    reasons.expire(host, id, connection.get().connectDeadline(), 0, 0);
                }
            }
            case CHANNEL_LOST -> {
                explainer.channels().stream().filter(SeenChannel::ends).forEach(each -> explainer.fail(host, each));
                if (host.connection(id).filter(c -> c.sending().lostDeadline() == Long.MAX_VALUE).isPresent()) {
                    reasons.establish(host, id);
                    reasons.send(host, id, arrivals.end(host, id).sent + 1);
                }
                host.connection(id).ifPresent(c -> reasons.expire(host, id, c.sending().lostDeadline(), 0, 0));
            }
            default -> arriveUntilReset(host, id, rst.tag());
        }
    }

    private void establishUnlessOpening(SeenHost host, long id) {
        if (host.connection(id).isEmpty()) {
            reasons.establish(host, id);
        }
    }

    /** NC-FIN-4, NC-HS-8, NC-HS-11. */
    private void close(SeenHost host, long id) {
        establishUnlessOpening(host, id);
        Optional<Connection> connection = host.connection(id);
        if (connection.isEmpty() || connection.get().state() == State.CLOSED) {
            return;
        }
        boolean opening = connection.get().state() == State.SYN_SENT;
        if (isLastChild(host, id, connection.get()) && !Reads.hasUnread(connection.get())) {
            unlisten(host, id, connection.get().localPort());
            return;
        }
        Optional<Seen> data = arrivals.underWay(host, id, header -> Arrivals.is(header, PacketType.DATA));
        while (!opening && !Reads.hasUnread(host.connection(id).orElseThrow()) && data.isPresent()
                && explainer.deliverUntil(host, data.get(), true)) {
            data = arrivals.underWay(host, id, header -> Arrivals.is(header, PacketType.DATA));
        }
        if (opening || Reads.hasUnread(host.connection(id).orElseThrow()) || arrivals.end(host, id).socket != 0) {
            if (reasons.hasSocket(host, id)) {
                arrivals.end(host, id).closed = true;
                host.call(new TraceEvent.Close(arrivals.end(host, id).socket, null));
            }
        } else {
            unlisten(host, id, connection.get().localPort());
        }
    }

    /** A child that nobody has accepted, with no other behind it that would go with the listener. */
    private boolean isLastChild(SeenHost host, long id, Connection connection) {
        var listener = host.state().listeners().get(connection.localPort());
        return listener != null && !listener.children().isEmpty() && arrivals.end(host, id).socket == 0
                && List.copyOf(listener.children()).getLast() == id;
    }

    /** Nothing came for the child that it could leave unread: its listener was closed. */
    private void unlisten(SeenHost host, long id, int port) {
        while (host.state().listeners().containsKey(port)
                && host.state().listeners().get(port).children().contains(id)) {
            if (host.state().listeners().get(port).children().peek() == id) {
                host.call(new TraceEvent.Unlisten(port, null));
            } else {
                host.accept(port).ifPresent(child -> arrivals.end(host, child.connection()).socket = child.socket());
            }
        }
    }

    /** NC-HS-7, NC-DATA-5, NC-DATA-6, NC-FIN-3: something has come that is answered by this. */
    private void arriveUntilReset(SeenHost host, long id, long tag) {
        boolean unknown = tag == Reason.UNKNOWN_CONNECTION.tag();
        boolean arrives = true;
        while (arrives && !host.owesReset(id, tag)) {
            // What makes the connection unknown comes first, so that something is left to be answered.
            arrives = unknown && !Reasons.isOver(host, id)
                            && arrivals.arrive(host, id, header -> Arrivals.is(header, PacketType.RST))
                    || arrivals.arrive(host, id, _ -> true);
            // NC-HS-7: the second answer waits for the acknowledgement delay.
            if (unknown && !host.owesReset(id, tag) && Reasons.isOver(host, id)) {
                reasons.advance(host, id, host.state().settings().acknowledgementDelayNanos());
            }
        }
    }
}
