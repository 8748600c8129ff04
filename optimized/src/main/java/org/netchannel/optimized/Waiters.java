package org.netchannel.optimized;

import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;

/**
 * Who waits for something about a connection or a listener to change: threads, and keys of pollers. Everything here is
 * called by who has the turn, so no change falls between looking and waiting.
 */
final class Waiters {
    private Condition condition;
    private int count;
    /** Keys of pollers, linked. */
    private PollKey keys;

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

    /** Gives up the turn, waits for a change, and has the turn again. */
    void awaitUninterruptibly(Turn turn) {
        if (condition == null) {
            condition = turn.condition();
        }
        count++;
        condition.awaitUninterruptibly();
        count--;
    }

    /** Something has changed. */
    void wake() {
        if (count > 0) {
            condition.signalAll();
        }
        for (PollKey key = keys; key != null; key = key.nextOfSource) {
            key.look();
        }
    }

    /** One key for each poller. */
    void add(PollKey key, Poller poller) {
        for (PollKey other = keys; other != null; other = other.nextOfSource) {
            if (other.belongsTo(poller)) {
                throw new IllegalStateException("it is registered on this poller already");
            }
        }
        key.nextOfSource = keys;
        keys = key;
    }

    void remove(PollKey key) {
        if (keys == key) {
            keys = key.nextOfSource;
        } else {
            PollKey before = keys;
            while (before.nextOfSource != key) {
                before = before.nextOfSource;
            }
            before.nextOfSource = key.nextOfSource;
        }
        key.nextOfSource = null;
    }

    /** The socket or listener was closed: its keys end. */
    void end() {
        while (keys != null) {
            keys.end();
        }
        wake();
    }
}
