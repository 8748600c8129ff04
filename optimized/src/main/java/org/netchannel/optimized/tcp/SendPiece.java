package org.netchannel.optimized.tcp;

import org.netchannel.optimized.tcp.wire.FrameBuffer;

/** A stretch of the sending direction: what was one segment, or will be one or more. It stays until acknowledged. */
final class SendPiece {
    long start;
    /** Payload bytes; SYN and FIN take a position of their own (RFC 9293, section 3.4). */
    int length;
    boolean syn;
    boolean fin;
    /** Holds the payload; null when there is none. */
    FrameBuffer buffer;
    /** Byte offset of the payload in its buffer. */
    long at;
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

    void clear() {
        length = 0;
        syn = false;
        fin = false;
        buffer = null;
        at = 0;
        transmissions = 0;
        sacked = false;
        lost = false;
        resent = false;
    }
}
