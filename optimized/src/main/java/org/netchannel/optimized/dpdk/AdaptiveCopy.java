package org.netchannel.optimized.dpdk;

import java.lang.foreign.MemorySegment;
import java.util.Objects;
import java.util.function.LongSupplier;
import org.netchannel.optimized.tcp.wire.PayloadCopy;

/**
 * Copies into memory that is used in turns and that another core reads. Where both cores share a cache ordinary stores
 * are fastest; where they don't, the reader's cache has to give up each line first, which can be ten times slower, and
 * a copy past the caches is not. So now and then an ordinary copy is timed, and until the next time copies are what was
 * found to be better. Only a speed depends on what a clock says. One thread calls; allocates nothing.
 */
public final class AdaptiveCopy implements PayloadCopy {
    /** What is shorter is always copied in the ordinary way, bytes. */
    public static final int LEAST = 2_048;
    /** So many copies follow one that was timed. */
    static final int EVERY = 32;
    /** An ordinary copy that takes longer is slow: 4 gigabytes a second. */
    private static final int SLOW_NS_PER_KIB = 256;

    private final LongSupplier nanoTime;
    private final PayloadCopy pastCaches;
    private int untilTimed;
    private boolean goesPastCaches;

    /** Has copied nothing yet. */
    public AdaptiveCopy() {
        this(System::nanoTime, AdaptiveCopy::copyPastCaches);
    }

    AdaptiveCopy(LongSupplier nanoTime, PayloadCopy pastCaches) {
        this.nanoTime = nanoTime;
        this.pastCaches = pastCaches;
    }

    @Override
    public void copy(MemorySegment source, long at, MemorySegment target, long to, long length) {
        // A file may be shorter by now than what is mapped of it, which only the JVM's own copies survive.
        if (length < LEAST || !source.isNative() || source.isMapped() || !target.isNative()) {
            MemorySegment.copy(source, at, target, to, length);
        } else if (untilTimed-- == 0) {
            untilTimed = EVERY;
            long began = nanoTime.getAsLong();
            MemorySegment.copy(source, at, target, to, length);
            goesPastCaches = nanoTime.getAsLong() - began > length * SLOW_NS_PER_KIB >> 10;
        } else if (goesPastCaches) {
            pastCaches.copy(source, at, target, to, length);
        } else {
            MemorySegment.copy(source, at, target, to, length);
        }
    }

    static void copyPastCaches(MemorySegment source, long at, MemorySegment target, long to, long length) {
        Objects.checkFromIndexSize(at, length, source.byteSize());
        Objects.checkFromIndexSize(to, length, target.byteSize());
        Shim.copyPastCaches(target, to, source, at, length);
    }
}
