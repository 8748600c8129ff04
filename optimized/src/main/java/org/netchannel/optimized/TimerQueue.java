package org.netchannel.optimized;

import java.util.Arrays;

/**
 * The timers of a host, a binary heap by the time at which they are filed. A timer that is stopped or put off stays
 * where it is and is filed anew when its old time comes: most timers are started and stopped with every few packets and
 * hardly ever expire. Expiry is exact, in the order of deadlines. One thread at a time calls.
 */
final class TimerQueue {
    private Timer[] heap = new Timer[16];
    private int size;

    int size() {
        return size;
    }

    /** Starts a timer, or moves the deadline of one that runs. */
    void start(Timer timer, long deadline) {
        timer.runUntil(deadline);
        if (timer.index < 0) {
            file(timer, deadline);
        } else if (deadline < timer.filedAt) {
            timer.filedAt = deadline;
            up(timer.index);
        }
    }

    private void file(Timer timer, long deadline) {
        if (size == heap.length) {
            heap = Arrays.copyOf(heap, 2 * size);
        }
        timer.filedAt = deadline;
        put(timer, size++);
        up(timer.index);
    }

    /** Forgets a timer altogether: its connection is over. */
    void remove(Timer timer) {
        timer.stop();
        int hole = timer.index;
        if (hole < 0) {
            return;
        }
        Timer last = heap[--size];
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
     * @return the one with the earliest deadline, or null when none is due; {@link Timer#filedAt} is its deadline
     */
    Timer expired(long now) {
        while (size > 0 && heap[0].filedAt <= now) {
            Timer first = heap[0];
            if (first.deadline() == first.filedAt) {
                remove(first);
                return first;
            }
            fileAnew(first);
        }
        return null;
    }

    private void fileAnew(Timer timer) {
        if (timer.isRunning()) {
            timer.filedAt = timer.deadline();
            down(timer.index);
        } else {
            remove(timer);
        }
    }

    /** A time before which no timer expires: {@link Timer#NEVER} when there is none. */
    long earliest() {
        return size == 0 ? Timer.NEVER : heap[0].filedAt;
    }

    private void put(Timer timer, int index) {
        heap[index] = timer;
        timer.index = index;
    }

    private void up(int index) {
        Timer timer = heap[index];
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
        Timer timer = heap[index];
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
