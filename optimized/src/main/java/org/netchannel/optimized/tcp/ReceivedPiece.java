package org.netchannel.optimized.tcp;

import org.netchannel.optimized.tcp.wire.FrameBuffer;

/** A stretch of received payload where the device has put it. */
final class ReceivedPiece {
    long start;
    int length;
    FrameBuffer buffer;
    /** Byte offset of the payload in its buffer. */
    long at;
    ReceivedPiece next;

    long end() {
        return start + length;
    }
}
