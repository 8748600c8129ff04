package org.netchannel.optimized;

/**
 * The pieces of a host. They are made when they are needed first and used again ever after. Who takes new bytes asks
 * {@link #isShort} first and pushes back; what has to be done for bytes that are already here always gets its piece, so
 * the pool may go over its capacity by what one packet can be cut into. One thread at a time calls.
 */
final class Pieces {
    private final int capacity;
    private Piece free;
    private int inUse;
    private long taken;

    Pieces(int capacity) {
        this.capacity = capacity;
    }

    boolean isShort() {
        return inUse >= capacity;
    }

    int inUse() {
        return inUse;
    }

    /** How many were taken so far, those that are given back included. */
    long taken() {
        return taken;
    }

    /** A piece that takes over the caller's reference to the segment. */
    Piece of(long offset, int length, Segment segment, int at) {
        Piece piece = free;
        if (piece == null) {
            piece = new Piece();
        } else {
            free = piece.next;
            piece.next = null;
        }
        inUse++;
        taken++;
        piece.offset = offset;
        piece.length = length;
        piece.segment = segment;
        piece.at = at;
        return piece;
    }

    /** Pieces for a packet, linked by {@link Piece#rest}: they take over the caller's references to its payload. */
    Piece of(long offset, Payload payload) {
        Piece first = of(offset, payload.length(0), payload.segment(0), payload.start(0));
        Piece last = first;
        for (int i = 1; i < payload.parts(); i++) {
            last.rest = of(last.end(), payload.length(i), payload.segment(i), payload.start(i));
            last = last.rest;
        }
        first.charge = (int) (last.end() - offset);
        return first;
    }

    /** A piece for a part of another one's bytes, with a reference of its own. */
    Piece part(Piece whole, long from, long to) {
        whole.segment.retain();
        return of(from, (int) (to - from), whole.segment, whole.at + (int) (from - whole.offset));
    }

    /** The piece and its reference are given up. */
    void release(Piece piece) {
        piece.segment.release();
        piece.segment = null;
        piece.channel = null;
        piece.charge = 0;
        piece.previous = null;
        piece.left = null;
        piece.right = null;
        piece.next = free;
        free = piece;
        inUse--;
    }

    /** Releases the pieces of a packet that is in no list any more. */
    void releasePacket(Piece packet) {
        for (Piece piece = packet; piece != null; ) {
            Piece rest = piece.rest;
            piece.rest = null;
            release(piece);
            piece = rest;
        }
    }

    /** Releases a list of pieces. */
    void releaseAll(Piece first) {
        for (Piece piece = first; piece != null; ) {
            Piece next = piece.next;
            release(piece);
            piece = next;
        }
    }
}
