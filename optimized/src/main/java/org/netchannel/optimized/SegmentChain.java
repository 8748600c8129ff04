package org.netchannel.optimized;

import java.nio.ByteBuffer;

/** Bytes of an application on their way into a socket: copied once, into linked segments. One thread calls. */
final class SegmentChain {
    private final SegmentPool pool;
    private Segment first;
    private Segment last;
    private int length;

    SegmentChain(SegmentPool pool) {
        this.pool = pool;
    }

    /** Bytes in the chain. */
    int length() {
        return length;
    }

    /** Copies what remains in the buffer, or less when the pool is empty; the buffer's position says how much. */
    void put(ByteBuffer source) {
        while (source.hasRemaining()) {
            int count = Math.min(source.remaining(), Wire.MAX_PAYLOAD);
            Segment segment = pool.claim(count);
            if (segment == null) {
                return;
            }
            segment.bytes().put(0, source, source.position(), count);
            source.position(source.position() + count);
            add(segment, count);
        }
    }

    private void add(Segment segment, int count) {
        segment.length = count;
        if (first == null) {
            first = segment;
        } else {
            last.next = segment;
        }
        last = segment;
        length += count;
    }

    /** Hands out the chain with its references, null when nothing is in it; it is empty after that. */
    Segment take() {
        Segment chain = first;
        first = null;
        last = null;
        length = 0;
        return chain;
    }
}
