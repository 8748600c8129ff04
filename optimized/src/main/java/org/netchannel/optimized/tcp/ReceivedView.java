package org.netchannel.optimized.tcp;

import org.netchannel.optimized.tcp.wire.FrameBuffer;

/**
 * Received bytes where the device has put them: filled by {@link TcpConnection#take}. Who takes it holds a reference to
 * the buffer and releases it. It can be filled again and again.
 */
public final class ReceivedView {
    private FrameBuffer buffer;
    private long at;
    private int length;

    /** A view of nothing. */
    public ReceivedView() {}

    void set(FrameBuffer newBuffer, long newAt, int newLength) {
        buffer = newBuffer;
        at = newAt;
        length = newLength;
    }

    /**
     * What holds the bytes.
     *
     * @return a buffer with a reference of the caller's
     */
    public FrameBuffer buffer() {
        return buffer;
    }

    /**
     * Where they begin in the memory of the buffer.
     *
     * @return byte offset
     */
    public long at() {
        return at;
    }

    /**
     * How many there are.
     *
     * @return at least 1
     */
    public int length() {
        return length;
    }
}
