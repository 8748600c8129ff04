package org.netchannel.reference;

import java.util.List;
import org.netchannel.reference.ResponseQueue.Waiting;
import org.netchannel.traces.PacketHeader;
import org.netchannel.traces.PacketType;
import org.pcollections.PVector;

/**
 * Section 6: the response queue in front of the receive buffer, STOP and RESUME. A reader that never reads holds up a
 * channel until its budget is free again: for the head-of-line timer and the answer to STOP (NC-HOL-10).
 */
final class HeadOfLine {
    private HeadOfLine() {}

    /** NC-HOL-1: DATA leaves its channel at once and is charged to its budget; then whatever can move moves. */
    static HostState arrive(HostState host, Connection connection, Waiting packet) {
        HostState charged = Channels.charge(host, host.link().channels().get(packet.channel()),
                packet.data().bytes().length());
        PVector<Waiting> waiting = connection.responses().waiting();
        Connection queued = connection.with(connection.responses().withWaiting(waiting.plus(packet)));
        // Nothing that waited before can move unless the new packet does.
        return canMove(charged, queued, packet) ? move(charged, queued) : charged.with(queued);
    }

    /** NC-HOL-2: every waiting packet that can move does, in order of arrival, again until none can. */
    static HostState move(HostState host, Connection connection) {
        HostState next = host.with(connection);
        int before;
        do {
            before = waiting(next, connection).size();
            next = moveInOrder(next, connection.id());
        } while (waiting(next, connection).size() < before);
        return next;
    }

    private static PVector<Waiting> waiting(HostState host, Connection connection) {
        return host.connections().get(connection.id()).responses().waiting();
    }

    private static HostState moveInOrder(HostState host, long id) {
        HostState next = host;
        Connection connection = host.connections().get(id);
        int index = 0;
        while (index < connection.responses().waiting().size()) {
            if (canMove(next, connection, connection.responses().waiting().get(index))) {
                next = moveOne(next, connection, index);
                connection = next.connections().get(id);
            } else {
                index++;
            }
        }
        return next;
    }

    /** NC-HOL-2 and NC-HOL-6: it fits, or nothing else can be read, or the peer has stopped and this was on its way. */
    private static boolean canMove(HostState host, Connection connection, Waiting packet) {
        Receiving receiving = connection.receiving();
        // A buffer that is over full has no room, and still what was received before leaves the queue (NC-DATA-4).
        long room = Math.max(0, host.settings().receiveBuffer() - receiving.held());
        Piece data = packet.data();
        boolean isNext = data.offset() <= receiving.rcvNxt() && data.end() > receiving.rcvNxt();
        return length(receiving.missing(data)) <= room
                || isNext && receiving.readable() == 0
                || connection.responses().movesAtOnce(data);
    }

    private static long length(List<Piece> parts) {
        long length = 0;
        for (Piece part : parts) {
            length += part.bytes().length();
        }
        return length;
    }

    /** One packet moves to the receive buffer, trimmed, which ends its charge (NC-CH-4, NC-DATA-4). */
    private static HostState moveOne(HostState host, Connection connection, int index) {
        Receiving receiving = connection.receiving();
        Waiting packet = connection.responses().waiting().get(index);
        Connection moved = connection.with(receiving.store(receiving.missing(packet.data())));
        ResponseQueue responses = moved.responses();
        HostState next = host.with(moved.with(responses.withWaiting(responses.waiting().minus(index))));
        return Channels.discharge(next, packet.channel(), packet.data().bytes().length());
    }

    /** Every waiting packet leaves the queue unread, which ends its charge: the connection is over. */
    static HostState discard(HostState host, Connection connection) {
        HostState next = host;
        for (Waiting packet : connection.responses().waiting()) {
            next = Channels.discharge(next, packet.channel(), packet.data().bytes().length());
        }
        return next;
    }

    /** NC-HOL-3: the timer runs while a packet waits and no STOP is outstanding. */
    static Connection withHeadOfLineTimer(HostState host, Connection connection) {
        ResponseQueue responses = connection.responses();
        boolean runs = !responses.waiting().isEmpty() && !responses.outstanding()
                && responses.epoch() < ResponseQueue.LAST_EPOCH;
        long deadline = Connections.deadline(runs, responses.deadline(),
                host.now() + host.settings().headOfLineNanos());
        return deadline == responses.deadline() ? connection : connection.with(responses.withDeadline(deadline));
    }

    /** NC-HOL-4: the epoch grows by one and STOP is sent; the queue is not empty, for the timer runs only then. */
    static HostState headOfLineTimerExpires(HostState host, Connection connection) {
        ResponseQueue stopped = connection.responses().stopped();
        return Connections.send(host, connection.with(stopped), PacketType.STOP, stopped.epoch(), 0);
    }

    /** NC-HOL-5: the answer is always STOP_ACK; new bytes are held back when the epoch is new and not resumed. */
    static HostState onStop(HostState host, Connection connection, PacketHeader stop) {
        Sending sending = connection.sending();
        long epoch = stop.tag();
        boolean counts = epoch > sending.stopEpoch() && epoch > sending.resumedEpoch();
        Connection stopped = counts ? connection.with(sending.withStopEpoch(epoch)) : connection;
        return Connections.send(host, stopped, PacketType.STOP_ACK, epoch, sending.sndNxt());
    }

    /** NC-HOL-6: the whole response queue moves, and until RESUME so does what was on its way. */
    static HostState onStopAck(HostState host, Connection connection, PacketHeader stopAck) {
        ResponseQueue responses = connection.responses();
        if (!responses.outstanding() || stopAck.tag() != responses.epoch()) {
            return host.dropping(Drop.STALE);
        }
        // NC-DATA-3: no honest snd_nxt is over the limit, and with a dishonest one NC-HOL-9 still has to hold.
        long limit = connection.receiving().limit();
        long stoppedAt = Long.compareUnsigned(stopAck.offset(), limit) > 0 ? limit : stopAck.offset();
        HostState next = host.with(connection.with(responses.withStoppedAt(stoppedAt)));
        for (int left = responses.waiting().size(); left > 0; left--) {
            next = moveOne(next, next.connections().get(connection.id()), 0);
        }
        // NC-HOL-7 lets RESUME be sent here, too; but what has just moved did not fit, so the buffer is over half full.
        return next;
    }

    /** NC-HOL-7: RESUME when the queue is empty and the buffer is at half or less; considered at a read. */
    static HostState resumeWhenPossible(HostState host, Connection connection) {
        ResponseQueue responses = connection.responses();
        boolean possible = responses.outstanding() && responses.waiting().isEmpty()
                && 2 * connection.receiving().held() <= host.settings().receiveBuffer();
        return possible
                ? Connections.send(host, connection.with(responses.resumed()), PacketType.RESUME, responses.epoch(), 0)
                : host;
    }

    /** NC-HOL-8: an epoch at or above the one in force lets new bytes go; the highest one is remembered. */
    static HostState onResume(HostState host, Connection connection, PacketHeader resume) {
        Sending sending = connection.sending();
        return resume.tag() > sending.resumedEpoch()
                ? host.with(connection.with(sending.resume(resume.tag())))
                : host.dropping(Drop.STALE);
    }

    /** NC-FAIL-2: the outstanding STOP or the latest RESUME. */
    static HostState repeat(HostState host, Connection connection) {
        ResponseQueue responses = connection.responses();
        if (responses.epoch() == 0) {
            return host;
        }
        PacketType type = responses.outstanding() ? PacketType.STOP : PacketType.RESUME;
        return Connections.send(host, connection, type, responses.epoch(), 0);
    }
}
