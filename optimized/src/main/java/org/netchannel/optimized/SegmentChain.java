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

    /**
     * Copies bytes; the buffer's position stays where it is.
     *
     * @param source has them
     * @param from index of the first one
     * @param count how many
     * @param following how many will come after these, from other buffers
     * @return how many were copied, less than asked for when the pool is empty
     */
    int put(ByteBuffer source, int from, int count, int following) {
        int copied = 0;
        while (copied < count) {
            int room = last == null ? 0 : Math.min(last.capacity(), Wire.MAX_PAYLOAD) - last.length;
            if (room == 0) {
                Segment segment = pool.claim(Math.min(count - copied + following, Wire.MAX_PAYLOAD));
                if (segment == null) {
                    return copied;
                }
                add(segment);
            } else {
                int part = Math.min(room, count - copied);
                last.bytes().put(last.length, source, from + copied, part);
                last.length += part;
                length += part;
                copied += part;
            }
        }
        return copied;
    }

    private void add(Segment segment) {
        if (first == null) {
            first = segment;
        } else {
            last.next = segment;
        }
        last = segment;
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
