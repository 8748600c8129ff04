package org.netchannel.reference;

import java.util.List;
import java.util.Optional;
import org.netchannel.reference.Connection.End;
import org.netchannel.reference.Connection.Holder;
import org.netchannel.reference.Input.Read;
import org.netchannel.reference.ResponseQueue.Waiting;
import org.netchannel.reference.Sending.Fin;
import org.netchannel.traces.Bytes;
import org.netchannel.traces.ErrorCode;
import org.netchannel.traces.Packet;
import org.netchannel.traces.PacketHeader;
import org.netchannel.traces.PacketType;
import org.netchannel.traces.Reason;

/** Section 5: bytes are taken, received, acknowledged and read. */
final class Delivery {
    private Delivery() {}

    /** NC-DATA-3: takes what the send buffer has room for, and in SYN_SENT nothing (NC-HS-5). */
    static Step<Integer> send(HostState host, int socket, Bytes data) {
        Optional<Connection> found = Sockets.find(host, socket);
        if (found.isEmpty()) {
            return Sockets.none(host, socket);
        }
        Connection connection = found.get();
        if (connection.end().isPresent()) {
            return failed(host, connection.end().get());
        }
        Sending sending = connection.sending();
        if (sending.fin() != Fin.OPEN) {
            return Step.failed(host, ErrorCode.NOT_CONNECTED, "socket " + socket + " was shut down");
        }
        long room = connection.isEstablished()
                ? host.settings().sendBuffer() - (sending.written() - sending.sndUna()) : 0;
        int taken = (int) Math.min(room, data.length());
        if (taken == 0) {
            return Step.ok(host, 0);
        }
        HostState written = host.with(connection.with(sending.write(data.slice(0, taken))));
        return Step.ok(Connections.settle(written, connection.id()), taken);
    }

    private static <T> Step<T> failed(HostState host, End end) {
        return end.error() == ErrorCode.TIMEOUT
                ? Step.failed(host, ErrorCode.TIMEOUT, "no answer within the connect timeout")
                : Step.failed(host, end.error(), end.reason());
    }

    /** NC-DATA-1: the next bytes in order; then end-of-stream (NC-FIN-2) or how the connection ended (NC-RST-1). */
    static Step<Read> receive(HostState host, int socket, int max) {
        if (max < 1) {
            return Step.badRequest(host, "max is " + max + ", legal is 1 to " + Integer.MAX_VALUE);
        }
        Optional<Connection> found = Sockets.find(host, socket);
        if (found.isEmpty()) {
            return Sockets.none(host, socket);
        }
        Connection connection = found.get();
        if (connection.receiving().readable() > 0) {
            return read(host, connection, max);
        }
        if (connection.receiving().isFinReceived()) {
            return Step.ok(host, new Read(List.of(), true));
        }
        return connection.end().isPresent()
                ? failed(host, connection.end().get())
                : Step.ok(host, new Read(List.of(), false));
    }

    private static Step<Read> read(HostState host, Connection connection, int max) {
        Receiving receiving = connection.receiving();
        Read read = new Read(receiving.readable(max), false);
        HostState after = host.with(connection.with(receiving.afterRead(Math.min(max, receiving.readable()))));
        if (!connection.isLive()) {
            return Step.ok(after, read);
        }
        HostState moved = HeadOfLine.move(after, after.connections().get(connection.id()));
        HostState resumed = HeadOfLine.resumeWhenPossible(moved, moved.connections().get(connection.id()));
        return Step.ok(Connections.settle(resumed, connection.id()), read);
    }

    /** DATA arrives: judged, then queued in front of the receive buffer (NC-HOL-1). */
    static HostState onData(HostState host, Connection connection, Channel channel, Packet packet) {
        Optional<Reason> violation = violation(connection, channel, packet);
        if (violation.isPresent()) {
            return Closing.reset(host, connection, violation.get());
        }
        Piece data = new Piece(packet.header().offset(), packet.payload());
        if (connection.receiving().missing(data).isEmpty()) {
            return host.dropping(Drop.OLD_DATA);
        }
        if (connection.holder() == Holder.NOBODY) {
            return Closing.reset(host, connection, Reason.CLOSED);
        }
        Connection arrived = connection.with(connection.receiving().withHighest(data.end()));
        return HeadOfLine.arrive(host.with(arrived), arrived, new Waiting(channel.number(), data));
    }

    /** NC-HDR-5, NC-FIN-3, NC-DATA-6. The bounds are unsigned: whatever the peer says, offsets do not overflow. */
    private static Optional<Reason> violation(Connection connection, Channel channel, Packet packet) {
        Receiving receiving = connection.receiving();
        if (channel.channelClass() != connection.trafficClass()) {
            return Optional.of(Reason.PROTOCOL_ERROR);
        }
        if (receiving.finalOffset().isPresent() && reaches(packet.header(), receiving.finalOffset().getAsLong())) {
            return Optional.of(Reason.PROTOCOL_ERROR);
        }
        return reaches(packet.header(), receiving.limit()) ? Optional.of(Reason.BUFFER_EXCEEDED) : Optional.empty();
    }

    /** Whether any byte of the packet is at or over a bound. An offset near 2^64 is over the limit by itself. */
    private static boolean reaches(PacketHeader header, long bound) {
        return Long.compareUnsigned(header.offset(), bound) >= 0
                || Long.compareUnsigned(header.offset() + header.length(), bound) > 0;
    }

    /** NC-DATA-5: the ack value of any packet: bytes below it are received, and it may not be over what was sent. */
    static HostState onAck(HostState host, Connection connection, long ack) {
        Sending sending = connection.sending();
        if (Long.compareUnsigned(ack, sending.highestAck()) > 0) {
            return Closing.reset(host, connection, Reason.PROTOCOL_ERROR);
        }
        return host.with(ack > sending.sndUna() ? connection.with(sending.acknowledge(ack)) : connection);
    }

    /** NC-DATA-5: ACK is sent when a quarter of the peer's send buffer is received and unsent. */
    static HostState acknowledgeWhenDue(HostState host, Connection connection) {
        return connection.receiving().isQuarterUnsent() ? acknowledge(host, connection) : host;
    }

    static HostState acknowledge(HostState host, Connection connection) {
        return Connections.send(host, connection, PacketType.ACK, 0, 0);
    }

    /** NC-DATA-5: the acknowledgement delay runs while anything is unsent. */
    static Connection withAcknowledgementDelay(HostState host, Connection connection) {
        Receiving receiving = connection.receiving();
        long deadline = Connections.deadline(receiving.isUnsent(), receiving.ackDeadline(),
                host.now() + host.settings().acknowledgementDelayNanos());
        return deadline == receiving.ackDeadline() ? connection : connection.with(receiving.withAckDeadline(deadline));
    }

    /** NC-DATA-5: the acknowledgement delay is over. */
    static HostState acknowledgementDelayExpires(HostState host, Connection connection) {
        return acknowledge(host, connection);
    }
}
