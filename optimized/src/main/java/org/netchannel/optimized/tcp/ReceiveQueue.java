package org.netchannel.optimized.tcp;

import java.lang.foreign.MemorySegment;
import java.util.Arrays;
import org.netchannel.optimized.tcp.wire.FrameBuffer;

/**
 * What was received and not read: a list in sequence, up to RCV.NXT, and an array of what came too early, in order and
 * without overlaps. Payload stays in the buffer in which it came. Small payload that fits behind its predecessor in the
 * predecessor's buffer is moved there, so that tiny segments do not hold a frame each.
 */
final class ReceiveQueue {
    /** Payload is moved when it is less than this part of a buffer. */
    private static final int SMALL_PART = 4;

    private final int maximumPieces;
    private final int maximumEarly;
    private final EarlySegments allEarly;
    private ReceivedPiece first;
    private ReceivedPiece last;
    private ReceivedPiece[] early = new ReceivedPiece[8];
    private int earlyFirst;
    private int earlySize;
    private int pieces;
    private long next;
    private long readableBytes;
    private ReceivedPiece free;

    ReceiveQueue(int maximumPieces, int maximumEarly, EarlySegments allEarly) {
        this.maximumPieces = maximumPieces;
        this.maximumEarly = maximumEarly;
        this.allEarly = allEarly;
    }

    /** The first position of data. */
    void begin(long position) {
        next = position;
    }

    /** One past the last position of payload that is in sequence. */
    long next() {
        return next;
    }

    /** Bytes in sequence that the application has not read. */
    long readableBytes() {
        return readableBytes;
    }

    boolean hasEarly() {
        return earlySize > 0;
    }

    /** Whether only what is next is taken. */
    boolean isFull() {
        return pieces >= maximumPieces || earlySize >= maximumEarly || !allEarly.allow(earlySize);
    }

    /**
     * Payload arrived; the queue keeps references to the buffer as it needs them.
     *
     * @param start not below {@link #next}
     * @return false when nothing of it was new
     */
    boolean insert(long start, int length, FrameBuffer buffer, long at) {
        if (start == next && earlySize == 0) {
            append(start, length, buffer, at);
            return true;
        }
        boolean anything = insertEarly(start, start + length, buffer, at);
        while (earlySize > 0 && early[earlyFirst].start == next) {
            append(removeEarliest());
        }
        return anything;
    }

    private void append(long start, int length, FrameBuffer buffer, long at) {
        if (last != null && merge(last, length, buffer, at)) {
            next += length;
            readableBytes += length;
        } else {
            append(piece(start, length, buffer, at));
        }
    }

    private void append(ReceivedPiece piece) {
        if (last == null) {
            first = piece;
        } else {
            last.next = piece;
        }
        last = piece;
        next += piece.length;
        readableBytes += piece.length;
    }

    /** Moves small payload behind its predecessor, when there is room and nobody else looks at that buffer. */
    private static boolean merge(ReceivedPiece before, int length, FrameBuffer buffer, long at) {
        MemorySegment memory = before.buffer.memory();
        long end = before.at + before.length;
        if (length > memory.byteSize() / SMALL_PART || length > memory.byteSize() - end || before.buffer.isShared()) {
            return false;
        }
        MemorySegment.copy(buffer.memory(), at, memory, end, length);
        before.length += length;
        return true;
    }

    private boolean insertEarly(long start, long end, FrameBuffer buffer, long at) {
        boolean anything = false;
        long from = start;
        int index = firstEndingBehind(start);
        while (from < end) {
            if (index < earlySize && early(index).start <= from) {
                from = early(index++).end();
                continue;
            }
            long to = index < earlySize ? Math.min(end, early(index).start) : end;
            int length = (int) (to - from);
            long source = at + (from - start);
            if (index > 0 && early(index - 1).end() == from && merge(early(index - 1), length, buffer, source)) {
                anything = true;
            } else if (isFull() && from != next) {
                return anything;
            } else {
                addEarly(index++, piece(from, length, buffer, source));
                anything = true;
            }
            from = to;
        }
        return anything;
    }

