package org.netchannel.optimized;

import org.netchannel.optimized.Connection.Fin;
import org.netchannel.optimized.Connection.Holder;
import org.netchannel.traces.Endpoint.State;
import org.netchannel.traces.ErrorCode;
import org.netchannel.traces.PacketType;
import org.netchannel.traces.Reason;

/** Section 7: shutdown, close, abort; FIN and RST. */
final class Closing {
    private final HostCore host;

    Closing(HostCore host) {
        this.host = host;
    }

    /** NC-FIN-1, NC-HS-11: FIN follows when every byte was handed to a channel. */
    void shutdown(Connection connection) {
        if (connection.isLive() && connection.fin == Fin.OPEN) {
            connection.fin = Fin.DUE;
            host.settle(connection);
        }
    }

    /** NC-FIN-1, NC-RST-2: FIN is sent once every byte was handed to a channel, stopped or not. */
    void sendFinWhenDue(Connection connection) {
        if (connection.fin == Fin.DUE && connection.isEstablished() && !connection.sending.hasNew()) {
            connection.fin = Fin.SENT;
            sendFin(connection);
        }
    }

    void sendFin(Connection connection) {
        host.sendControl(connection, Wire.FIN, 0, connection.sending.written());
    }

    /** NC-FIN-4: shutdown and the end of reading; bytes that nobody will read are answered by RST CLOSED. */
    void close(Connection connection) {
        boolean unread = connection.receiving.held() > 0 || !connection.responses.isEmpty();
        if (!connection.isEstablished() || unread) {
            release(connection, Reason.CLOSED);
        } else {
            connection.holder = Holder.NOBODY;
            shutdown(connection);
        }
    }

    /** NC-RST-1, NC-HS-8, NC-HS-11: nobody holds it any more: it is reset, or forgotten when it is over already. */
    void release(Connection connection, Reason reason) {
        connection.holder = Holder.NOBODY;
        if (connection.isLive()) {
            reset(connection, reason);
        } else {
            host.forget(connection);
        }
    }

    /** Aborted for its memory, as its application might have done (section 10); who has its socket sees a reset. */
    void reclaim(Connection connection) {
        connection.isReclaimed = true;
        release(connection, Reason.ABORTED);
        connection.error = ErrorCode.RESET;
        connection.reason = Reason.ABORTED;
        // What has not been read is gone, so this is no end-of-stream.
        connection.finArrived = false;
        connection.waiters.wake();
    }

    /** NC-RST-1: RST is sent, and this side sees the same reason. */
    void reset(Connection connection, Reason reason) {
        sendReset(connection, reason);
        end(connection, ErrorCode.RESET, reason);
    }

    void sendReset(Connection connection, Reason reason) {
        sendReset(new Memory.Reset(connection.id, reason.tag(), connection.localPort, connection.remotePort,
                connection.receivedNext()));
    }

    /** Sends RST and remembers it for a new control channel (NC-FAIL-2). */
    void sendReset(Memory.Reset reset) {
        host.memory.sentResets.put(new Memory.SentReset(reset.connection(), reset.reason()), reset, host.now);
        putReset(reset);
    }

    void putReset(Memory.Reset reset) {
        host.channels.sendControl(Wire.RST, reset.reason(), reset.connection(), 0, reset.ack(), reset.sourcePort(),
                reset.destinationPort());
    }

    /** The connection is over and its id gone (NC-HS-2); what the application may still read is kept (NC-RST-1). */
    void end(Connection connection, ErrorCode error, Reason reason) {
        connection.state = State.CLOSED;
        connection.error = error;
        connection.reason = reason;
        if (error != null) {
            FlightEvents.connectionLost(host, connection);
        }
        connection.responses.clear(host.pieces);
        connection.sending.clear();
        connection.receiving.dropOutOfSequence();
        host.memory.gone.put(connection.id, true, host.now);
        host.retire(connection);
    }

    /** NC-FIN-1, NC-FIN-3, NC-DATA-6: one final offset, no byte at or over it, and none where no byte may be. */
    void onFin(Connection connection, IncomingPacket fin) {
        if (connection.finArrived) {
            if (connection.finalOffset == fin.offset) {
                host.drop(Dropped.STALE);
            } else {
                reset(connection, Reason.PROTOCOL_ERROR);
            }
        } else if (Long.compareUnsigned(fin.offset, connection.highest) < 0) {
            reset(connection, Reason.PROTOCOL_ERROR);
        } else if (connection.isAnnounced() && Long.compareUnsigned(fin.offset, connection.limit()) > 0) {
            reset(connection, Reason.BUFFER_EXCEEDED);
        } else {
            connection.finArrived = true;
            connection.finalOffset = fin.offset;
        }
    }

    /** NC-FIN-5: both FINs are through: the last acknowledgement is sent and the connection is gone. */
    void finishWhenOver(Connection connection) {
        if (connection.isFinReceived() && connection.isFinAcknowledged()) {
            if (connection.isAcknowledgementUnsent()) {
                host.delivery.sendAck(connection);
            }
            end(connection, null, null);
        }
    }

    /** NC-RST-1, NC-FIN-6, NC-HS-11; for an unknown connection NC-HS-7. RST is never answered. */
    void onRst(IncomingPacket rst) {
        if (rst.connection == 0) {
            host.drop(Dropped.MEANINGLESS);
            return;
        }
        Connection connection = host.live(rst.connection);
        Reason reason = Reason.of(PacketType.RST, rst.tag).orElse(null);
        if (connection == null) {
            host.drop(Dropped.UNKNOWN_CONNECTION);
            host.memory.resetFirst.put(rst.connection, true, host.now);
        } else if (!connection.hasPortsOf(rst)) {
            host.drop(Dropped.PORT_MISMATCH);
        } else if (reason == null) {
            host.drop(Dropped.MEANINGLESS);
        } else if (reason == Reason.UNKNOWN_CONNECTION && connection.fin == Fin.SENT && connection.isFinReceived()) {
            end(connection, null, null);
        } else {
            end(connection, ErrorCode.RESET, reason);
        }
    }
}
