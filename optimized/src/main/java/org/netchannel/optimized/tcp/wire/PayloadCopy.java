package org.netchannel.optimized.tcp.wire;

import java.lang.foreign.MemorySegment;

/** How payload is copied into memory that somebody else reads. One thread calls. */
public interface PayloadCopy {
    /** As the JDK does it. */
    PayloadCopy PLAIN = MemorySegment::copy;

    /**
     * Copies bytes. Allocates nothing.
     *
     * @param source has them
     * @param at offset of the first one
     * @param target gets them
     * @param to offset of the first one there
     * @param length how many
     * @throws IndexOutOfBoundsException when either does not have as many
     */
    void copy(MemorySegment source, long at, MemorySegment target, long to, long length);
}