    /** How far everything is there from a position on, at most to an end; the position when it is not. */
    long coveredFrom(long start, long end) {
        long position = Math.max(start, Math.min(next, end));
        int index = firstEndingBehind(position);
        while (position < end && index < earlySize && early(index).start <= position) {
            position = Math.min(early(index++).end(), end);
        }
        return position;
    }

    private ReceivedPiece early(int index) {
        return early[earlyFirst + index];
    }

    private int firstEndingBehind(long position) {
        int low = 0;
        int high = earlySize;
        while (low < high) {
            int middle = low + high >>> 1;
            if (early(middle).end() > position) {
                high = middle;
            } else {
                low = middle + 1;
            }
        }
        return low;
    }

    private void addEarly(int index, ReceivedPiece piece) {
        if (earlyFirst + earlySize == early.length) {
            ReceivedPiece[] target = 2 * earlySize > early.length ? new ReceivedPiece[2 * early.length] : early;
            System.arraycopy(early, earlyFirst, target, 0, earlySize);
            if (target == early) {
                Arrays.fill(early, earlySize, early.length, null);
            }
            early = target;
            earlyFirst = 0;
        }
        int slot = earlyFirst + index;
        System.arraycopy(early, slot, early, slot + 1, earlySize - index);
        early[slot] = piece;
        earlySize++;
        allEarly.add(1);
    }

    private ReceivedPiece removeEarliest() {
        ReceivedPiece piece = early[earlyFirst];
        early[earlyFirst++] = null;
        allEarly.add(-1);
        if (--earlySize == 0) {
            earlyFirst = 0;
        }
        return piece;
    }

    private ReceivedPiece piece(long start, int length, FrameBuffer buffer, long at) {
        ReceivedPiece piece = free == null ? new ReceivedPiece() : free;
        free = piece.next;
        piece.next = null;
        piece.start = start;
        piece.length = length;
        piece.buffer = buffer;
        piece.at = at;
        buffer.retain();
        pieces++;
        return piece;
    }

    /** Copies bytes to the application; answers how many, at most so many as are readable. */
    int read(MemorySegment target, long at, int most) {
        int copied = 0;
        while (copied < most && first != null) {
            int part = Math.min(most - copied, first.length);
            MemorySegment.copy(first.buffer.memory(), first.at, target, at + copied, part);
            copied += part;
            consume(part);
        }
        return copied;
    }

    private void consume(int bytes) {
        readableBytes -= bytes;
        if (bytes == first.length) {
            FrameBuffer buffer = removeFirst();
            buffer.release();
        } else {
            first.start += bytes;
            first.at += bytes;
            first.length -= bytes;
        }
    }

    /** Hands out the first stretch, and the reference to its buffer with it; false when nothing is readable. */
    boolean take(ReceivedView view) {
        if (first == null) {
            return false;
        }
        readableBytes -= first.length;
        view.set(first.buffer, first.at, first.length);
        removeFirst();
        return true;
    }

    private FrameBuffer removeFirst() {
        ReceivedPiece piece = first;
        FrameBuffer buffer = piece.buffer;
        first = piece.next;
        last = first == null ? null : last;
        recycle(piece);
        return buffer;
    }

    private void recycle(ReceivedPiece piece) {
        piece.buffer = null;
        piece.next = free;
        free = piece;
        pieces--;
    }

    /** What came too early is dropped: the connection is over. */
    void clearEarly() {
        while (earlySize > 0) {
            ReceivedPiece piece = removeEarliest();
            piece.buffer.release();
            recycle(piece);
        }
    }

    /** Everything is dropped: nobody will read it. */
    void clear() {
        clearEarly();
        while (first != null) {
            consume(first.length);
        }
    }
}
