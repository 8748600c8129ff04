package org.netchannel.optimized.tcp;

import org.netchannel.optimized.tcp.State.Event;
import org.netchannel.optimized.tcp.TcpConnection.Failure;
import org.netchannel.optimized.tcp.wire.FrameBuffer;
import org.netchannel.optimized.tcp.wire.FrameChain;
import org.netchannel.optimized.tcp.wire.TcpHeader;

/**
 * A segment arrives at a connection (RFC 9293, section 3.10.7), with the checks of RFC 5961 and RFC 7323. Its steps are
 * in the order of the RFC. Urgent data are data like any other (RFC 6093).
 */
final class Arrival {
    /** After so long TS.Recent says nothing any more (RFC 7323, section 5.5: 24 days). */
    private static final long TIMESTAMP_LIFETIME = 24L * 86_400 * 1_000_000_000;

    private final TcpLayer layer;
    private final Handshake handshake;

    Arrival(TcpLayer layer) {
        this.layer = layer;
        this.handshake = new Handshake(layer);
    }

    Handshake handshake() {
        return handshake;
    }

    void onSegment(TcpConnection connection, IncomingSegment segment) {
        segment.ack = Position.near(connection.unacknowledged, segment.acknowledgement);
        if (connection.state == State.SYN_SENT) {
            handshake.inSynSent(connection, segment);
            return;
        }
        segment.start = Position.near(connection.receiveNext(), segment.sequence);
        if (handshake.isSynAgain(connection, segment) || !hasCurrentTimestamp(connection, segment)
                || !isAcceptable(connection, segment)) {
            return;
        }
        if (segment.has(TcpHeader.RST)) {
            onReset(connection, segment);
        } else if (segment.has(TcpHeader.SYN)) {
            // RFC 5961, section 4.2: whoever sent it, the answer tells the real peer what to do.
            layer.counters().count(Counter.CHALLENGED);
            answer(connection);
        } else if (!segment.has(TcpHeader.ACK)) {
            layer.counters().count(Counter.MEANINGLESS_SEGMENT);
        } else if (connection.state != State.SYN_RECEIVED || handshake.onLastAck(connection, segment)) {
            process(connection, segment);
        }
    }

    /** RFC 7323, section 5.3, R1: protection against wrapped sequence numbers; and section 3.2. */
    private boolean hasCurrentTimestamp(TcpConnection connection, IncomingSegment segment) {
        if (!connection.timestampsOn || segment.has(TcpHeader.RST)) {
            return true;
        }
        if (!segment.options.hasTimestamps()) {
            layer.counters().count(Counter.NO_TIMESTAMP);
            return false;
        }
        boolean old = Position.isBefore(segment.options.timestampValue(), connection.recentTimestamp)
                && layer.nowNs() - connection.recentTimestampAtNs < TIMESTAMP_LIFETIME;
        if (old) {
            layer.counters().count(Counter.OLD_TIMESTAMP);
            answerUnacceptable(connection, segment);
        }
        return !old;
    }

    /** Section 3.10.7.4, first: check sequence number. */
    private boolean isAcceptable(TcpConnection connection, IncomingSegment segment) {
        long next = connection.receiveNext();
        long edge = connection.acknowledging.announced();
        boolean acceptable;
        if (segment.sequenceLength() == 0) {
            // At the edge stands a peer that has filled the window, part of which was lost.
            acceptable = segment.start >= next && segment.start <= edge;
        } else {
            // At RCV.NXT everything but the payload is processed even when the window is shut (MUST-66).
            acceptable = segment.start < edge && segment.end() > next || segment.start == next;
        }
        if (!acceptable) {
            layer.counters().count(Counter.UNACCEPTABLE_SEGMENT);
            if (!segment.has(TcpHeader.RST)) {
                answerUnacceptable(connection, segment);
            }
        }
        return acceptable;
    }

    /** Old data are always acknowledged, for that acknowledgement may have been lost; the rest is not worth so much. */
    private void answerUnacceptable(TcpConnection connection, IncomingSegment segment) {
        if (segment.payloadBytes > 0 || segment.has(TcpHeader.FIN)) {
            if (connection.state == State.TIME_WAIT && segment.has(TcpHeader.FIN)) {
                connection.startTimeWait();
            }
            connection.acknowledging.now();
        } else {
            answer(connection);
        }
    }

    private void answer(TcpConnection connection) {
        if (connection.challenges.allows(layer.nowNs())) {
            connection.acknowledging.now();
        } else {
            layer.counters().count(Counter.ANSWERS_SUPPRESSED);
        }
    }

    /** Second: check the RST bit; RFC 5961, section 3.2: only the exact position counts. */
    private void onReset(TcpConnection connection, IncomingSegment segment) {
        if (segment.start != connection.receiveNext()) {
            layer.counters().count(Counter.CHALLENGED);
            answer(connection);
            return;
        }
        layer.counters().count(Counter.RESETS_RECEIVED);
        boolean connecting = connection.state == State.SYN_RECEIVED;
        if (connection.state == State.TIME_WAIT) {
            connection.apply(Event.TIME_WAIT_OVER);
        } else {
            connection.fail(connecting ? Failure.REFUSED : Failure.RESET);
        }
    }

    private void process(TcpConnection connection, IncomingSegment segment) {
        if (!isAckBelievable(connection, segment)) {
            return;
        }
        keepTimestamp(connection, segment);
        connection.keepAlive.heard();
        if (connection.state != State.TIME_WAIT) {
            onAck(connection, segment);
        }
        if (connection.state == State.CLOSED) {
            return;
        }
        if (connection.state.expectsData() && segment.payloadBytes > 0 && !onText(connection, segment)) {
            return;
        }
        if (segment.has(TcpHeader.FIN)) {
            onFin(connection, segment);
        }
        finishReceiving(connection);
    }

