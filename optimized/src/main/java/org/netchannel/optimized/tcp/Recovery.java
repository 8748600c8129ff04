package org.netchannel.optimized.tcp;

import org.netchannel.optimized.tcp.wire.TcpHeader;

/**
 * What was lost and is sent again: the scoreboard of RFC 6675, and without SACK the algorithm of RFC 6582. Each piece
 * that was sent is in flight, SACKed or lost; a lost one may have been sent again. Sums over them make {@link #pipe}.
 */
final class Recovery {
    /** DupThresh: so many segments that arrived later make a segment lost. */
    private static final int DUPLICATES = 3;

    /** What is being done. */
    enum Mode {
        /** Nothing is known to be lost. */
        OPEN,
        /** A loss is being recovered; the window was reduced once for it. */
        RECOVERY,
        /** After a timeout. */
        LOSS
    }

    private final TcpConnection connection;
    private final Scoreboard board;
    private Mode mode = Mode.OPEN;
    private int duplicates;
    /** Without SACK: bytes that have left the network, as duplicate acknowledgements tell (RFC 6582, section 3.2). */
    private long credit;
    /** RecoveryPoint, "recover": the loss is recovered when this is acknowledged. */
    private long recoveryPoint;
    /** The next retransmission does not ask the congestion window (RFC 6675, section 5, step 4.3). */
    private boolean forced;
    /** The window was reduced for congestion marks; not again before this is acknowledged (RFC 3168, 6.1.2). */
    private long reducedUntil;
    /** CWR goes with the next new data (RFC 3168, section 6.1.2). */
    boolean reductionToTell;
    /** The congestion window kept data from being sent. */
    boolean limited;

    Recovery(TcpConnection connection) {
        this.connection = connection;
        this.board = new Scoreboard(connection.sending.sent);
    }

    void begin(long initialSend) {
        recoveryPoint = initialSend;
        reducedUntil = initialSend;
    }

    Mode mode() {
        return mode;
    }

    /** Bytes that are in the network (RFC 6675, section 4: SetPipe). */
    long pipe() {
        long outstanding = connection.nextSend - connection.unacknowledged;
        return outstanding - board.sackedBytes() - board.lostBytes() + board.resentBytes() - credit;
    }

    /** The lost piece that is to be sent again now; null when there is none or the congestion window is full. */
    SendPiece toResend() {
        SendPiece piece = board.nextToResend();
        if (piece == null) {
            forced = false;
            return null;
        }
        long pipe = pipe();
        return forced || pipe <= 0 || pipe + piece.length <= connection.congestion.window() ? piece : null;
    }

    /** The piece that {@link #toResend} answered was sent. */
    void resent(SendPiece piece) {
        board.resent(piece);
        forced = false;
    }

    /** SND.UNA moves, or not: everything that an acceptable acknowledgement says about losses. */
    void onAck(IncomingSegment segment, boolean windowChanged) {
        long acknowledged = segment.ack - connection.unacknowledged;
        if (acknowledged > 0) {
            dropAcknowledged(segment);
        }
        if (connection.sackOn) {
            board.read(segment.options, connection.unacknowledged, connection.nextSend);
        } else if (acknowledged == 0 && !windowChanged && isDuplicate(segment)) {
            onDuplicate();
        }
        onEcho(segment, acknowledged);
        if (acknowledged > 0) {
            onProgress(acknowledged);
        }
        if (connection.sackOn && !connection.retransmission.isProbing()) {
            board.findLost(DUPLICATES);
            if (mode == Mode.OPEN && board.lostBytes() > 0) {
                enterRecovery();
            }
        }
    }

    /** RFC 5681, section 2. */
    private boolean isDuplicate(IncomingSegment segment) {
        return segment.sequenceLength() == 0 && connection.nextSend > connection.unacknowledged
                && !connection.retransmission.isProbing();
    }

    /** RFC 6582, section 3.2, steps 2 and 3; RFC 3042: the first two let a new segment out, too. */
    private void onDuplicate() {
        duplicates++;
        if (mode == Mode.LOSS) {
            return;
        }
        long outstanding = connection.nextSend - connection.unacknowledged;
        credit = Math.min(credit + connection.segmentBytes, outstanding);
        if (mode == Mode.OPEN && duplicates == DUPLICATES && connection.unacknowledged > recoveryPoint) {
            board.loseFirst();
            credit = Math.max(0, Math.min(credit, outstanding - connection.sending.sent.first().length));
            enterRecovery();
        }
    }

