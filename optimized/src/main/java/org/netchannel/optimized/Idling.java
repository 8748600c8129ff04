package org.netchannel.optimized;

import java.util.concurrent.TimeUnit;
import org.agrona.concurrent.BackoffIdleStrategy;
import org.agrona.concurrent.BusySpinIdleStrategy;
import org.agrona.concurrent.IdleStrategy;
import org.agrona.concurrent.SleepingIdleStrategy;
import org.agrona.concurrent.YieldingIdleStrategy;

/**
 * What a thread of a stack does when it finds nothing to do. In each case it looks again by itself, at the latest after
 * {@link #LONGEST_SLEEP_NS}: nobody has to wake it, so no wake-up can be lost.
 */
public enum Idling {
    /** Looks again at once: the shortest delay, and a whole core for each thread. */
    BUSY_SPIN {
        @Override
        IdleStrategy strategy() {
            return BusySpinIdleStrategy.INSTANCE;
        }
    },
    /** Lets others run in between; a whole core where there are none. */
    YIELD {
        @Override
        IdleStrategy strategy() {
            return YieldingIdleStrategy.INSTANCE;
        }
    },
    /** Some 20 microseconds of looking, then others may run in between, then it sleeps. */
    BACKOFF {
        @Override
        IdleStrategy strategy() {
            return new BackoffIdleStrategy(100, 200, 1_000, LONGEST_SLEEP_NS);
        }
    },
    /** Sleeps at once: the least work, and the longest delay. */
    PARK {
        @Override
        IdleStrategy strategy() {
            return new SleepingIdleStrategy(LONGEST_SLEEP_NS);
        }
    };

    /** The longest that a thread with nothing to do sleeps, in nanoseconds; the system may make it longer. */
    public static final long LONGEST_SLEEP_NS = TimeUnit.MICROSECONDS.toNanos(50);

    /** For one thread. */
    abstract IdleStrategy strategy();
}
