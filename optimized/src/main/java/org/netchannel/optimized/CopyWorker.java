package org.netchannel.optimized;

import java.util.concurrent.atomic.AtomicLong;
import org.agrona.concurrent.Agent;
import org.agrona.concurrent.ManyToOneConcurrentArrayQueue;

/** Copies parts of large copies for applications, one after the other. */
class CopyWorker implements Agent {
    private static final int MOST_PARTS = 256;

    private final ManyToOneConcurrentArrayQueue<CopyPart> parts = new ManyToOneConcurrentArrayQueue<>(MOST_PARTS);
    private final AtomicLong queuedBytes = new AtomicLong();

    @Override
    public String roleName() {
        return "netchannel-copies";
    }

    /** Bytes of parts that were handed to it and that nobody has begun. Any thread. */
    long queuedBytes() {
        return queuedBytes.get();
    }

    /** Takes a part, and makes it ready. Where the queue is full nothing is lost: its owner copies it. Any thread. */
    void hand(CopyPart part) {
        queuedBytes.addAndGet(part.length());
        part.ready(this);
        parts.offer(part);
    }

    /** A part that was handed to it was begun, by whomever. */
    void begun(int bytes) {
        queuedBytes.addAndGet(-bytes);
    }

    @Override
    public int doWork() {
        CopyPart part = parts.poll();
        if (part == null) {
            return 0;
        }
        if (part.begin()) {
            copy(part);
        }
        return 1;
    }

    private static void copy(CopyPart part) {
        try {
            part.copy();
        } catch (RuntimeException | Error e) {
            // Some memory may be written by one thread only. The part has failed: its owner tries again, and hears why.
            return;
        }
    }
}
