package org.netchannel.optimized;

import java.nio.ByteBuffer;

/**
 * A look at some bytes of a segment, lent to an application, with a reference to the segment. Each belongs to its
 * segment, which lends it again and again; there are as many as were ever lent at once.
 */
final class LentBytes {
    final Segment segment;
    final ByteBuffer bytes;
    int length;
    /** The application is done with it. */
    boolean isReturned;
    /** The next one that its socket has lent, or the next free one of its segment. */
    LentBytes next;

    LentBytes(Segment segment) {
        this.segment = segment;
        this.bytes = segment.bytes().asReadOnlyBuffer();
    }
}
