package org.netchannel.optimized.dpdk;

import java.util.concurrent.locks.ReentrantLock;

/**
 * Catches what DPDK says while something is tried, to tell why it has failed; what it says of a success is nothing that
 * anybody has to know. DPDK has one log: others wait to catch what it says.
 */
final class DpdkLog implements AutoCloseable {
    private static final ReentrantLock ONE = new ReentrantLock();

    /** From now on. */
    DpdkLog() {
        ONE.lock();
        Shim.callVoid("log_begin");
    }

    /** What it has said, on several lines, cut where it is long. */
    String text() {
        return Shim.textAt(Shim.callLong("log_text")).strip();
    }

    @Override
    public void close() {
        Shim.callVoid("log_end");
        ONE.unlock();
    }
}
