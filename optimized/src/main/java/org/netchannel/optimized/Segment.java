package org.netchannel.optimized;

import java.lang.foreign.MemorySegment;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteBuffer;
import org.netchannel.optimized.tcp.wire.FrameBuffer;

/**
 * A stretch of pooled memory. Whoever keeps it holds a reference; with the last one it goes back to its pool. Counting
 * is safe from any thread, because the two hosts of an in-memory channel share segments. To TCP in user space it is a
 * buffer like any other, from which it sends without a copy.
 */
public final class Segment implements FrameBuffer {
    /** Who has the memory while nobody uses it. */
    interface Owner {
        /** The last reference is gone. Any thread. */
        void put(Segment segment);
    }

    private static final VarHandle REFERENCES;
    private static final VarHandle VIEW;

    static {
        try {
            REFERENCES = MethodHandles.lookup().findVarHandle(Segment.class, "references", int.class);
            VIEW = MethodHandles.lookup().findVarHandle(Segment.class, "view", ByteBuffer.class);
        } catch (ReflectiveOperationException e) {
            throw new ExceptionInInitializerError(e);
        }
    }

    private final Owner owner;
    private final ByteBuffer bytes;
    private volatile int references;
    /** A second look at the memory, with a position; lent to one transfer at a time. */
    private ByteBuffer view;
    /** Looks at it that nobody has now, linked; of who holds this segment's monitor. */
    private LentBytes unlent;
    /** A third look, for the application that claims it. */
    private ByteBuffer claimView;
    /** The next free one of the pool, or the next one of a chain that an application gives to its socket. */
    Segment next;
    /** How many bytes of it are in use, in such a chain and in a {@link SendBuffer}. */
    int length;
    /** What its bytes lie in, where that is not its own: of its owner. */
    FrameBuffer frame;
    /** Made when it is asked for first. */
    private MemorySegment memory;

    Segment(Owner owner, ByteBuffer bytes) {
        this.owner = owner;
        this.bytes = bytes;
    }

    /** Memory that belongs to no pool, with one reference: for the little that is sent once a channel. */
    static Segment unpooled(ByteBuffer bytes) {
        Segment segment = new Segment(null, bytes);
        segment.claimed();
        return segment;
    }

    /**
     * The memory; only absolute access, so that its position means nothing.
     *
     * @return its capacity is the segment's
     */
    public ByteBuffer bytes() {
        return bytes;
    }

    @Override
    public MemorySegment memory() {
        if (memory == null) {
            memory = MemorySegment.ofBuffer(bytes.duplicate().clear());
        }
        return memory;
    }

    @Override
    public boolean isShared() {
        return references > 1;
    }

    int capacity() {
        return bytes.capacity();
    }

    /** How much memory of its pool it is: none when its bytes lie in a frame. Who holds it calls. */
    int pooledBytes() {
        return frame == null ? bytes.capacity() : 0;
    }

    /** The claimer's reference. */
    void claimed() {
        next = null;
        length = 0;
        references = 1;
    }

    /** One more who keeps it. Any thread that has a reference. */
    @Override
    public void retain() {
        REFERENCES.getAndAdd(this, 1);
    }

    /**
     * One less who keeps it. Any thread.
     *
     * @throws IllegalStateException when nobody keeps it
     */
    @Override
    public void release() {
        int before = (int) REFERENCES.getAndAdd(this, -1);
        if (before == 1) {
            if (owner != null) {
                owner.put(this);
            }
        } else if (before < 1) {
            throw new IllegalStateException("a segment was released more often than it was kept");
        }
    }

    /**
     * A view with a position of its own, for one transfer. Another transfer of the same segment at the same time, which
     * is rare, gets a new one. Any thread: the parts of a segment may go out on several channels.
     */
    ByteBuffer lendView() {
        ByteBuffer lent = (ByteBuffer) VIEW.getAndSet(this, (ByteBuffer) null);
        return (lent == null ? bytes.duplicate() : lent).clear();
    }

    /** The transfer is over. */
    void returnView(ByteBuffer lent) {
        VIEW.setRelease(this, lent);
    }

    /** The whole memory, for the claimer to write into: it is the only one who has the segment. */
    ByteBuffer claimView() {
        if (claimView == null) {
            claimView = bytes.duplicate();
        }
        return claimView.clear();
    }

    /**
     * A look at some bytes for an application, with a reference. Any thread: hosts in one process share segments.
     */
    LentBytes lend(int at, int length) {
        retain();
        LentBytes lent = takeUnlent();
        lent.length = length;
        lent.isReturned = false;
        lent.bytes.limit(at + length).position(at);
        return lent;
    }

    private synchronized LentBytes takeUnlent() {
        LentBytes lent = unlent;
        if (lent == null) {
            return new LentBytes(this);
        }
        unlent = lent.next;
        lent.next = null;
        return lent;
    }

    /** The application is done with it. */
    void takeBack(LentBytes lent) {
        synchronized (this) {
            lent.next = unlent;
            unlent = lent;
        }
        release();
    }
}
