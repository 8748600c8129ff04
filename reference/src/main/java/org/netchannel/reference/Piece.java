package org.netchannel.reference;

import org.netchannel.traces.Bytes;

/**
 * Bytes of one direction of a connection.
 *
 * @param offset of the first
 * @param bytes the bytes
 */
public record Piece(long offset, Bytes bytes) {
    long end() {
        return offset + bytes.length();
    }

    Piece part(long from, long to) {
        return new Piece(from, bytes.slice((int) (from - offset), (int) (to - from)));
    }
}
