package org.netchannel.optimized.tcp;

import org.netchannel.optimized.tcp.wire.TcpHeader;
import org.netchannel.optimized.tcp.wire.TcpOptions;

/**
 * When and what to acknowledge: delayed acknowledgements (RFC 9293, section 3.8.6.3; RFC 5681, section 4.2), the window
 * that is announced (RFC 9293, section 3.8.6.2.2), SACK blocks, and the echo of congestion marks.
 */
final class Acknowledging {
    /** The most duplicate acknowledgements that are owed at a time. */
    private static final int MOST_DUPLICATES = 64;

    private final TcpConnection connection;
    private final TcpTimer timer;
    final SackBlocks sackBlocks = new SackBlocks();
    private int shift;
    /** One past the last position that the peer was ever allowed to send: the window's right edge. */
    private long announced;
    private long lastSent;
    private boolean due;
    /** Acknowledgements without payload that a peer without SACK has to count (RFC 5681, section 4.2). */
    private int duplicatesDue;
    /** Payload bytes that came in sequence since the last acknowledgement. */
    private long unsentBytes;
    /** The largest payload that has come, which is taken for a full segment. */
    private int fullSegment = 1;
    /** ECE is set on what is sent (RFC 3168, section 6.1.3), or DCTCP.CE (RFC 8257, section 3.2). */
    private boolean echoing;
    /** RFC 8257, section 3.2: an acknowledgement with the echo of before the change is owed up to here. */
    private long owedUntil = -1;

    Acknowledging(TcpConnection connection) {
        this.connection = connection;
        this.timer = new TcpTimer(TcpTimer.Kind.ACKNOWLEDGEMENT, connection);
    }

    TcpTimer timer() {
        return timer;
    }

    /** The peer's SYN is known. */
    void begin(boolean scaled) {
        long size = connection.layer.settings().get(Setting.RECEIVE_BUFFER);
        shift = scaled ? shiftFor(size) : 0;
        announced = connection.receiving.next() + Math.min(size, 0xffff);
        lastSent = connection.receiving.next();
    }

    /** RFC 7323, section 2.2: the smallest shift with which the whole buffer can be announced. */
    static int shiftFor(long bufferBytes) {
        int bits = Long.SIZE - Long.numberOfLeadingZeros(bufferBytes >> 16);
        return Math.min(bits, TcpOptions.MAX_WINDOW_SCALE);
    }

    /** The right edge of the receive window. */
    long announced() {
        return announced;
    }

    /** Last.ACK.sent (RFC 7323, section 4.3). */
    long lastSent() {
        return lastSent;
    }

    boolean isDue() {
        return due || duplicatesDue > 0 || owedUntil >= 0;
    }

    /** An acknowledgement has to be a segment of its own: the peer counts it, or it carries SACK blocks. */
    boolean isPureDue() {
        return duplicatesDue > 0 || owedUntil >= 0 || due && connection.receiving.hasEarly();
    }

    boolean isEchoing() {
        return owedUntil >= 0 ? !echoing : echoing;
    }

    /** SEG.ACK of what is sent next. */
    long position() {
        return owedUntil >= 0 ? owedUntil : connection.receiveNext();
    }

    /** An acknowledgement is sent with the next {@link TcpLayer#transmit}. */
    void now() {
        due = true;
        connection.layer.ready(connection);
    }

    /** The timer expired. */
    void expire() {
        now();
    }

    /** Payload came: in sequence or not, with everything before it or behind a gap that is left. */
    void onText(IncomingSegment segment, boolean inSequence, boolean gapWasThere) {
        fullSegment = Math.max(fullSegment, segment.segmentBytes);
        if (!inSequence) {
            if (!connection.sackOn) {
                duplicatesDue = Math.min(duplicatesDue + segment.segments(), MOST_DUPLICATES);
            }
            now();
            return;
        }
        unsentBytes += segment.payloadBytes;
        if (gapWasThere || unsentBytes >= 2L * fullSegment) {
            now();
        } else if (!timer.isRunning()) {
            connection.layer.timers().start(timer,
                    connection.layer.nowNs() + connection.layer.settings().get(Setting.ACKNOWLEDGEMENT_DELAY));
        }
    }

    /** A segment with payload came, marked or not; called before its payload is looked at. */
    void onMark(IncomingSegment segment) {
        if (segment.congestionMarked) {
            connection.layer.counters().count(Counter.CONGESTION_MARKS);
        }
        if (connection.congestion.wantsExactEcho()) {
            if (segment.congestionMarked != echoing) {
                owedUntil = unsentBytes > 0 ? connection.receiveNext() : owedUntil;
                echoing = segment.congestionMarked;
                now();
            }
        } else if (segment.congestionMarked) {
            echoing = true;
        } else if (segment.has(TcpHeader.CWR)) {
            echoing = false;
        }
    }

    /** RFC 9293, section 3.8.6.2.2: a window that has opened far enough is announced. */
    void wasRead() {
        if (connection.state.expectsData() && edge() > announced) {
            long opened = edge() - announced;
            long size = connection.layer.settings().get(Setting.RECEIVE_BUFFER);
            if (announced - connection.receiveNext() < size / 4 || opened >= size / 2) {
                now();
            }
        }
    }

    /** The right edge that can be announced; it moves by a full segment or half the buffer, and never back. */
    private long edge() {
        long size = connection.layer.settings().get(Setting.RECEIVE_BUFFER);
        long possible = connection.receiveNext() + Math.max(0, size - connection.receiving.readableBytes());
        boolean far = possible - announced >= Math.min(size / 2, Math.max(fullSegment, connection.segmentBytes));
        return far ? possible : announced;
    }

    /** SEG.WND of what is sent next; it is announced with this. */
    int announce(boolean syn) {
        int scale = syn ? 0 : shift;
        long next = connection.receiveNext();
        long field = Math.clamp(edge() - next >> scale, 0, 0xffff);
        announced = Math.max(announced, next + (field << scale));
        return (int) field;
    }

    /** A segment with SEG.ACK was sent. */
    void sent(long position, boolean pure) {
        lastSent = position;
        if (owedUntil >= 0) {
            owedUntil = -1;
            return;
        }
        if (duplicatesDue > 0 && pure) {
            duplicatesDue--;
        }
        due = connection.receiving.hasEarly() && !pure && due;
        unsentBytes = 0;
        timer.stop();
    }
}
