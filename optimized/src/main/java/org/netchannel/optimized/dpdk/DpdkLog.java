package org.netchannel.optimized.dpdk;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.util.concurrent.locks.ReentrantLock;

/**
 * Catches what DPDK says while something is tried, to tell why it has failed; what it says of a success is nothing that
 * anybody has to know. DPDK has one log: others wait to catch what it says.
 */
final class DpdkLog implements AutoCloseable {
    private static final int BYTES = 4_096;
    private static final ReentrantLock ONE = new ReentrantLock();

    private final Arena arena = Arena.ofConfined();
    private final MemorySegment said = arena.allocate(BYTES);
    private final long stream;

    /** From now on. */
    DpdkLog() {
        ONE.lock();
        // The last byte stays 0.
        stream = Shim.callLong("log_begin", said.address(), BYTES - 1L);
    }

    /** What it has said, on several lines, cut where it is long. */
    String text() {
        return said.getString(0).strip();
    }

    @Override
    public void close() {
        if (stream != 0) {
            Shim.callVoid("log_end", stream);
        }
        arena.close();
        ONE.unlock();
    }
}
