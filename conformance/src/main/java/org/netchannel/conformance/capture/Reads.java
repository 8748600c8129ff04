package org.netchannel.conformance.capture;

import java.util.Optional;
import org.netchannel.conformance.capture.PacketStore.Seen;
import org.netchannel.reference.Connection;
import org.netchannel.reference.ResponseQueue.Waiting;
import org.netchannel.traces.Endpoint.State;
import org.netchannel.traces.PacketHeader;
import org.netchannel.traces.PacketType;

/**
 * The receiving half: what must have arrived and been read for a packet to acknowledge, stop or resume as it does. A
 * reader reads the least: only what makes room for the next packet, and what a RESUME shows.
 */
final class Reads {
    private final Explainer explainer;
    private final Reasons reasons;
    private final Arrivals arrivals;

    Reads(Explainer explainer, Reasons reasons, Arrivals arrivals) {
        this.explainer = explainer;
        this.reasons = reasons;
        this.arrivals = arrivals;
    }

    /** NC-DATA-5: everything below the packet's ack is in the receive buffer. */
    void acknowledge(SeenHost host, PacketHeader packet) {
        long id = packet.connection();
        while (lacks(host, packet)) {
            Connection connection = host.connection(id).orElseThrow();
            if (!arriveNext(host, connection, id, false) && !makeRoom(host, connection, id)) {
                return;
            }
        }
    }

    private static boolean lacks(SeenHost host, PacketHeader packet) {
        return host.connection(packet.connection())
                .filter(connection -> connection.state() != State.CLOSED
                        && Long.compareUnsigned(connection.receiving().rcvNxt(), packet.ack()) < 0)
                .isPresent();
    }

    /** The packet that carries the next byte, or the FIN, arrives. */
    private boolean arriveNext(SeenHost host, Connection connection, long id, boolean withhold) {
        long next = connection.receiving().rcvNxt();
        Optional<Seen> seen = arrivals.underWay(host, id, header ->
                Arrivals.is(header, PacketType.DATA) && header.offset() <= next
                                && next < header.offset() + header.length()
                        || Arrivals.is(header, PacketType.FIN) && header.offset() == next);
        return seen.filter(packet -> explainer.deliverUntil(host, packet, withhold)).isPresent();
    }

    /** What has arrived waits in the response queue: STOP_ACK moves it, or a read. */
    private boolean makeRoom(SeenHost host, Connection connection, long id) {
        return !connection.responses().waiting().isEmpty() && (stopAckArrives(host, connection, id) || least(host, id));
    }

    private boolean stopAckArrives(SeenHost host, Connection connection, long id) {
        return connection.responses().outstanding()
                && arrivals.underWay(host, id, header -> Arrivals.is(header, PacketType.STOP_ACK)
                                && header.tag() == connection.responses().epoch())
                        .filter(seen -> explainer.deliverUntil(host, seen, false))
                        .isPresent();
    }

    /** Reads as much as makes room for the packet that waits first. */
    boolean least(SeenHost host, long id) {
        Optional<Connection> connection = host.connection(id);
        if (connection.isEmpty() || connection.get().responses().waiting().isEmpty()) {
            return false;
        }
        Waiting first = connection.get().responses().waiting().get(0);
        long needed = connection.get().receiving().held() + first.data().bytes().length()
                - host.state().settings().receiveBuffer();
        return read(host, id, Math.max(1, needed)) > 0;
    }

    private int read(SeenHost host, long id, long atMost) {
        long readable = host.connection(id).map(Reads::readable).orElse(0L);
        if (readable == 0 || !reasons.hasSocket(host, id)) {
            return 0;
        }
        return host.receive(arrivals.end(host, id), (int) Math.min(Math.min(readable, atMost), Integer.MAX_VALUE));
    }

    private static long readable(Connection connection) {
        var receiving = connection.receiving();
        boolean over = receiving.finalOffset().isPresent()
                && receiving.rcvNxt() == receiving.finalOffset().getAsLong() + 1;
        return receiving.rcvNxt() - (over ? 1 : 0) - receiving.read();
    }

    static boolean hasUnread(Connection connection) {
        return connection.receiving().held() > 0 || !connection.responses().waiting().isEmpty();
    }

    /** NC-HOL-3: nobody is stopped because of a packet that somebody makes room for; but some are. */
    void relieveUnlessStopped(SeenHost host, long id) {
        if (host.connection(id).filter(Reads::waits).isPresent() && !arrivals.willStop(host, id)) {
            relieve(host, id);
        }
    }

    /** Reads until nothing waits. */
    void relieve(SeenHost host, long id) {
        Optional<Connection> connection = host.connection(id);
        while (connection.isPresent() && !connection.get().responses().waiting().isEmpty()
                && !connection.get().responses().outstanding() && least(host, id)) {
            connection = host.connection(id);
        }
    }

    /** NC-HOL-4: a packet has waited for as long as the head-of-line timer runs. */
    void stop(SeenHost host, PacketHeader stop) {
        long id = stop.connection();
        Optional<Connection> connection = host.connection(id);
        if (connection.isEmpty() || connection.get().responses().epoch() >= stop.tag()) {
            return;
        }
        long waitsSince = 0;
        while (host.connection(id).filter(Reads::waits).isEmpty()) {
            Optional<Seen> data = arrivals.underWay(host, id, header -> Arrivals.is(header, PacketType.DATA));
            if (data.isEmpty() || !explainer.deliverUntil(host, data.get(), true)) {
                return;
            }
            waitsSince = explainer.nanos(data.get());
        }
        reasons.expire(host, id, host.connection(id).orElseThrow().responses().deadline(),
                host.state().settings().headOfLineNanos(), waitsSince);
    }

    private static boolean waits(Connection connection) {
        return !connection.responses().waiting().isEmpty();
    }

    /** NC-HOL-7: the response queue has become empty, and there was room. */
    void resume(SeenHost host, PacketHeader resume) {
        long id = resume.connection();
        boolean moved = true;
        while (moved && isStopped(host, resume)) {
            Connection connection = host.connection(id).orElseThrow();
            // The reference resumes at half of its buffer; more is not read, so that the next STOP has its reason, too.
            long overHalf = connection.receiving().held() - host.state().settings().receiveBuffer() / 2;
            moved = waits(connection)
                    ? makeRoom(host, connection, id) || arriveNext(host, connection, id, true)
                    : read(host, id, Math.max(1, overHalf)) > 0;
        }
        if (isStopped(host, resume) && reasons.hasSocket(host, id)) {
            host.receive(arrivals.end(host, id), 1);
        }
    }

    private static boolean isStopped(SeenHost host, PacketHeader resume) {
        return host.connection(resume.connection())
                .filter(connection -> connection.responses().outstanding()
                        && connection.responses().epoch() == resume.tag())
                .isPresent();
    }
}
