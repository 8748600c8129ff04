package org.netchannel.optimized;

import java.nio.ByteBuffer;

/**
 * Received bytes where they lie, instead of a copy: filled by a {@link VirtualSocket}, to be released when they are no
 * longer needed. Until then they count as unread: against the socket's receive buffer, so that the sender is stopped
 * when too much is held (NC-HOL-4), and against the stack's memory. Views may be released in any order; room comes back
 * in the order of the stream. The object is the application's: it shows one stretch at a time and can be used again
 * after that. One thread at a time uses it.
 */
public final class SegmentView {
    private ReceivingHalf owner;
    private LentBytes lent;

    /** Shows nothing yet. */
    public SegmentView() {}

    void requireNone() {
        if (lent != null) {
            throw new IllegalStateException("what the view shows was not released");
        }
    }

    void show(ReceivingHalf newOwner, LentBytes bytes) {
        owner = newOwner;
        lent = bytes;
    }

    /**
     * Whether it shows anything.
     *
     * @return false before it was filled and after {@link #release}
     */
    public boolean isHeld() {
        return lent != null;
    }

    /**
     * The bytes.
     *
     * @return read-only, from its position to its limit; not to be touched after {@link #release}
     * @throws IllegalStateException when the view shows nothing
     */
    public ByteBuffer bytes() {
        if (lent == null) {
            throw new IllegalStateException("the view shows nothing");
        }
        return lent.bytes;
    }

    /**
     * The bytes are read (NC-DATA-1). Also after the socket was closed.
     *
     * @throws IllegalStateException when the view shows nothing
     */
    public void release() {
        if (lent == null) {
            throw new IllegalStateException("the view shows nothing");
        }
        LentBytes returned = lent;
        lent = null;
        owner.release(returned);
    }
}
