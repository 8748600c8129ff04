package org.netchannel.optimized.dpdk;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.SegmentAllocator;
import java.util.concurrent.locks.LockSupport;

/**
 * Memory of DPDK's environment: hardware reads what is to be sent from there, where DPDK has mapped it, and from
 * nowhere else. It counts among the megabytes of {@link EalOptions}. Any thread may allocate. What nobody refers to any
 * more is given back by the garbage collector.
 */
public final class EalMemory implements SegmentAllocator {
    private static final long FIRST_WAIT_NS = 1_000_000;
    private static final long LAST_WAIT_NS = 64_000_000;

    /** All of it. */
    public static final EalMemory INSTANCE = new EalMemory();

    private EalMemory() {}

    /**
     * Takes memory, whose content is anything.
     *
     * @param bytes how much, at least 1
     * @param alignment a power of two; a piece that is aligned to its own size of at most 2 MiB lies in one hugepage,
     *     so that it is in one piece for devices, too
     * @return the memory
     * @throws OutOfMemoryError when the environment has no more
     * @throws IllegalStateException when it was not started
     */
    @Override
    @SuppressWarnings("restricted")
    public MemorySegment allocate(long bytes, long alignment) {
        if (!Eal.isStarted()) {
            throw new IllegalStateException("DPDK was not started, so that it has no memory");
        }
        int multiple = Math.toIntExact(alignment);
        long address = Shim.callLong("memory_allocate", bytes, multiple);
        for (long waitNs = FIRST_WAIT_NS; address == 0 && waitNs <= LAST_WAIT_NS; waitNs *= 2) {
            // Much may be left of stacks that were closed: it comes back when the garbage is collected.
            System.gc();
            LockSupport.parkNanos(waitNs);
            address = Shim.callLong("memory_allocate", bytes, multiple);
        }
        if (address == 0) {
            throw new OutOfMemoryError("DPDK has no " + bytes + " bytes; give it more megabytes when it is started");
        }
        return MemorySegment.ofAddress(address).reinterpret(bytes, Arena.ofAuto(), EalMemory::free);
    }

    private static void free(MemorySegment memory) {
        Shim.callVoid("memory_free", memory.address());
    }
}
