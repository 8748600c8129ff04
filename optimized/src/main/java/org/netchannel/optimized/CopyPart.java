package org.netchannel.optimized;

import java.nio.ByteBuffer;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * A stretch of a large copy, from a segment to a buffer of an application. Whoever begins it copies it: the worker that
 * it was handed to, or the application's own thread, its owner. It is used again and again. Where the owner was faster
 * an entry of it is left over in a queue, and by that entry it may be begun the next time, as by any other.
 */
final class CopyPart {
    private static final int READY = 1;
    private static final int BEGUN = 2;
    private static final int DONE = 3;
    private static final int FAILED = 4;

    /** Gives the fields below from thread to thread. */
    private final AtomicInteger state = new AtomicInteger(DONE);
    private Segment segment;
    private int from;
    private ByteBuffer target;
    private int to;
    private int length;
    /** Among whose queued bytes it is; null for nobody's. */
    private CopyWorker worker;

    /** The owner says what it is, as long as nobody can begin it. */
    void set(Segment source, int sourceAt, ByteBuffer buffer, int bufferAt, int bytes) {
        segment = source;
        from = sourceAt;
        target = buffer;
        to = bufferAt;
        length = bytes;
    }

    int length() {
        return length;
    }

    /** From now on anybody may begin it; until somebody does it counts as queued. */
    void ready(CopyWorker queuedBy) {
        worker = queuedBy;
        state.setRelease(READY);
    }

    /** Whether it is the caller who copies it. */
    boolean begin() {
        if (!state.compareAndSet(READY, BEGUN)) {
            return false;
        }
        if (worker != null) {
            worker.begun(length);
        }
        return true;
    }

    /** Who has begun it copies the bytes. What cannot be written, by this thread or at all, has failed. */
    void copy() {
        int end = FAILED;
        try {
            target.put(to, segment.bytes(), from, length);
            end = DONE;
        } finally {
            state.setRelease(end);
        }
    }

    /** Who has begun it does not copy it after all. */
    void skip() {
        state.setRelease(DONE);
    }

    /** Nobody copies it now, and nobody will. */
    boolean isOver() {
        return state.getAcquire() >= DONE;
    }

    boolean hasFailed() {
        return state.getAcquire() == FAILED;
    }

    /** Over, and forgotten by its owner. */
    void clear() {
        segment = null;
        target = null;
        skip();
    }
}
