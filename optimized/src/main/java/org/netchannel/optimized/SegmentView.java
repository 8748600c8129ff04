package org.netchannel.optimized;

import java.nio.ByteBuffer;
import java.util.Objects;

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
        owner().release(take());
    }

    /**
     * The bytes of several views are read: the same as to release each, at less cost where they were filled by one
     * socket.
     *
     * @param views all of these show something; one that is there twice is released once
     * @param from index of the first one
     * @param count how many
     * @throws IllegalStateException when one of them shows nothing; then none was released
     * @throws IndexOutOfBoundsException when there are not as many
     */
    public static void release(SegmentView[] views, int from, int count) {
        Objects.checkFromIndexSize(from, count, views.length);
        for (int i = from; i < from + count; i++) {
            views[i].owner();
        }
        int end = from;
        for (int begin = from; begin < from + count; begin = end) {
            ReceivingHalf owner = views[begin].owner;
            while (end < from + count && views[end].owner == owner) {
                end++;
            }
            owner.release(views, begin, end);
        }
    }

    private ReceivingHalf owner() {
        if (lent == null) {
            throw new IllegalStateException("the view shows nothing");
        }
        return owner;
    }

    /** It shows nothing any more. */
    LentBytes take() {
        LentBytes returned = lent;
        lent = null;
        return returned;
    }
}