    /** RFC 5961, section 5.2: an acknowledgement of what was never sent, or of long ago, is not the peer's. */
    private boolean isAckBelievable(TcpConnection connection, IncomingSegment segment) {
        boolean believable = segment.ack <= connection.nextSend
                && segment.ack >= connection.unacknowledged - connection.largestWindow;
        if (!believable) {
            layer.counters().count(Counter.CHALLENGED);
            answer(connection);
        }
        return believable;
    }

    /** RFC 7323, section 4.3. */
    private void keepTimestamp(TcpConnection connection, IncomingSegment segment) {
        if (connection.timestampsOn && segment.start <= connection.acknowledging.lastSent()
                && !Position.isBefore(segment.options.timestampValue(), connection.recentTimestamp)) {
            connection.recentTimestamp = segment.options.timestampValue();
            connection.recentTimestampAtNs = layer.nowNs();
        }
    }

    /** Fifth: check the ACK field. */
    private void onAck(TcpConnection connection, IncomingSegment segment) {
        long window = (long) segment.window << connection.sendShift;
        boolean progress = segment.ack > connection.unacknowledged;
        boolean current = segment.ack >= connection.unacknowledged
                && (connection.windowSequence < segment.start || connection.windowSequence == segment.start
                && connection.windowAcknowledgement <= segment.ack);
        boolean windowChanged = current && window != connection.sendWindow;
        if (segment.ack >= connection.unacknowledged) {
            connection.recovery.onAck(segment, windowChanged);
        }
        if (current) {
            connection.sendWindow = window;
            connection.largestWindow = Math.max(connection.largestWindow, window);
            connection.windowSequence = segment.start;
            connection.windowAcknowledgement = segment.ack;
        }
        connection.retransmission.onAck(progress);
        layer.ready(connection);
        if (progress && connection.isFinAcknowledged()) {
            switch (connection.state) {
                case FIN_WAIT_1, CLOSING, LAST_ACK -> connection.apply(Event.ACK_OF_FIN);
                default -> { }
            }
        }
    }

    /** Seventh: process the segment text; false when there is nothing left to be processed. */
    private boolean onText(TcpConnection connection, IncomingSegment segment) {
        long start = Math.max(segment.start, connection.receiving.next());
        long end = Math.min(segment.start + segment.payloadBytes, connection.acknowledging.announced());
        end = connection.finAt < 0 ? end : Math.min(end, connection.finAt);
        connection.acknowledging.onMark(segment);
        if (start >= end) {
            layer.counters().count(Counter.DUPLICATE_DATA);
            connection.acknowledging.now();
            return true;
        }
        if (connection.readingClosed) {
            // RFC 1122, section 4.2.2.13: nobody will read it, and the peer should know.
            connection.abort();
            return false;
        }
        if (connection.receiving.isFull() && start != connection.receiving.next()) {
            layer.counters().count(Counter.TOO_MANY_SEGMENTS);
            return false;
        }
        boolean gapWasThere = connection.receiving.hasEarly();
        long before = connection.receiving.next();
        boolean anything = insert(connection.receiving, segment, start, end);
        boolean inSequence = connection.receiving.next() > before;
        if (!anything) {
            layer.counters().count(Counter.DUPLICATE_DATA);
        }
        long covered = connection.receiving.coveredFrom(start, end);
        if (covered < end) {
            layer.counters().count(Counter.TOO_MANY_SEGMENTS);
        }
        if (connection.sackOn && gapWasThere | !inSequence) {
            if (covered > start) {
                connection.acknowledging.sackBlocks.add(start, covered);
            }
            connection.acknowledging.sackBlocks.dropBelow(connection.receiving.next());
        }
        connection.acknowledging.onText(segment, inSequence, gapWasThere);
        if (end < segment.start + segment.payloadBytes) {
            // The rest did not fit: the peer should know at once.
            connection.acknowledging.now();
        }
        return true;
    }

    /** Payload may be in several buffers. */
    private static boolean insert(ReceiveQueue receiving, IncomingSegment segment, long start, long end) {
        long position = segment.start + segment.firstBytes;
        boolean anything = insert(receiving, segment.start, start, Math.min(end, position), segment.buffer,
                segment.payloadAt);
        FrameChain rest = segment.rest;
        for (int i = 0; i < rest.count(); i++) {
            long next = position + rest.length(i);
            anything |= insert(receiving, position, start, Math.min(end, next), rest.buffer(i), rest.at(i));
            position = next;
        }
        return anything;
    }

    /** What of a stretch that begins at a position, and of which nothing is beyond an end, is new. */
    private static boolean insert(ReceiveQueue receiving, long position, long start, long end, FrameBuffer buffer,
            long at) {
        long from = Math.max(Math.max(start, position), receiving.next());
        return from < end && receiving.insert(from, (int) (end - from), buffer, at + (from - position));
    }

    /** Eighth: check the FIN bit; it counts when everything before it has arrived. */
    private void onFin(TcpConnection connection, IncomingSegment segment) {
        long position = segment.start + segment.payloadBytes;
        if (connection.finAt < 0 && connection.state.expectsData()
                && position <= Math.max(connection.acknowledging.announced(), connection.receiving.next())) {
            connection.finAt = position;
        }
    }

    private void finishReceiving(TcpConnection connection) {
        if (connection.finReceived || connection.finAt < 0 || connection.receiving.next() < connection.finAt) {
            return;
        }
        connection.finReceived = true;
        connection.receiving.clearEarly();
        connection.acknowledging.sackBlocks.clear();
        connection.acknowledging.now();
        connection.apply(Event.RECEIVE_FIN);
    }
}
