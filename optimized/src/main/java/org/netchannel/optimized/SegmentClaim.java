package org.netchannel.optimized;

import java.io.IOException;
import java.nio.ByteBuffer;

/**
 * Memory of the stack's that an application writes into instead of having its bytes copied: claimed from a
 * {@link VirtualSocket}, filled, and committed or aborted. What is claimed and not committed counts against the
 * socket's send buffer and the stack's memory. The object is the application's: it holds one claim at a time and can be
 * used again after it. The thread that sends calls.
 */
public final class SegmentClaim {
    private SendingHalf owner;
    private Segment segment;
    private ByteBuffer bytes;
    private int length;

    /** Holds nothing yet. */
    public SegmentClaim() {}

    void requireNone() {
        if (segment != null) {
            throw new IllegalStateException("the claim before is neither committed nor aborted");
        }
    }

    void hold(SendingHalf newOwner, Segment claimed, int claimedLength) {
        owner = newOwner;
        segment = claimed;
        length = claimedLength;
        bytes = claimed.claimView().limit(claimedLength);
    }

    private void requireClaimed() {
        if (segment == null) {
            throw new IllegalStateException("nothing is claimed");
        }
    }

    /**
     * The memory.
     *
     * @return from index 0 to its limit, which is what was claimed; not to be touched after commit or abort
     * @throws IllegalStateException when nothing is claimed
     */
    public ByteBuffer bytes() {
        requireClaimed();
        return bytes;
    }

    /**
     * Sends the bytes at the front of the memory (NC-DATA-3); the claim is over, whatever this comes to.
     *
     * @param count how many, from index 0; at least 1 and at most what was claimed
     * @throws IOException as {@link VirtualSocket#trySend(ByteBuffer)}; nothing was sent then
     * @throws IllegalArgumentException when count is not legal; the claim stays
     * @throws IllegalStateException when nothing is claimed
     */
    public void commit(int count) throws IOException {
        requireClaimed();
        if (count < 1 || count > length) {
            throw new IllegalArgumentException("count is " + count + ", legal is 1 to " + length);
        }
        owner.commit(take(), length, count);
    }

    /**
     * Gives the memory back.
     *
     * @throws IllegalStateException when nothing is claimed
     */
    public void abort() {
        requireClaimed();
        owner.abort(take(), length);
    }

    private Segment take() {
        Segment taken = segment;
        segment = null;
        bytes = null;
        return taken;
    }
}
