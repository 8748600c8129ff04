package org.netchannel.optimized;

import org.netchannel.optimized.Connection.Fin;
import org.netchannel.optimized.Connection.Holder;
import org.netchannel.traces.Reason;

/** Section 5: bytes are taken, received, acknowledged and read. */
final class Delivery {
    private final HostCore host;

    Delivery(HostCore host) {
        this.host = host;
    }

    /** NC-DATA-3: how many bytes the connection takes now; in SYN_SENT none (NC-HS-5). */
    long room(Connection connection) {
        return host.outgoingPieces.isShort() ? 0 : bufferRoom(connection);
    }

    /** The same, were there always memory to keep track of it. */
    long bufferRoom(Connection connection) {
        if (!connection.isEstablished() || connection.fin != Fin.OPEN) {
            return 0;
        }
        SendBuffer sending = connection.sending;
        return host.settings.sendBuffer() - (sending.written() - sending.unacknowledged()) - connection.claimed;
    }

    /**
     * The application gives bytes, at most {@link #room}.
     *
     * @param appended how many of them lie behind {@link SendBuffer#lastWaiting}, which is still the same
     * @param chain segments that hold the others, linked, each with its length; their references are taken over
     */
    void send(Connection connection, int appended, Segment chain) {
        if (appended > 0) {
            connection.sending.append(appended);
        }
        for (Segment segment = chain; segment != null; ) {
            Segment next = segment.next;
            segment.next = null;
            connection.sending.write(segment, segment.length);
            segment = next;
        }
        host.settle(connection);
        host.channels.forgetClosed();
    }

    /** NC-DATA-1: the application has read so many of the bytes in sequence. */
    void consume(Connection connection, long bytes) {
        connection.receiving.consume(bytes);
        if (connection.isLive()) {
            host.headOfLine.move(connection);
            host.headOfLine.resumeWhenPossible(connection);
            host.settle(connection);
        }
        host.channels.forgetClosed();
    }

    /** DATA arrives: judged, then queued in front of the receive buffer (NC-HOL-1). */
    void onData(Connection connection, Channel channel, IncomingPacket data) {
        Reason violation = violation(connection, channel, data);
        if (violation != null) {
            host.closing.reset(connection, violation);
        } else if (connection.receiving.missing(data.offset, data.end()) == 0) {
            host.drop(Dropped.OLD_DATA);
        } else if (connection.holder == Holder.NOBODY) {
            host.closing.reset(connection, Reason.CLOSED);
        } else {
            connection.highest = Math.max(connection.highest, data.end());
            data.retainPayload();
            host.headOfLine.arrive(connection, channel, host.pieces.of(data.offset, data.parts()));
        }
    }

    /** NC-HDR-5, NC-FIN-3, NC-DATA-6. The bounds are unsigned: whatever the peer says, offsets do not overflow. */
    private static Reason violation(Connection connection, Channel channel, IncomingPacket data) {
        if (channel.channelClass != connection.trafficClass) {
            return Reason.PROTOCOL_ERROR;
        }
        if (connection.finArrived && reaches(data, connection.finalOffset)) {
            return Reason.PROTOCOL_ERROR;
        }
        return reaches(data, connection.limit()) ? Reason.BUFFER_EXCEEDED : null;
    }

    /** Whether any byte of the packet is at or over a bound. An offset near 2^64 is over the limit by itself. */
    private static boolean reaches(IncomingPacket data, long bound) {
        return Long.compareUnsigned(data.offset, bound) >= 0 || Long.compareUnsigned(data.end(), bound) > 0;
    }

    /**
     * NC-DATA-5: the ack value of any packet: bytes below it are received, and it may not be over what was sent.
     *
     * @return whether the connection goes on
     */
    boolean acknowledge(Connection connection, long ack) {
        if (Long.compareUnsigned(ack, connection.highestAck()) > 0) {
            host.closing.reset(connection, Reason.PROTOCOL_ERROR);
            return false;
        }
        if (ack > connection.sending.unacknowledged()) {
            connection.sending.acknowledge(ack);
        }
        return true;
    }

    void sendAck(Connection connection) {
        host.sendControl(connection, Wire.ACK, 0, 0);
    }

    /** NC-DATA-5: ACK is sent when a quarter of the peer's send buffer is received and unsent. */
    void acknowledgeWhenDue(Connection connection) {
        if (connection.isQuarterUnsent()) {
            sendAck(connection);
        }
    }

    /** NC-DATA-5: the acknowledgement delay runs while anything is unsent; when it is over, ACK is sent. */
    void runAcknowledgementDelay(Connection connection) {
        host.run(connection.acknowledgementTimer, connection.isAcknowledgementUnsent(),
                host.settings.acknowledgementDelayNs());
    }
}
