package org.netchannel.optimized.tcp;

import java.lang.foreign.MemorySegment;
import org.netchannel.optimized.tcp.wire.FrameBuffer;

/**
 * A stretch of the sending direction: what was one segment, or will be one or more. It stays until acknowledged. Its
 * first bytes may lie apart from the others, such as a header of the application's.
 */
final class SendPiece {
    /** The most bytes that may lie apart: all headers of a segment with payload, over IPv6, and they take 128 bytes. */
    static final int MOST_FRONT_BYTES = 42;

    long start;
    /** Payload bytes; SYN and FIN take a position of their own (RFC 9293, section 3.4). */
    int length;
    boolean syn;
    boolean fin;
    /** Holds the payload; null when there is none. */
    FrameBuffer buffer;
    /** Byte offset in its buffer of the payload behind the front. */
    long at;
    /** How much of the payload is in the front, and where there; null for none. */
    int frontBytes;
    int frontAt;
    MemorySegment front;
    long sentAtNs;
    int transmissions;
    /** The peer has said that it has it (RFC 2018). */
    boolean sacked;
    /** It is taken for lost (RFC 6675, section 4: IsLost). */
    boolean lost;
    /** It was sent again since it was taken for lost. */
    boolean resent;
    /** The next free one. */
    SendPiece nextFree;

    /** Positions that it takes: SEG.LEN. */
    int sequenceLength() {
        return length + (syn ? 1 : 0) + (fin ? 1 : 0);
    }

    /** One past its last position. */
    long end() {
        return start + sequenceLength();
    }

    void setFront(MemorySegment source, long sourceAt, int bytes) {
        MemorySegment.copy(source, sourceAt, front, 0, bytes);
        frontBytes = bytes;
        frontAt = 0;
    }

    /** Bytes at the beginning are no longer part of it. */
    void trim(int bytes) {
        int inFront = Math.min(bytes, frontBytes);
        frontAt += inFront;
        frontBytes -= inFront;
        at += bytes - inFront;
        start += bytes;
        length -= bytes;
    }

    void clear() {
        length = 0;
        syn = false;
        fin = false;
        buffer = null;
        at = 0;
        frontBytes = 0;
        frontAt = 0;
        transmissions = 0;
        sacked = false;
        lost = false;
        resent = false;
    }
}
