package org.netchannel.optimized.dpdk;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.SegmentAllocator;

/**
 * Memory of DPDK's environment: hardware reads what is to be sent from there, where DPDK has mapped it, and from
 * nowhere else. It counts among the megabytes of {@link EalOptions}. Any thread may allocate. What nobody refers to any
 * more is given back by the garbage collector.
 */
public final class EalMemory implements SegmentAllocator {
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
        long address = Shim.callLong("memory_allocate", bytes, Math.toIntExact(alignment));
        if (address == 0) {
            throw new OutOfMemoryError("DPDK has no " + bytes + " bytes; give it more megabytes when it is started");
        }
        return MemorySegment.ofAddress(address).reinterpret(bytes, Arena.ofAuto(), EalMemory::free);
    }

    private static void free(MemorySegment memory) {
        Shim.callVoid("memory_free", memory.address());
    }
}
