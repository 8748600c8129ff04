package org.netchannel.optimized.tcp.wire;

import java.util.Arrays;

/**
 * What of a frame lies behind its first buffer: one stretch after the other, each with a reference to its buffer. One
 * thread uses it, for frame after frame; nothing here allocates once it is made.
 */
public final class FrameChain {
    /** The most stretches. */
    public static final int MOST = 64;

    private final FrameBuffer[] buffers = new FrameBuffer[MOST];
    private final long[] starts = new long[MOST];
    private final int[] lengths = new int[MOST];
    private int count;
    private int bytes;
    private int segmentBytes;

    /** Nothing is behind the first buffer. */
    public FrameChain() {
        // Nothing to be done.
    }

    /**
     * Adds a stretch.
     *
     * @param buffer holds it; the caller's reference goes over to the chain
     * @param at byte offset of its first byte
     * @param length in bytes
     */
    public void add(FrameBuffer buffer, long at, int length) {
        buffers[count] = buffer;
        starts[count] = at;
        lengths[count] = length;
        count++;
        bytes += length;
    }

    /**
     * Says that the frame was made of the frames of several segments that followed each other.
     *
     * @param payloadBytes of each of them, but for the last one, which may have less; 0 for a frame that came as it is
     */
    public void setSegmentBytes(int payloadBytes) {
        segmentBytes = payloadBytes;
    }

    /**
     * How much payload each segment has that the frame was made of.
     *
     * @return 0 for a frame that came as it is
     */
    public int segmentBytes() {
        return segmentBytes;
    }

    /**
     * How many stretches there are.
     *
     * @return 0 to {@link #MOST}
     */
    public int count() {
        return count;
    }

    /**
     * How long all of them are together.
     *
     * @return in bytes
     */
    public int bytes() {
        return bytes;
    }

    /**
     * Where a stretch lies.
     *
     * @param index 0 to count - 1
     * @return who needs it for longer retains it
     */
    public FrameBuffer buffer(int index) {
        return buffers[index];
    }

    /**
     * Where a stretch begins.
     *
     * @param index 0 to count - 1
     * @return byte offset in its buffer
     */
    public long at(int index) {
        return starts[index];
    }

    /**
     * How long a stretch is.
     *
     * @param index 0 to count - 1
     * @return in bytes
     */
    public int length(int index) {
        return lengths[index];
    }

    /** Gives the references back: nothing is behind the first buffer any more. */
    public void release() {
        for (int i = 0; i < count; i++) {
            buffers[i].release();
        }
        Arrays.fill(buffers, 0, count, null);
        count = 0;
        bytes = 0;
        segmentBytes = 0;
    }
}
