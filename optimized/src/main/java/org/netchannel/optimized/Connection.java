package org.netchannel.optimized;

import org.netchannel.traces.ChannelClass;
import org.netchannel.traces.Endpoint.State;
import org.netchannel.traces.ErrorCode;
import org.netchannel.traces.Reason;

/**
 * One end of a connection: a virtual socket's state. SYN_SENT and ESTABLISHED are in the demultiplexing table; a CLOSED
 * one is kept for the application only, and packets find it gone.
 */
final class Connection {
    /** Who on this host holds a connection: what is to become of it when it is over. */
    enum Holder {
        /** A socket of the application. */
        SOCKET,
        /** The accept queue of a listener (NC-HS-10). */
        ACCEPT_QUEUE,
        /** Nobody: the application has closed it (NC-FIN-4). */
        NOBODY
    }

    /** The end of the sending direction (NC-FIN-1). */
    enum Fin {
        /** The application may still send. */
        OPEN,
        /** The application has shut down, and bytes are still to be handed to a channel. */
        DUE,
        /** FIN was sent; it occupies the offset after the last byte. */
        SENT
    }

    // What it is.
    final long id;
    /** Received NCSYN; otherwise it sent one. */
    final boolean accepting;
    final int localPort;
    final int remotePort;
    final ChannelClass trafficClass;

    // How far it has come.
    State state;
    Holder holder;
    /** It was aborted here for its memory: its application has not closed it. */
    boolean isReclaimed;
    /** How it ended when it ended with an error: REFUSED, TIMEOUT or RESET; otherwise null. */
    ErrorCode error;
    /** Why, or null. */
    Reason reason;
    /** Threads of the application that wait for a change. */
    final Waiters waiters = new Waiters();
    final Timer connectTimer = new Timer(Timer.Kind.CONNECT, this);

    // Sending.
    final SendBuffer sending;
    /** Bytes of the send buffer that are promised to the application, which has not filled them in yet. */
    long claimed;
    Fin fin = Fin.OPEN;
    /** The epoch in force, 0 when there was no STOP (NC-HOL-5). */
    long stopEpoch;
    /** The highest epoch resumed (NC-HOL-8). */
    long resumedEpoch;
    /** The channel that carried the last DATA, so that it is not asked again whether it ever did. */
    Channel lastUsed;
    final Timer lostTimer = new Timer(Timer.Kind.CHANNEL_LOST, this);
    /** Neighbours among the connections that have something for a channel. */
    Connection previousReady;
    Connection nextReady;
    boolean isListedReady;

    // Receiving.
    final ReceiveBuffer receiving;
    final ResponseQueue responses = new ResponseQueue();
    /** Bytes that the application looks at where they lie: unread still, and not to be read again. */
    long lent;
    /** Where the peer's stream ends, unsigned; counts when {@link #finArrived}. */
    long finalOffset;
    boolean finArrived;
    /** One past the highest byte that has arrived. */
    long highest;
    /** The peer's send buffer; counts when {@link #isAnnounced}. */
    private long announced;
    private boolean isAnnounced;
    /** The last value of {@code rcv_nxt} that was sent (NC-DATA-5). */
    long acknowledged;
    final Timer acknowledgementTimer = new Timer(Timer.Kind.ACKNOWLEDGEMENT, this);
    final Timer headOfLineTimer = new Timer(Timer.Kind.HEAD_OF_LINE, this);

    /** No send buffer is larger; a peer that announces more, or none yet, has this (NC-DATA-6). */
    static final long LARGEST_SEND_BUFFER = 1L << 30;

    Connection(long id, boolean accepting, int localPort, int remotePort, ChannelClass trafficClass,
            Pieces outgoing, Pieces incoming, long seed) {
        this.id = id;
        this.accepting = accepting;
        this.localPort = localPort;
        this.remotePort = remotePort;
        this.trafficClass = trafficClass;
        this.state = accepting ? State.ESTABLISHED : State.SYN_SENT;
        this.holder = accepting ? Holder.ACCEPT_QUEUE : Holder.SOCKET;
        this.sending = new SendBuffer(outgoing);
        this.receiving = new ReceiveBuffer(incoming, seed);
    }

    /** Memory of segments that hold what was received and not read; one with several pieces counts for each. */
    long receivedMemory() {
        return receiving.memory() + Piece.memory(responses.first());
    }

    /** In the demultiplexing table. */
    boolean isLive() {
        return state != State.CLOSED;
    }

    boolean isEstablished() {
        return state == State.ESTABLISHED;
    }

    boolean hasPortsOf(IncomingPacket packet) {
        return packet.sourcePort == remotePort && packet.destinationPort == localPort;
    }

    /** No new DATA is put on any channel (NC-HOL-5, NC-HOL-8). */
    boolean isStopped() {
        return stopEpoch > resumedEpoch;
    }

    /** Bytes that no channel has. */
    boolean isWaiting() {
        return sending.hasLost() || sending.hasNew();
    }

    /** Something can be put on a channel now; a STOP holds back new bytes only. */
    boolean isReady() {
        return isEstablished() && (sending.hasLost() || sending.hasNew() && !isStopped());
    }

    /** The highest acknowledgement that the peer can mean (NC-DATA-5, NC-FIN-1). */
    long highestAck() {
        return fin == Fin.SENT ? sending.written() + 1 : sending.handed();
    }

    boolean isFinAcknowledged() {
        return fin == Fin.SENT && sending.unacknowledged() == sending.written() + 1;
    }

    /** The peer's FIN is in sequence (NC-FIN-1, NC-FIN-2). */
    boolean isFinReceived() {
        return finArrived && finalOffset == receiving.inSequence();
    }

    /** {@code rcv_nxt}: every byte below it is in the receive buffer or was read; includes the FIN. */
    long receivedNext() {
        return receiving.inSequence() + (isFinReceived() ? 1 : 0);
    }

    boolean isAcknowledgementUnsent() {
        return receivedNext() != acknowledged;
    }

    /** A quarter of the peer's send buffer is received and not acknowledged (NC-DATA-5). */
    boolean isQuarterUnsent() {
        long unsent = receivedNext() - acknowledged;
        return unsent > 0 && 4 * unsent >= sendBufferOfPeer();
    }

    /** What the peer announces first counts; more than any legal send buffer is taken as the largest. */
    void announce(long bytes) {
        if (!isAnnounced) {
            isAnnounced = true;
            announced = Long.compareUnsigned(bytes, LARGEST_SEND_BUFFER) > 0 ? LARGEST_SEND_BUFFER : bytes;
        }
    }

    boolean isAnnounced() {
        return isAnnounced;
    }

    private long sendBufferOfPeer() {
        return isAnnounced ? announced : LARGEST_SEND_BUFFER;
    }

    /** No honest peer sends a byte at or over this offset (NC-DATA-6). */
    long limit() {
        return receivedNext() + sendBufferOfPeer();
    }
}
