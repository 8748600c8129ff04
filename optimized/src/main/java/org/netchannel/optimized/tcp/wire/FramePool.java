package org.netchannel.optimized.tcp.wire;

/** Where frame buffers come from. Its size is fixed: an empty pool pushes back on whoever asks. */
public interface FramePool {
    /**
     * A buffer with one reference, which the caller holds.
     *
     * @return a buffer, or null when the pool is empty
     */
    FrameBuffer claim();

    /**
     * How much memory each buffer has.
     *
     * @return bytes
     */
    int bufferBytes();
}
