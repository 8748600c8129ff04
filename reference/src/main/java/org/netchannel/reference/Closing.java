package org.netchannel.reference;

import java.util.Optional;
import org.netchannel.reference.Connection.End;
import org.netchannel.reference.Connection.Holder;
import org.netchannel.reference.Memory.SentReset;
import org.netchannel.reference.Sending.Fin;
import org.netchannel.traces.ErrorCode;
import org.netchannel.traces.Outcome.Done;
import org.netchannel.traces.PacketHeader;
import org.netchannel.traces.PacketType;
import org.netchannel.traces.Reason;

/** Section 7: shutdown, close, abort; FIN and RST. */
final class Closing {
    private Closing() {}

    /** NC-FIN-1, NC-HS-11: FIN follows when every byte was handed to a channel. */
    static Step<Done> shutdown(HostState host, int socket) {
        Optional<Connection> connection = Sockets.find(host, socket);
        return connection.isEmpty() ? Sockets.none(host, socket) : Step.done(shutdown(host, connection.get()));
    }

    private static HostState shutdown(HostState host, Connection connection) {
        if (!connection.isLive() || connection.sending().fin() != Fin.OPEN) {
            return host;
        }
        HostState due = host.with(connection.with(connection.sending().withFin(Fin.DUE)));
        return Connections.settle(due, connection.id());
    }

    /** NC-FIN-1, NC-RST-2: FIN is sent once every byte was handed to a channel, stopped or not. */
    static HostState sendFinWhenDue(HostState host, Connection connection) {
        Sending sending = connection.sending();
        boolean due = connection.isEstablished() && sending.fin() == Fin.DUE && sending.sndNxt() == sending.written();
        return due ? sendFin(host, connection.with(sending.withFin(Fin.SENT))) : host;
    }

    static HostState sendFin(HostState host, Connection connection) {
        return Connections.send(host, connection, PacketType.FIN, 0, connection.sending().written());
    }

    /** NC-FIN-4: shutdown and the end of reading; bytes that nobody will read are answered by RST CLOSED. */
    static Step<Done> close(HostState host, int socket) {
        Optional<Connection> found = Sockets.find(host, socket);
        if (found.isEmpty()) {
            return Sockets.none(host, socket);
        }
        Connection connection = found.get();
        HostState next = Sockets.forget(host, socket);
        boolean unread = connection.receiving().held() > 0 || !connection.responses().waiting().isEmpty();
        if (!connection.isEstablished() || unread) {
            return Step.done(release(next, connection, Reason.CLOSED));
        }
        Connection alone = connection.heldBy(Holder.NOBODY);
        return Step.done(shutdown(next.with(alone), alone));
    }

    /** NC-RST-1: RST ABORTED, whatever the state. */
    static Step<Done> abort(HostState host, int socket) {
        Optional<Connection> connection = Sockets.find(host, socket);
        return connection.isEmpty()
                ? Sockets.none(host, socket)
                : Step.done(release(Sockets.forget(host, socket), connection.get(), Reason.ABORTED));
    }

    /** Nobody holds the connection any more: it is reset, or forgotten when it is over already (NC-HS-8, NC-HS-11). */
    static HostState release(HostState host, Connection connection, Reason reason) {
        return connection.isLive()
                ? reset(host, connection.heldBy(Holder.NOBODY), reason)
                : host.without(connection);
    }

    /** NC-RST-1: RST is sent, and this side sees the same reason. */
    static HostState reset(HostState host, Connection connection, Reason reason) {
        HostState sent = sendReset(host, Connections.header(connection, PacketType.RST, 0, reason.tag(), 0));
        return end(sent, connection, Optional.of(new End(ErrorCode.RESET, reason)));
    }

    /** Sends RST and remembers it for a new control channel (NC-FAIL-2). */
    static HostState sendReset(HostState host, PacketHeader reset) {
        Memory memory = host.memory();
        HostState remembered = host.with(memory.withSentResets(memory.sentResets().plus(
                new SentReset(reset.connection(), reset.tag()), reset, host.now(),
                host.settings().connectTimeoutNanos())));
        return Channels.sendControl(remembered, reset);
    }

    /** The connection is over and its id gone (NC-HS-2); what the application may still read is kept (NC-RST-1). */
    static HostState end(HostState host, Connection connection, Optional<End> how) {
        Memory memory = host.memory();
        HostState gone = HeadOfLine.discard(host, connection).with(memory.withGone(
                memory.gone().plus(connection.id(), true, host.now(), host.settings().connectTimeoutNanos())));
        Connection closed = connection.closed(how);
        return closed.holder() == Holder.NOBODY ? gone.without(closed) : gone.with(closed);
    }

    /** NC-FIN-1, NC-FIN-3, NC-DATA-6: one final offset, no byte at or over it, and none where no byte may be. */
    static HostState onFin(HostState host, Connection connection, PacketHeader fin) {
        Receiving receiving = connection.receiving();
        if (receiving.finalOffset().isPresent()) {
            return receiving.finalOffset().getAsLong() == fin.offset()
                    ? host.dropping(Drop.STALE)
                    : reset(host, connection, Reason.PROTOCOL_ERROR);
        }
        if (Long.compareUnsigned(fin.offset(), receiving.highest()) < 0) {
            return reset(host, connection, Reason.PROTOCOL_ERROR);
        }
        if (receiving.announced().isPresent() && Long.compareUnsigned(fin.offset(), receiving.limit()) > 0) {
            return reset(host, connection, Reason.BUFFER_EXCEEDED);
        }
        return host.with(connection.with(receiving.withFinalOffset(fin.offset())));
    }

    /** NC-FIN-5: both FINs are through: the last acknowledgement is sent and the connection is gone. */
    static HostState finishWhenOver(HostState host, Connection connection) {
        if (!connection.receiving().isFinReceived() || !connection.sending().isFinAcknowledged()) {
            return host;
        }
        HostState acknowledged =
                connection.receiving().isUnsent() ? Delivery.acknowledge(host, connection) : host;
        return end(acknowledged, connection, Optional.empty());
    }

    /** NC-RST-1, NC-FIN-6, NC-HS-11; for an unknown connection NC-HS-7. RST is never answered. */
    static HostState onRst(HostState host, PacketHeader rst) {
        if (rst.connection() == 0) {
            return host.dropping(Drop.MEANINGLESS);
        }
        Optional<Connection> connection = host.live(rst.connection());
        if (connection.isEmpty()) {
            Memory memory = host.memory();
            return host.dropping(Drop.UNKNOWN_CONNECTION).with(memory.withResetFirst(memory.resetFirst()
                    .plus(rst.connection(), true, host.now(), host.settings().connectTimeoutNanos())));
        }
        if (!connection.get().hasPortsOf(rst)) {
            return host.dropping(Drop.PORT_MISMATCH);
        }
        Optional<Reason> reason = Reason.of(PacketType.RST, rst.tag());
        if (reason.isEmpty()) {
            return host.dropping(Drop.MEANINGLESS);
        }
        boolean finished = reason.get() == Reason.UNKNOWN_CONNECTION
                && connection.get().sending().fin() == Fin.SENT && connection.get().receiving().isFinReceived();
        return end(host, connection.get(),
                finished ? Optional.empty() : Optional.of(new End(ErrorCode.RESET, reason.get())));
    }
}
