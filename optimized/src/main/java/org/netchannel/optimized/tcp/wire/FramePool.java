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
     * The same for one of many users, who is not to take everything.
     *
     * @param share of the user; the buffer counts there until nobody holds it
     * @return a buffer, or null when the pool is empty or the share used up
     */
    FrameBuffer claim(PoolShare share);

    /**
     * How much memory each buffer has.
     *
     * @return bytes
     */
    int bufferBytes();

    /**
     * How payload is copied into its buffers.
     *
     * @return for the thread that uses the pool
     */
    default PayloadCopy payloadCopy() {
        return PayloadCopy.PLAIN;
    }
}
