package org.netchannel.optimized;

import java.lang.foreign.SegmentAllocator;
import java.nio.ByteBuffer;
import java.util.concurrent.atomic.AtomicLong;
import org.netchannel.optimized.dpdk.AdaptiveCopy;
import org.netchannel.optimized.dpdk.EalMemory;
import org.netchannel.optimized.tcp.wire.PayloadCopy;

/**
 * All the payload memory of a host: segments of three sizes. Memory is taken from the system a chunk at a time until
 * the capacity is reached, and never given back or exceeded: an empty pool pushes back on whoever asks. A chunk keeps
 * its size, so that at least half of the capacity is for large segments, however small the packets are that a peer
 * sends. Any thread may claim and release.
 */
public final class SegmentPool {
    /** One whole payload of the largest size fits a large segment. */
    static final int LARGE = 1 << 16;

    private static final int[] SIZES = {1 << 8, 1 << 12, LARGE};
    /** Segments of a chunk, by size: small enough that a host with little to do stays small. */
    private static final int[] PER_CHUNK = {256, 32, 4};
    /** How much larger a segment may be than what is to lie in it. */
    private static final int GENEROSITY = 4;
    /** Segments of a size that is not the largest get so much of the capacity: one in so many bytes. */
    private static final int SHARE = 4;

    private final Shelf[] shelves = new Shelf[SIZES.length];
    private final long capacityBytes;
    private final AtomicLong left;
    /** Where chunks come from; null for the Java heap. */
    private final SegmentAllocator memory;
    /** There was no memory for another chunk. */
    private volatile boolean isAtItsEnd;
    /** How often there was nothing for somebody. */
    private final AtomicLong refused = new AtomicLong();

    /**
     * An empty pool.
     *
     * @param capacityBytes the most it may take from the system
     * @param memory where that comes from; drivers need it outside the Java heap. Null for the heap
     */
    SegmentPool(long capacityBytes, SegmentAllocator memory) {
        this.capacityBytes = capacityBytes;
        this.left = new AtomicLong(capacityBytes);
        this.memory = memory;
        for (int i = 0; i < SIZES.length; i++) {
            shelves[i] = new Shelf(SIZES[i], PER_CHUNK[i]);
        }
    }

    /**
     * A segment with one reference.
     *
     * @param bytes how many bytes it should hold, 0 to 65,536
     * @return the smallest there is for so many bytes, or null when the pool is empty
     */
    public Segment claim(int bytes) {
        Segment segment = take(bytes);
        if (segment == null) {
            refused.incrementAndGet();
        }
        return segment;
    }

    private Segment take(int bytes) {
        for (Shelf shelf : shelves) {
            if (bytes <= shelf.size) {
                Segment segment = shelf.take();
                if (segment != null) {
                    return segment;
                }
            }
        }
        return null;
    }

    /**
     * The same, with room for more where there is any: at most {@link #GENEROSITY} times as much as wished for.
     *
     * @param bytes as for {@link #claim(int)}
     * @param wished how many it would be good to have room for, at least as many
     * @return as {@link #claim(int)}
     */
    Segment claim(int bytes, long wished) {
        for (int i = shelves.length - 1; i >= 0 && bytes < shelves[i].size; i--) {
            if (wished * GENEROSITY >= shelves[i].size) {
                Segment segment = shelves[i].take();
                // Nobody went without: that would be told where memory is reclaimed.
                return segment == null ? claim(bytes) : segment;
            }
        }
        return claim(bytes);
    }

    /** Whether a segment of any size can be claimed now; who asks wants one. */
    boolean hasLarge() {
        boolean has = large().canTake();
        if (!has) {
            refused.incrementAndGet();
        }
        return has;
    }

    private Shelf large() {
        return shelves[shelves.length - 1];
    }

    /** How one thread copies an application's bytes into its segments; null as {@link ByteBuffer} does. */
    PayloadCopy newPayloadCopy() {
        return memory == EalMemory.INSTANCE ? new AdaptiveCopy() : null;
    }

    /** How often there was nothing for somebody. */
    long refused() {
        return refused.get();
    }

    /** How many large segments were claimed so far: where there is nothing, there is none of these. */
    long granted() {
        return large().granted();
    }

    /** Bytes in segments that somebody holds. */
    long bytesInUse() {
        long bytes = 0;
        for (Shelf shelf : shelves) {
            bytes += shelf.bytesInUse();
        }
        return bytes;
    }

    /** The most it may take from the system. */
    long capacityBytes() {
        return capacityBytes;
    }

    /** What it has taken from the system. */
    long bytesTaken() {
        return capacityBytes - left.get();
    }

    /** The free segments of one size. */
    final class Shelf implements Segment.Owner {
        private final int size;
        private final int perChunk;
        private Segment free;
        private long inUse;
        private long granted;
        /** Memory of segments that are not large: chunks do not change their size, so that some have to be left. */
        private long mayTake;

        private Shelf(int size, int perChunk) {
            this.size = size;
            this.perChunk = perChunk;
            this.mayTake = size == LARGE ? capacityBytes : capacityBytes / SHARE;
        }

        private synchronized Segment take() {
            if (free == null && !grow()) {
                return null;
            }
            Segment segment = free;
            free = segment.next;
            inUse++;
            granted++;
            segment.claimed();
            return segment;
        }

        @Override
        public synchronized void put(Segment segment) {
            segment.next = free;
            free = segment;
            inUse--;
        }

        private synchronized boolean canTake() {
            return free != null || !isAtItsEnd && left.get() >= (long) size * perChunk;
        }

        private synchronized long granted() {
            return granted;
        }

        private synchronized long bytesInUse() {
            return inUse * size;
        }

        private boolean grow() {
            int chunkBytes = size * perChunk;
            if (isAtItsEnd || mayTake < chunkBytes) {
                return false;
            }
            if (left.addAndGet(-chunkBytes) < 0) {
                left.addAndGet(chunkBytes);
                return false;
            }
            ByteBuffer chunk;
            try {
                chunk = memory == null ? ByteBuffer.allocate(chunkBytes)
                        : memory.allocate(chunkBytes, size).asByteBuffer();
            } catch (OutOfMemoryError e) {
                // There is less than the stack was given: a full pool, which pushes back, and asks for no more.
                left.addAndGet(chunkBytes);
                isAtItsEnd = true;
                return false;
            }
            mayTake -= chunkBytes;
            for (int i = 0; i < perChunk; i++) {
                Segment segment = new Segment(this, chunk.slice(i * size, size));
                segment.next = free;
                free = segment;
            }
            return true;
        }
    }
}
