package org.netchannel.reference;

import java.util.Optional;
import org.netchannel.traces.ChannelClass;
import org.netchannel.traces.Endpoint.State;
import org.netchannel.traces.ErrorCode;
import org.netchannel.traces.PacketHeader;
import org.netchannel.traces.Reason;

/**
 * One end of a connection. SYN_SENT and ESTABLISHED are in the demultiplexing table; a CLOSED one is kept for the
 * application only, and packets find it gone.
 *
 * @param id the connection id
 * @param side which end this is
 * @param localPort this host's virtual port
 * @param remotePort the peer's virtual port
 * @param trafficClass the class for both directions (NC-HS-1)
 * @param state SYN_SENT, ESTABLISHED or CLOSED
 * @param end how it ended, when it ended with an error
 * @param holder who on this host holds it
 * @param connectDeadline when connect gives up, or {@link Timers#NEVER} (NC-HS-6)
 * @param sending the sending half
 * @param receiving the receiving half
 * @param responses the response queue
 */
public record Connection(
        long id,
        Side side,
        int localPort,
        int remotePort,
        ChannelClass trafficClass,
        State state,
        Optional<End> end,
        Holder holder,
        long connectDeadline,
        Sending sending,
        Receiving receiving,
        ResponseQueue responses) {

    /** Which end of a connection. */
    public enum Side {
        /** Sent NCSYN. */
        CONNECTING,
        /** Received NCSYN. */
        ACCEPTING
    }

    /**
     * How a connection ended other than by FIN both ways.
     *
     * @param error REFUSED, TIMEOUT or RESET
     * @param reason why
     */
    public record End(ErrorCode error, Reason reason) {}

    /** Who holds a connection: what is to become of it when it is over. */
    public enum Holder {
        /** A socket of the application. */
        SOCKET,
        /** The accept queue of a listener (NC-HS-10). */
        ACCEPT_QUEUE,
        /** Nobody: the application has closed it (NC-FIN-4). */
        NOBODY
    }

    static Connection connecting(long id, int localPort, int remotePort, ChannelClass trafficClass, long deadline) {
        return new Connection(id, Side.CONNECTING, localPort, remotePort, trafficClass, State.SYN_SENT,
                Optional.empty(), Holder.SOCKET, deadline, Sending.START, Receiving.START, ResponseQueue.START);
    }

    static Connection accepting(PacketHeader ncsyn, ChannelClass trafficClass) {
        return new Connection(ncsyn.connection(), Side.ACCEPTING, ncsyn.destinationPort(), ncsyn.sourcePort(),
                trafficClass, State.ESTABLISHED, Optional.empty(), Holder.ACCEPT_QUEUE, Timers.NEVER, Sending.START,
                Receiving.START.withAnnounced(ncsyn.offset()), ResponseQueue.START);
    }

    /** In the demultiplexing table. */
    boolean isLive() {
        return state != State.CLOSED;
    }

    boolean isEstablished() {
        return state == State.ESTABLISHED;
    }

    boolean hasPortsOf(PacketHeader header) {
        return header.sourcePort() == remotePort && header.destinationPort() == localPort;
    }

    Connection established() {
        return new Connection(id, side, localPort, remotePort, trafficClass, State.ESTABLISHED, end, holder,
                Timers.NEVER, sending, receiving, responses);
    }

    /** Over: only what the application may still read is kept. */
    Connection closed(Optional<End> how) {
        return new Connection(id, side, localPort, remotePort, trafficClass, State.CLOSED, how, holder, Timers.NEVER,
                Sending.START.withFin(sending.fin()), receiving.inSequenceOnly(), ResponseQueue.START);
    }

    Connection heldBy(Holder who) {
        return new Connection(id, side, localPort, remotePort, trafficClass, state, end, who, connectDeadline, sending,
                receiving, responses);
    }

    Connection with(Sending half) {
        return new Connection(id, side, localPort, remotePort, trafficClass, state, end, holder, connectDeadline, half,
                receiving, responses);
    }

    Connection with(Receiving half) {
        return new Connection(id, side, localPort, remotePort, trafficClass, state, end, holder, connectDeadline,
                sending, half, responses);
    }

    Connection with(ResponseQueue queue) {
        return new Connection(id, side, localPort, remotePort, trafficClass, state, end, holder, connectDeadline,
                sending, receiving, queue);
    }
}
