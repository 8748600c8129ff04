package org.netchannel.optimized.dpdk.host;

import java.lang.foreign.MemorySegment;
import java.nio.ByteBuffer;
import org.netchannel.optimized.dpdk.Mbuf;
import org.netchannel.optimized.tcp.wire.FrameBuffer;

/**
 * A received mbuf, or one of several that a frame is in. Offsets in its memory are addresses. It counts as shared: what
 * is in it may be memory that the sender still has. The thread of its host calls.
 */
public final class MbufFrame implements FrameBuffer {
    private final MbufFrames frames;
    private long mbuf;
    private int references;
    /** Known for longer than the mbuf is there: views may be given back when the pool has gone. */
    private long base;
    /** The next one that is for no mbuf now. */
    MbufFrame nextFree;

    MbufFrame(MbufFrames frames) {
        this.frames = frames;
    }

    /** From now on it is for an mbuf that was received: the receiver has the only reference. */
    MbufFrame begin(long received) {
        mbuf = received;
        references = 1;
        base = Mbuf.buffer(mbuf);
        return this;
    }

    /**
     * Where the memory begins in which the frame lies. There are only so many: pools do not move.
     *
     * @return an address
     */
    public long base() {
        return base;
    }

    /**
     * A look at that memory from its beginning.
     *
     * @return good as long as that memory is
     */
    public ByteBuffer bytes() {
        return Mbuf.memory().asSlice(base(), Mbuf.bufferLength(mbuf)).asByteBuffer();
    }

    /** All memory: what is in the frame lies at its address. */
    @Override
    public MemorySegment memory() {
        return Mbuf.memory();
    }

    @Override
    public void retain() {
        if (references < 1) {
            throw new IllegalStateException("an mbuf that nobody holds was retained");
        }
        references++;
    }

    /** Nobody may look at it any more, whoever holds it. */
    void reclaim() {
        if (references > 0) {
            references = 0;
            frames.free(this, mbuf);
        }
    }

    @Override
    public void release() {
        if (frames.areReclaimed()) {
            return;
        }
        if (references < 1) {
            throw new IllegalStateException("an mbuf was released more often than it was retained");
        }
        if (--references == 0) {
            frames.free(this, mbuf);
        }
    }

    @Override
    public boolean isShared() {
        return true;
    }
}
