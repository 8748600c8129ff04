package org.netchannel.optimized;

import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;

/**
 * Whose turn it is to change the state of a host: a channel agent's, the application's. A turn is short: whoever has it
 * neither copies much nor calls the operating system. A host whose callers are all one thread has no lock. Who gets the
 * turn next is not a matter of who asked first: with turns that are short nobody waits for long.
 */
final class Turn {
    private final HostCore host;
    private final ReentrantLock lock;
    private final long startedNs = System.nanoTime();

    /**
     * A turn that nobody has.
     *
     * @param host what it is about
     * @param threads whether more than one thread calls
     */
    Turn(HostCore host, boolean threads) {
        this.host = host;
        this.lock = threads ? new ReentrantLock() : null;
    }

    /** Waits for the turn; timers that are due expire. */
    void enter() {
        if (lock != null) {
            lock.lock();
        }
        host.clock.advance(System.nanoTime() - startedNs);
    }

    void leave() {
        host.channels.forgetClosed();
        if (lock != null) {
            lock.unlock();
        }
    }

    boolean hasThreads() {
        return lock != null;
    }

    Condition condition() {
        return lock.newCondition();
    }
}
