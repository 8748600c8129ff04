package org.netchannel.optimized.tcp;

import org.netchannel.optimized.tcp.wire.TcpOptions;

/**
 * Ranges that came too early, the one that changed last first (RFC 2018, section 4). No more are remembered than one
 * segment can tell; the peer has heard of older ones before.
 */
final class SackBlocks {
    private final long[] left = new long[TcpOptions.MAX_SACK_BLOCKS];
    private final long[] right = new long[TcpOptions.MAX_SACK_BLOCKS];
    private int size;

    int size() {
        return size;
    }

    long left(int index) {
        return left[index];
    }

    long right(int index) {
        return right[index];
    }

    void clear() {
        size = 0;
    }

    /** A range was received: it goes to the front, together with the ranges that it touches. */
    void add(long from, long to) {
        long newLeft = from;
        long newRight = to;
        int kept = 0;
        for (int i = 0; i < size; i++) {
            if (left[i] <= newRight && right[i] >= newLeft) {
                newLeft = Math.min(newLeft, left[i]);
                newRight = Math.max(newRight, right[i]);
            } else {
                left[kept] = left[i];
                right[kept++] = right[i];
            }
        }
        size = Math.min(kept + 1, left.length);
        System.arraycopy(left, 0, left, 1, size - 1);
        System.arraycopy(right, 0, right, 1, size - 1);
        left[0] = newLeft;
        right[0] = newRight;
    }

    /** Everything below is in sequence now. */
    void dropBelow(long next) {
        int kept = 0;
        for (int i = 0; i < size; i++) {
            if (right[i] > next) {
                left[kept] = left[i];
                right[kept++] = right[i];
            }
        }
        size = kept;
    }
}
