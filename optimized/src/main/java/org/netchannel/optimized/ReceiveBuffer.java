package org.netchannel.optimized;

/**
 * The receive buffer of a connection: bytes in sequence, in a list, and bytes that came before others still missing, in
 * a tree. Bytes that are here or were read are never taken again (NC-DATA-4). DATA comes in only below the limit of
 * NC-DATA-6, so offsets are small.
 */
final class ReceiveBuffer {
    private final Pieces pieces;
    private final PieceTree outOfSequence;
    private Piece first;
    private Piece last;
    private long inSequence;
    private long read;
    private long held;

    ReceiveBuffer(Pieces pieces, long seed) {
        this.pieces = pieces;
        this.outOfSequence = new PieceTree(seed);
    }

    /** One past the last byte in sequence. */
    long inSequence() {
        return inSequence;
    }

    /** Offset of the next byte that the application reads. */
    long read() {
        return read;
    }

    long readable() {
        return inSequence - read;
    }

    /** Bytes in the buffer, in sequence or not. */
    long held() {
        return held;
    }

    /** The piece with the next byte to read, or null; those in sequence after it are linked to it. */
    Piece firstReadable() {
        return first;
    }

    /** Memory of the pool that holds it. */
    long memory() {
        return Piece.memory(first) + outOfSequence.memory();
    }

    /** How many of these bytes are neither here nor read: what trimming leaves. */
    long missing(long offset, long end) {
        if (outOfSequence.isEmpty()) {
            return Math.max(0, end - Math.max(offset, inSequence));
        }
        long missing = 0;
        long from = afterPieceAt(Math.max(offset, inSequence));
        while (from < end) {
            long to = startOfNext(from, end);
            missing += to - from;
            from = afterPieceAt(to);
        }
        return missing;
    }

    /** The offset itself, or the end of the piece out of sequence that covers it. */
    private long afterPieceAt(long offset) {
        Piece piece = outOfSequence.floor(offset);
        return piece == null ? offset : Math.max(offset, piece.end());
    }

    private long startOfNext(long from, long end) {
        Piece next = outOfSequence.ceiling(from);
        return next == null ? end : Math.min(end, next.offset);
    }

    /** Takes over a packet: what of it is missing is kept. */
    void store(Piece packet) {
        for (Piece piece = packet; piece != null; ) {
            Piece rest = piece.rest;
            piece.rest = null;
            storePart(piece);
            piece = rest;
        }
    }

    private void storePart(Piece piece) {
        long end = piece.end();
        if (outOfSequence.isEmpty() && piece.offset <= inSequence && end > inSequence) {
            piece.trimFront((int) (inSequence - piece.offset));
            held += piece.length;
            append(piece);
            return;
        }
        long from = afterPieceAt(Math.max(piece.offset, inSequence));
        while (from < end) {
            long to = startOfNext(from, end);
            if (to > from) {
                outOfSequence.add(pieces.part(piece, from, to));
                held += to - from;
            }
            from = afterPieceAt(to);
        }
        pieces.release(piece);
        joinSequence();
    }

    private void joinSequence() {
        for (Piece next = outOfSequence.remove(inSequence); next != null; next = outOfSequence.remove(inSequence)) {
            append(next);
        }
    }

    private void append(Piece piece) {
        piece.previous = null;
        piece.next = null;
        if (first == null) {
            first = piece;
        } else {
            last.next = piece;
        }
        last = piece;
        inSequence = piece.end();
    }

    /** The application has read so many bytes, at most {@link #readable}; they leave the buffer. */
    void consume(long bytes) {
        read += bytes;
        held -= bytes;
        while (first != null && first.end() <= read) {
            Piece piece = first;
            first = piece.next;
            pieces.release(piece);
        }
        if (first != null && first.offset < read) {
            first.trimFront((int) (read - first.offset));
        }
    }

    /** What a reset leaves to be read: the bytes in sequence (NC-RST-1). */
    void dropOutOfSequence() {
        outOfSequence.clear(pieces::release);
        held = readable();
    }

    /** Nobody reads any more. */
    void clear() {
        dropOutOfSequence();
        pieces.releaseAll(first);
        first = null;
        last = null;
        held = 0;
        read = inSequence;
    }
}
