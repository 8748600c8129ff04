package org.netchannel.optimized;

import java.nio.ByteBuffer;
import java.util.List;
import org.agrona.concurrent.IdleStrategy;

/**
 * A large copy that workers and the application's thread divide among themselves ("decoupling data copy from
 * application threads", section 3.1 of the paper). It is over when every part is, whoever was first (R37), and nothing
 * is written after it (R29). The thread begins at the front and the workers at the back, so where no worker comes in
 * time the thread has copied everything itself and has waited for nobody. One thread calls.
 */
final class CopyJob {
    /** A worker that has so much to do gets no more: the threshold of the paper (section 4). */
    static final long MOST_QUEUED = 640 << 10;
    /** What is shorter is copied sooner than handed over. */
    static final int LEAST_PART = 16 << 10;
    /** What is shorter altogether is not divided. */
    static final int LEAST = 128 << 10;

    private static final int MOST_PARTS = 32;

    private final List<CopyWorker> workers;
    private final CopyPart[] parts = new CopyPart[MOST_PARTS];
    private final IdleStrategy idle = Idling.BACKOFF.strategy();
    private int count;
    private int next;

    CopyJob(List<CopyWorker> workers) {
        this.workers = workers;
        for (int i = 0; i < MOST_PARTS; i++) {
            parts[i] = new CopyPart();
        }
    }

    /** Notes what {@link #copy} is to do; false when the caller copies that at once. */
    boolean add(Segment segment, int from, ByteBuffer target, int to, int length) {
        if (length < LEAST_PART || count == MOST_PARTS) {
            return false;
        }
        parts[count++].set(segment, from, target, to, length);
        return true;
    }

    /** Copies everything, with the workers' help; what cannot be written fails here, and nobody else writes then. */
    void copy() {
        try {
            handOut();
            copyHere();
        } finally {
            end();
        }
    }

    /** The first part is for this thread. */
    private void handOut() {
        for (int i = count - 1; i >= 0; i--) {
            CopyWorker worker = i == 0 ? null : choose();
            if (worker == null) {
                parts[i].ready(null);
            } else {
                worker.hand(parts[i]);
            }
        }
    }

    /** Round robin, without those who have enough to do. */
    private CopyWorker choose() {
        for (int i = 0; i < workers.size(); i++) {
            CopyWorker worker = workers.get(next);
            next = (next + 1) % workers.size();
            if (worker.queuedBytes() < MOST_QUEUED) {
                return worker;
            }
        }
        return null;
    }

    private void copyHere() {
        for (int i = 0; i < count; i++) {
            if (parts[i].begin()) {
                parts[i].copy();
            }
        }
        awaitOthers();
        for (int i = 0; i < count; i++) {
            if (parts[i].hasFailed()) {
                parts[i].copy();
            }
        }
    }

    private void awaitOthers() {
        for (int i = 0; i < count; i++) {
            while (!parts[i].isOver()) {
                idle.idle();
            }
        }
        idle.reset();
    }

    private void end() {
        for (int i = 0; i < count; i++) {
            if (parts[i].begin()) {
                parts[i].skip();
            }
        }
        awaitOthers();
        for (int i = 0; i < count; i++) {
            parts[i].clear();
        }
        count = 0;
    }
}
