package org.netchannel.optimized;

/**
 * The bytes of the sending direction from {@code snd_una} to the last one the application gave (NC-DATA-3): one list of
 * pieces in the order of their offsets. A piece is with a channel, or was lost with one and has to be sent again, or is
 * new. Offsets are small: they count bytes that really were sent.
 */
final class SendBuffer {
    private final Pieces pieces;
    private Piece first;
    private Piece last;
    /** The first piece that no channel was ever given, null when there is none; everything behind it is new, too. */
    private Piece firstNew;
    /** Pieces before {@link #firstNew} that no channel has. */
    private int lost;
    /** No lost piece stands before this one; null for the front of the list. */
    private Piece lostFrom;
    private long unacknowledged;
    private long handed;
    private long written;

    SendBuffer(Pieces pieces) {
        this.pieces = pieces;
    }

    /** {@code snd_una}; may include the FIN. */
    long unacknowledged() {
        return unacknowledged;
    }

    /** {@code snd_nxt}: one past the highest offset ever handed to a channel; the FIN does not count. */
    long handed() {
        return handed;
    }

    /** One past the last byte taken from the application. */
    long written() {
        return written;
    }

    boolean hasLost() {
        return lost > 0;
    }

    boolean hasNew() {
        return firstNew != null;
    }

    /** Memory of segments that hold it. */
    long memory() {
        return Piece.memory(first);
    }

    /** The application gave bytes; the buffer takes over the reference to the segment. */
    void write(Segment segment, int length) {
        Piece piece = pieces.of(written, length, segment, 0);
        piece.previous = last;
        if (last == null) {
            first = piece;
        } else {
            last.next = piece;
        }
        last = piece;
        firstNew = firstNew == null ? piece : firstNew;
        written += length;
    }

    /** Bytes that no channel was ever given. */
    long waiting() {
        return written - handed;
    }

    /** The segment of the last of them, when nothing lies behind those there; else null. */
    Segment lastWaiting() {
        return firstNew != null && last.at + last.length == last.segment.length ? last.segment : null;
    }

    /** The application gave bytes that lie behind {@link #lastWaiting}: where they wait anyway, they share packets. */
    void append(int bytes) {
        last.segment.length += bytes;
        last.length += bytes;
        written += bytes;
    }

    /** NC-DATA-2: the next piece for a channel, lost ones first; it is cut when it is longer than this. */
    Piece next(int largestPayload) {
        Piece piece = lost > 0 ? nextLost() : firstNew;
        if (piece.length > largestPayload) {
            cut(piece, largestPayload);
        }
        return piece;
    }

    /** Whether the next piece is short enough not to be cut. */
    boolean isNextWhole(int largestPayload) {
        return (lost > 0 ? nextLost() : firstNew).length <= largestPayload;
    }

    private Piece nextLost() {
        Piece piece = lostFrom == null ? first : lostFrom;
        while (piece.channel != null) {
            piece = piece.next;
        }
        lostFrom = piece;
        return piece;
    }

    private void cut(Piece piece, int length) {
        Piece rest = pieces.part(piece, piece.offset + length, piece.end());
        piece.length = length;
        rest.previous = piece;
        rest.next = piece.next;
        piece.next = rest;
        if (rest.next == null) {
            last = rest;
        } else {
            rest.next.previous = rest;
        }
        if (piece.offset < handed) {
            lost++;
        }
    }

    /** A channel was given the piece that {@link #next} answered. */
    void hand(Piece piece, Channel channel) {
        if (piece == firstNew) {
            firstNew = piece.next;
            handed = piece.end();
        } else {
            lost--;
        }
        piece.channel = channel;
        channel.unacknowledgedPieces++;
    }

    /** Everything below the acknowledged offset is forgotten; no byte there is new. */
    void acknowledge(long ack) {
        unacknowledged = ack;
        while (first != null && first.end() <= ack) {
            Piece piece = first;
            first = piece.next;
            drop(piece);
        }
        if (first == null) {
            last = null;
        } else {
            first.previous = null;
            if (first.offset < ack) {
                first.trimFront((int) (ack - first.offset));
            }
        }
    }

    private void drop(Piece piece) {
        if (piece.channel != null) {
            piece.channel.unacknowledgedPieces--;
        } else if (piece.offset < handed) {
            lost--;
        }
        if (piece == lostFrom) {
            lostFrom = null;
        }
        pieces.release(piece);
    }

    /** The channel failed: what it was given and is unacknowledged has to be sent again (NC-FAIL-1). */
    void takeBack(Channel channel) {
        for (Piece piece = first; piece != firstNew; piece = piece.next) {
            if (piece.channel == channel) {
                piece.channel = null;
                channel.unacknowledgedPieces--;
                lost++;
            }
        }
        lostFrom = null;
    }

    /** The connection is over: nothing of it is retained. */
    void clear() {
        while (first != null) {
            Piece piece = first;
            first = piece.next;
            drop(piece);
        }
        last = null;
        firstNew = null;
        lost = 0;
        lostFrom = null;
    }
}
