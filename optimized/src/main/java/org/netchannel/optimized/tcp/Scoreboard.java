package org.netchannel.optimized.tcp;

import org.netchannel.optimized.tcp.wire.TcpOptions;

/**
 * Which of the pieces that were sent have arrived, are lost, or were sent again (RFC 6675, section 3). A piece that was
 * SACKed only in part counts as not SACKed. What the peer says is not believed beyond what was sent, and SACKed pieces
 * are kept until they are acknowledged (RFC 2018, section 8).
 */
final class Scoreboard {
    /** No time can be measured. */
    static final long UNKNOWN = Long.MIN_VALUE;

    private final PieceRing sent;
    private int sackedPieces;
    private long sackedBytes;
    private long lostBytes;
    private long resentBytes;
    /** Pieces before this index were looked at by {@link #findLost}. */
    private long scanned;
    /** How many of those are SACKed. */
    private int sackedBeforeScanned;
    /** No piece before this index waits to be sent again. */
    private long resendFrom;
    /** The blocks of the last acknowledgement: what they cover needs no second look. */
    private final long[] seenLeft = new long[TcpOptions.MAX_SACK_BLOCKS];
    private final long[] seenRight = new long[TcpOptions.MAX_SACK_BLOCKS];
    private int seen;

    Scoreboard(PieceRing sent) {
        this.sent = sent;
    }

    long sackedBytes() {
        return sackedBytes;
    }

    /** Bytes that are lost, whether or not they were sent again. */
    long lostBytes() {
        return lostBytes;
    }

    /** Bytes that are lost and were sent again. */
    long resentBytes() {
        return resentBytes;
    }

    /**
     * Everything below a position is acknowledged.
     *
     * @return when the newest of it was sent, or {@link #UNKNOWN} when some of it was sent twice or SACKed before
     */
    long acknowledge(SendQueue queue, long ack) {
        long newest = UNKNOWN;
        boolean ambiguous = false;
        for (SendPiece piece = sent.first(); piece != null && piece.end() <= ack; piece = sent.first()) {
            ambiguous |= piece.transmissions > 1 || piece.sacked;
            newest = Math.max(newest, piece.sentAtNs);
            if (piece.sacked && sent.head() < scanned) {
                sackedBeforeScanned--;
            }
            sackedPieces -= piece.sacked ? 1 : 0;
            subtract(piece, piece.sequenceLength());
            queue.dropFirst();
        }
        SendPiece first = sent.first();
        if (first != null && first.start < ack) {
            subtract(first, (int) (ack - first.start));
            queue.trimFirst(ack);
        }
        scanned = Math.max(scanned, sent.head());
        resendFrom = Math.max(resendFrom, sent.head());
        return ambiguous ? UNKNOWN : newest;
    }

    private void subtract(SendPiece piece, int bytes) {
        sackedBytes -= piece.sacked ? bytes : 0;
        lostBytes -= piece.lost ? bytes : 0;
        resentBytes -= piece.resent ? bytes : 0;
    }

    /** RFC 2018, section 5.1: the blocks of an acknowledgement; those that can't be true are skipped. */
    void read(TcpOptions options, long unacknowledged, long nextSend) {
        int valid = 0;
        for (int i = 0; i < options.sackBlocks(); i++) {
            long left = Position.near(unacknowledged, options.sackLeft(i));
            long right = Position.near(unacknowledged, options.sackRight(i));
            if (left >= unacknowledged && left < right && right <= nextSend) {
                markBlock(left, right);
                // A block is remembered in the place of one that was read already.
                seenLeft[valid] = left;
                seenRight[valid++] = right;
            }
        }
        seen = valid;
    }

    private void markBlock(long left, long right) {
        for (int i = 0; i < seen; i++) {
            if (seenLeft[i] < right && seenRight[i] > left) {
                mark(left, right, left, seenLeft[i]);
                mark(left, right, seenRight[i], right);
                return;
            }
        }
        mark(left, right, left, right);
    }

    /** Marks pieces that lie in a block; only those that reach into a part of it have to be looked at. */
    private void mark(long left, long right, long from, long to) {
        if (from >= to) {
            return;
        }
        for (long index = sent.firstEndingBehind(from); index < sent.tail(); index++) {
            SendPiece piece = sent.get(index);
            if (piece.start >= to) {
                return;
            }
            if (!piece.sacked && piece.start >= left && piece.end() <= right) {
                subtract(piece, piece.sequenceLength());
                piece.lost = false;
                piece.resent = false;
                piece.sacked = true;
                sackedPieces++;
                sackedBytes += piece.sequenceLength();
                sackedBeforeScanned += index < scanned ? 1 : 0;
            }
        }
    }

    /** RFC 6675, section 4, IsLost: pieces with so many SACKed ones behind them are lost. */
    void findLost(int threshold) {
        scanned = Math.max(scanned, sent.head());
        while (scanned < sent.tail() && sackedPieces - sackedBeforeScanned >= threshold) {
            SendPiece piece = sent.get(scanned);
            if (piece.sacked) {
                sackedBeforeScanned++;
            } else {
                lose(piece, scanned);
            }
            scanned++;
        }
    }

    /** The first piece is lost; one that was sent again is lost again. */
    void loseFirst() {
        SendPiece piece = sent.first();
        if (piece == null) {
            return;
        }
        if (piece.resent) {
            piece.resent = false;
            resentBytes -= piece.sequenceLength();
        }
        if (!piece.sacked) {
            lose(piece, sent.head());
        }
    }

    private void lose(SendPiece piece, long index) {
        if (!piece.lost) {
            piece.lost = true;
            lostBytes += piece.sequenceLength();
        }
        resendFrom = Math.min(resendFrom, index);
    }

    /** RFC 6675, section 5.1; when the peer has thrown SACKed data away, nothing that it SACKed counts any more. */
    void loseAll() {
        boolean reneged = sent.first() != null && sent.first().sacked;
        for (long index = sent.head(); index < sent.tail(); index++) {
            SendPiece piece = sent.get(index);
            if (reneged && piece.sacked) {
                piece.sacked = false;
                sackedPieces--;
                sackedBytes -= piece.sequenceLength();
            }
            if (piece.resent) {
                piece.resent = false;
                resentBytes -= piece.sequenceLength();
            }
            if (!piece.sacked) {
                lose(piece, index);
            }
        }
        seen = reneged ? 0 : seen;
        scanned = sent.tail();
        sackedBeforeScanned = sackedPieces;
    }

    /** RFC 6675, section 4, NextSeg, rule 1: the first lost piece that was not sent again; null when there is none. */
    SendPiece nextToResend() {
        if (lostBytes == resentBytes) {
            return null;
        }
        for (; resendFrom < sent.tail(); resendFrom++) {
            SendPiece piece = sent.get(resendFrom);
            if (piece.lost && !piece.resent) {
                return piece;
            }
        }
        return null;
    }

    void resent(SendPiece piece) {
        piece.resent = true;
        resentBytes += piece.sequenceLength();
    }
}