    private void enterRecovery() {
        connection.layer.counters().count(Counter.RECOVERIES);
        connection.congestion.onLoss(connection.nextSend - connection.unacknowledged, connection.layer.nowNs());
        mode = Mode.RECOVERY;
        recoveryPoint = connection.nextSend;
        reducedUntil = recoveryPoint;
        reductionToTell = connection.ecnOn;
        forced = true;
    }

    private void onProgress(long acknowledged) {
        boolean recovered = connection.unacknowledged >= recoveryPoint;
        if (mode == Mode.RECOVERY && !recovered) {
            if (!connection.sackOn) {
                onPartialAck(acknowledged);
            }
            return;
        }
        boolean wasLoss = mode == Mode.LOSS;
        boolean wasRecovery = mode == Mode.RECOVERY;
        if (recovered) {
            mode = Mode.OPEN;
        }
        duplicates = 0;
        credit = 0;
        if (!wasRecovery) {
            connection.congestion.onAcknowledged(acknowledged, limited || wasLoss, connection.roundTrip.smoothed(),
                    connection.layer.nowNs());
        }
    }

    /** RFC 6582, section 3.2, step 5: the next hole is sent at once, and the window deflated. */
    private void onPartialAck(long acknowledged) {
        long back = acknowledged >= connection.segmentBytes ? connection.segmentBytes : 0;
        credit = Math.max(0, credit - acknowledged + back);
        board.loseFirst();
        long outstanding = connection.nextSend - connection.unacknowledged;
        credit = Math.max(0, Math.min(credit, outstanding - board.lostBytes()));
        forced = true;
    }

    /** Everything below SEG.ACK is forgotten, and the time that it took is measured (RFC 6298, section 3: Karn). */
    private void dropAcknowledged(IncomingSegment segment) {
        long sentAt = board.acknowledge(connection.sending, segment.ack);
        connection.unacknowledged = segment.ack;
        long now = connection.layer.nowNs();
        if (sentAt != Scoreboard.UNKNOWN) {
            connection.roundTrip.measured(now - sentAt);
        } else if (connection.timestampsOn && segment.options.hasTimestamps()
                && segment.options.timestampEcho() != 0) {
            // RFC 7323, section 4.1: timestamps tell which transmission it was.
            int elapsed = connection.layer.timestamp(connection) - segment.options.timestampEcho();
            if (elapsed >= 0) {
                connection.roundTrip.measured(elapsed * TcpLayer.TIMESTAMP_TICK);
            }
        }
    }

    /** RFC 3168, section 6.1.2, and RFC 8257, section 3.3: the peer saw congestion marks. */
    private void onEcho(IncomingSegment segment, long acknowledged) {
        if (!connection.ecnOn || !connection.state.isSynchronized()) {
            return;
        }
        boolean marked = segment.has(TcpHeader.ECE);
        connection.congestion.onEcho(acknowledged, marked, connection.unacknowledged, connection.nextSend);
        if (marked && mode == Mode.OPEN && connection.unacknowledged > reducedUntil) {
            connection.congestion.onCongestionEcho(connection.nextSend - connection.unacknowledged,
                    connection.layer.nowNs());
            reducedUntil = connection.nextSend;
            reductionToTell = true;
        }
    }

    /** RFC 5681, section 3.1, and RFC 6675, section 5.1: everything that is not SACKed is taken for lost. */
    void onTimeout(boolean first) {
        connection.congestion.onTimeout(connection.nextSend - connection.unacknowledged, first,
                connection.layer.nowNs());
        board.loseAll();
        mode = Mode.LOSS;
        recoveryPoint = connection.nextSend;
        reducedUntil = recoveryPoint;
        duplicates = 0;
        credit = 0;
        forced = true;
    }

    /** The first piece is sent again though nothing says that the network lost it: it was a probe. */
    void resendFirst() {
        board.loseFirst();
        forced = true;
    }
}
