package org.netchannel.optimized;

/**
 * A stretch of one direction of a connection, and where its bytes lie. It is in one place at a time: in the send buffer
 * of a connection, in its response queue, or in its receive buffer; the links belong to that place.
 */
final class Piece {
    long offset;
    int length;
    /** The memory that holds the bytes; the piece has a reference of its own. */
    Segment segment;
    /** Index of the first byte in the segment. */
    int at;
    /** Sending: the channel that was given the bytes, null when none has them. Receiving: the channel charged. */
    Channel channel;
    /** Receiving: the length of the packet as it came, which is what its channel is charged (NC-CH-4). */
    int charge;
    /** Receiving: where the packet goes on, until it is in the receive buffer. */
    Piece rest;
    Piece previous;
    Piece next;
    /** Links of {@link PieceTree}. */
    Piece left;
    Piece right;
    int priority;

    long end() {
        return offset + length;
    }

    /** The end of the packet that begins with this piece. */
    long packetEnd() {
        return offset + charge;
    }

    /** Memory of the pool that a list of pieces holds; a segment with several pieces counts for each. */
    static long memory(Piece first) {
        long bytes = 0;
        for (Piece piece = first; piece != null; piece = piece.next) {
            for (Piece part = piece; part != null; part = part.rest) {
                bytes += part.segment.pooledBytes();
            }
        }
        return bytes;
    }

    /** Bytes at the front are no longer needed. */
    void trimFront(int bytes) {
        offset += bytes;
        at += bytes;
        length -= bytes;
    }
}
