package org.netchannel.optimized.tcp;

import org.netchannel.optimized.tcp.State.Event;
import org.netchannel.optimized.tcp.TcpConnection.Failure;
import org.netchannel.optimized.tcp.wire.TcpHeader;
import org.netchannel.optimized.tcp.wire.TcpOptions;

/** Establishing a connection (RFC 9293, section 3.5): from either side, or from both at once. */
final class Handshake {
    /** RFC 9293, MUST-15: what a peer without the option takes. */
    private static final int DEFAULT_SEGMENT = 536;
    /** However small the peer says its segments are: headers would be most of what is sent. */
    private static final int LEAST_SEGMENT = 64;
    /** What timestamps take of every segment. */
    private static final int TIMESTAMP_BYTES = 12;

    private final TcpLayer layer;

    Handshake(TcpLayer layer) {
        this.layer = layer;
    }

    /** Section 3.10.1: an application connects. */
    void connect(TcpConnection connection) {
        Settings settings = layer.settings();
        connection.windowScaleOn = settings.isOn(Setting.WINDOW_SCALE);
        connection.timestampsOn = settings.isOn(Setting.TIMESTAMPS);
        connection.sackOn = settings.isOn(Setting.SACK);
        connection.ecnOn = layer.isEcnOn();
        connection.apply(Event.ACTIVE_OPEN);
        connection.begin();
    }

    /** Section 3.10.7.2, third: a SYN arrives at a listener. */
    void accept(TcpConnection child, IncomingSegment syn) {
        Settings settings = layer.settings();
        child.windowScaleOn = settings.isOn(Setting.WINDOW_SCALE);
        child.timestampsOn = settings.isOn(Setting.TIMESTAMPS);
        child.sackOn = settings.isOn(Setting.SACK);
        // RFC 3168, section 6.1.1: both bits ask for ECN.
        child.ecnOn = layer.isEcnOn() && syn.has(TcpHeader.ECE) && syn.has(TcpHeader.CWR);
        child.apply(Event.PASSIVE_OPEN);
        onSyn(child, syn);
        child.apply(Event.RECEIVE_SYN);
        child.begin();
    }

    /** Section 3.10.7.3. */
    void inSynSent(TcpConnection connection, IncomingSegment segment) {
        boolean acknowledges = segment.has(TcpHeader.ACK);
        boolean acceptable = acknowledges && segment.ack > connection.initialSend
                && segment.ack <= connection.nextSend;
        if (acknowledges && !acceptable) {
            layer.counters().count(Counter.UNACCEPTABLE_SEGMENT);
            layer.answers().reset(connection.flow, segment);
        } else if (segment.has(TcpHeader.RST)) {
            if (acceptable) {
                layer.counters().count(Counter.RESETS_RECEIVED);
                connection.fail(Failure.REFUSED);
            } else {
                layer.counters().count(Counter.MEANINGLESS_SEGMENT);
            }
        } else if (!segment.has(TcpHeader.SYN)) {
            layer.counters().count(Counter.MEANINGLESS_SEGMENT);
        } else if (acceptable) {
            boolean ecn = segment.has(TcpHeader.ECE) && !segment.has(TcpHeader.CWR);
            connection.ecnOn = connection.ecnOn && ecn;
            onSyn(connection, segment);
            establish(connection, segment, Event.RECEIVE_SYN_ACK);
            connection.acknowledging.now();
        } else {
            // Both sides have connected at once: SYN is sent again, with ACK.
            connection.ecnOn = false;
            onSyn(connection, segment);
            connection.apply(Event.RECEIVE_SYN);
            connection.recovery.resendFirst();
            layer.ready(connection);
        }
    }

    /** What the peer's SYN says: IRS, and the options that hold if this side wants them, too. */
    private void onSyn(TcpConnection connection, IncomingSegment syn) {
        TcpOptions options = syn.options;
        connection.initialReceive = Integer.toUnsignedLong(syn.sequence);
        connection.receiving.begin(connection.initialReceive + 1);
        // RFC 7323, section 2.2: scaling needs the option in both directions.
        connection.windowScaleOn &= options.windowScale() != TcpOptions.ABSENT;
        connection.sendShift = connection.windowScaleOn ? options.windowScale() : 0;
        connection.timestampsOn &= options.hasTimestamps();
        connection.recentTimestamp = options.timestampValue();
        connection.recentTimestampAtNs = layer.nowNs();
        connection.sackOn &= options.isSackPermitted();
        int announced = options.maximumSegmentSize();
        int most = layer.largestSegment(connection.flow);
        int segment = Math.min(announced == TcpOptions.ABSENT ? DEFAULT_SEGMENT : announced, most);
        connection.segmentBytes = Math.max(segment, LEAST_SEGMENT) - (connection.timestampsOn ? TIMESTAMP_BYTES : 0);
        connection.acknowledging.begin(connection.windowScaleOn);
        // The window of a segment with SYN is never scaled.
        connection.sendWindow = syn.window;
        connection.largestWindow = syn.window;
    }

    /** The peer repeats the SYN with which it all began: its answer was lost. */
    boolean isSynAgain(TcpConnection connection, IncomingSegment segment) {
        boolean again = connection.state == State.SYN_RECEIVED && segment.has(TcpHeader.SYN)
                && !segment.has(TcpHeader.ACK) && !segment.has(TcpHeader.RST)
                && segment.sequence == (int) connection.initialReceive;
        if (again) {
            connection.recovery.resendFirst();
            layer.ready(connection);
        }
        return again;
    }

    /** Section 3.10.7.4, fifth, SYN_RECEIVED; false when the segment is not to be processed further. */
    boolean onLastAck(TcpConnection connection, IncomingSegment segment) {
        if (segment.ack <= connection.initialSend || segment.ack > connection.nextSend) {
            layer.counters().count(Counter.UNACCEPTABLE_SEGMENT);
            layer.answers().reset(connection.flow, segment);
            return false;
        }
        if (connection.listener != null && connection.listener.isFull()) {
            layer.counters().count(Counter.ACCEPT_QUEUE_FULL);
            return false;
        }
        establish(connection, segment, Event.ACK_OF_SYN);
        return true;
    }

    private void establish(TcpConnection connection, IncomingSegment segment, Event event) {
        boolean lost = connection.retransmission.wasHandshakeLost();
        connection.recovery.onAck(segment, false);
        connection.windowSequence = Position.near(connection.receiveNext(), segment.sequence);
        connection.windowAcknowledgement = segment.ack;
        if (!segment.has(TcpHeader.SYN)) {
            connection.sendWindow = (long) segment.window << connection.sendShift;
        }
        connection.largestWindow = Math.max(connection.largestWindow, connection.sendWindow);
        connection.congestion.begin(connection.segmentBytes, lost);
        if (lost) {
            connection.roundTrip.handshakeLost();
        }
        connection.retransmission.onAck(true);
        if (connection.listener != null) {
            connection.listener.ended(connection, true);
            connection.listener = null;
        }
        connection.apply(event);
        layer.ready(connection);
    }
}
