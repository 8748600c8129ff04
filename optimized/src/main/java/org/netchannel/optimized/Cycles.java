package org.netchannel.optimized;

import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;

/** How often and how regularly one thread of a stack has gone round. That thread counts, any thread looks. */
final class Cycles {
    /** A duty cycle that begins so much later than the one before it is counted as a stall. */
    static final long STALL_NS = TimeUnit.MILLISECONDS.toNanos(10);

    private final AtomicLong count = new AtomicLong();
    private final AtomicLong stalls = new AtomicLong();
    private final AtomicLong longestNs = new AtomicLong();
    private long lastNs;

    /** A duty cycle begins. */
    void begin(long nowNs) {
        if (count.getPlain() > 0) {
            compare(nowNs - lastNs);
        }
        lastNs = nowNs;
        count.setRelease(count.getPlain() + 1);
    }

    private void compare(long tookNs) {
        if (tookNs > longestNs.getPlain()) {
            longestNs.setRelease(tookNs);
        }
        if (tookNs > STALL_NS) {
            stalls.setRelease(stalls.getPlain() + 1);
            FlightEvents.stall(tookNs);
        }
    }

    long count() {
        return count.getAcquire();
    }

    long stalls() {
        return stalls.getAcquire();
    }

    long longestNs() {
        return longestNs.getAcquire();
    }
}
