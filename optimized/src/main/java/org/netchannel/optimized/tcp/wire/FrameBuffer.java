package org.netchannel.optimized.tcp.wire;

import java.lang.foreign.MemorySegment;

/**
 * Memory for one frame, with a count of references. A payload is put into one once and stays there until it is
 * acknowledged, so that a retransmission sends the same buffer again; a received one stays where the device put it
 * until the application has read it. A plain stretch of memory can be one, and so can an mbuf of DPDK. Whoever holds a
 * reference may read; who holds the only one may write.
 */
public interface FrameBuffer {
    /**
     * The whole memory of the buffer, always the same object.
     *
     * @return readable and writable
     */
    MemorySegment memory();

    /** One reference more. */
    void retain();

    /** One reference less; with the last one the buffer goes back to where it came from. */
    void release();

    /**
     * Whether more than one reference is held.
     *
     * @return false when the caller, who holds one, may write
     */
    boolean isShared();
}
