package org.netchannel.optimized.time;

import java.util.Arrays;

/**
 * The timers of a host, a binary heap by the time at which they are filed. A timer that is stopped or put off stays
 * where it is and is filed anew when its old time comes: most timers are started and stopped with every few packets and
 * hardly ever expire. Expiry is exact, in the order of deadlines. One thread at a time calls.
 *
 * @param <T> the host's own kind of timer
 */
public final class TimerQueue<T extends Deadline> {
    private Deadline[] heap = new Deadline[16];
    private int size;

    /** A queue that holds nothing. */
    public TimerQueue() {}

    /**
     * How many timers are filed, stopped ones among them.
     *
     * @return 0 or more
     */
    public int size() {
        return size;
    }

    /**
     * Starts a timer, or moves the deadline of one that runs.
     *
     * @param timer is in no other queue
     * @param deadline nanoseconds of this host, less than {@link Deadline#NEVER}
     */
    public void start(T timer, long deadline) {
        timer.runUntil(deadline);
        if (timer.index < 0) {
            file(timer, deadline);
        } else if (deadline < timer.filedAt) {
            timer.filedAt = deadline;
            up(timer.index);
        }
    }

    private void file(Deadline timer, long deadline) {
        if (size == heap.length) {
            heap = Arrays.copyOf(heap, 2 * size);
        }
        timer.filedAt = deadline;
        put(timer, size++);
        up(timer.index);
    }

    /**
     * Forgets a timer altogether: its connection is over.
     *
     * @param timer filed or not
     */
    public void remove(T timer) {
        take(timer);
    }

    private void take(Deadline timer) {
        timer.stop();
        int hole = timer.index;
        if (hole < 0) {
            return;
        }
        Deadline last = heap[--size];
        heap[size] = null;
        timer.index = -1;
        if (last != timer) {
            put(last, hole);
            up(hole);
            down(last.index);
        }
    }

    /**
     * The next timer to expire, no longer running.
     *
     * @param now nanoseconds of this host
     * @return the one with the earliest deadline, or null when none is due; {@link Deadline#expiredAt} is its deadline
     */
    @SuppressWarnings("unchecked")
    public T expired(long now) {
        while (size > 0 && heap[0].filedAt <= now) {
            Deadline first = heap[0];
            if (first.deadline() == first.filedAt) {
                take(first);
                return (T) first;
            }
            fileAnew(first);
        }
        return null;
    }

    private void fileAnew(Deadline timer) {
        if (timer.isRunning()) {
            timer.filedAt = timer.deadline();
            down(timer.index);
        } else {
            take(timer);
        }
    }

    /**
     * A time before which no timer expires.
     *
     * @return nanoseconds of this host, {@link Deadline#NEVER} when there is none
     */
    public long earliest() {
        return size == 0 ? Deadline.NEVER : heap[0].filedAt;
    }

    private void put(Deadline timer, int index) {
        heap[index] = timer;
        timer.index = index;
    }

    private void up(int index) {
        Deadline timer = heap[index];
        int child = index;
        while (child > 0) {
            int parent = (child - 1) >>> 1;
            if (heap[parent].filedAt <= timer.filedAt) {
                break;
            }
            put(heap[parent], child);
            child = parent;
        }
        put(timer, child);
    }

    private void down(int index) {
        Deadline timer = heap[index];
        int parent = index;
        while (2 * parent + 1 < size) {
            int child = 2 * parent + 1;
            if (child + 1 < size && heap[child + 1].filedAt < heap[child].filedAt) {
                child++;
            }
            if (timer.filedAt <= heap[child].filedAt) {
                break;
            }
            put(heap[child], parent);
            parent = child;
        }
        put(timer, parent);
    }
}
