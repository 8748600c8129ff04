package org.netchannel.optimized.tcp.wire;

import java.lang.foreign.MemorySegment;
import java.lang.foreign.SegmentAllocator;

/** A fixed number of frame buffers in plain memory. One thread at a time uses it and its buffers. */
public final class PlainFramePool implements FramePool {
    private static final int LEAST_ALIGNMENT = 64;

    private final Buffer[] free;
    private final int bufferBytes;
    private final PayloadCopy payloadCopy;
    private int freeCount;

    /**
     * Takes all its memory from the system at once.
     *
     * @param memory where it comes from
     * @param buffers how many buffers there are, at least 1
     * @param bufferBytes the size of each, at least 1
     */
    public PlainFramePool(SegmentAllocator memory, int buffers, int bufferBytes) {
        this(memory, buffers, bufferBytes, PayloadCopy.PLAIN);
    }

    /**
     * The same for payload that is copied in another way.
     *
     * @param memory where it comes from
     * @param buffers how many buffers there are, at least 1
     * @param bufferBytes the size of each, at least 1
     * @param payloadCopy how payload is copied into buffers
     */
    public PlainFramePool(SegmentAllocator memory, int buffers, int bufferBytes, PayloadCopy payloadCopy) {
        this.payloadCopy = payloadCopy;
        // A buffer whose size is a power of two lies in one page.
        long alignment = Math.max(LEAST_ALIGNMENT, Integer.lowestOneBit(bufferBytes));
        MemorySegment all = memory.allocate((long) buffers * bufferBytes, alignment);
        this.bufferBytes = bufferBytes;
        this.free = new Buffer[buffers];
        for (int i = 0; i < buffers; i++) {
            put(new Buffer(this, all.asSlice((long) i * bufferBytes, bufferBytes)));
        }
    }

    @Override
    public FrameBuffer claim() {
        if (freeCount == 0) {
            return null;
        }
        Buffer buffer = free[--freeCount];
        buffer.references = 1;
        return buffer;
    }

    @Override
    public FrameBuffer claim(PoolShare share) {
        if (!share.mayHoldMore(freeCount)) {
            return null;
        }
        Buffer buffer = free[--freeCount];
        buffer.references = 1;
        buffer.share = share;
        share.add(1);
        return buffer;
    }

    @Override
    public int bufferBytes() {
        return bufferBytes;
    }

    @Override
    public PayloadCopy payloadCopy() {
        return payloadCopy;
    }

    /**
     * How many buffers nobody holds.
     *
     * @return 0 to the number of buffers
     */
    public int freeBuffers() {
        return freeCount;
    }

    private void put(Buffer buffer) {
        free[freeCount++] = buffer;
    }

    private static final class Buffer implements FrameBuffer {
        private final PlainFramePool pool;
        private final MemorySegment memory;
        private int references;
        /** Whose it is; null for nobody's. */
        private PoolShare share;

        private Buffer(PlainFramePool pool, MemorySegment memory) {
            this.pool = pool;
            this.memory = memory;
        }

        @Override
        public MemorySegment memory() {
            return memory;
        }

        @Override
        public void retain() {
            if (references < 1) {
                throw new IllegalStateException("a frame buffer that nobody holds was retained");
            }
            references++;
        }

        @Override
        public void release() {
            if (references < 1) {
                throw new IllegalStateException("a frame buffer was released more often than it was retained");
            }
            if (--references == 0) {
                if (share != null) {
                    share.add(-1);
                    share = null;
                }
                pool.put(this);
            }
        }

        @Override
        public boolean isShared() {
            return references > 1;
        }
    }
}
