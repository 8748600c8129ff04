package org.netchannel.optimized;

import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;

/**
 * Application threads that wait for something about a connection or a listener to change. Everything here is called by
 * who has the turn, so no change falls between looking and waiting.
 */
final class Waiters {
    private Condition condition;
    private int count;

    /** Gives up the turn, waits for a change or so long, and has the turn again. */
    void await(Turn turn, long mostNs) throws InterruptedException {
        if (condition == null) {
            condition = turn.condition();
        }
        count++;
        try {
            condition.await(mostNs, TimeUnit.NANOSECONDS);
        } finally {
            count--;
        }
    }

    /** Something has changed. */
    void wake() {
        if (count > 0) {
            condition.signalAll();
        }
    }
}
