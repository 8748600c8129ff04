package org.netchannel.optimized;

import java.nio.ByteBuffer;

/** Where received bytes are copied to: some buffers, one after the other. */
final class Scatter {
    private ByteBuffer[] targets;
    private int current;

    /** Begins to fill buffers, from one of them on. */
    Scatter into(ByteBuffer[] buffers, int from) {
        targets = buffers;
        current = from;
        return this;
    }

    /** Copies bytes, for which there has to be room, or has a job do it, if there is one. */
    void put(Segment segment, int from, int length, CopyJob job) {
        int at = from;
        while (at < from + length) {
            ByteBuffer target = targets[current];
            int count = Math.min(target.remaining(), from + length - at);
            if (job == null || !job.add(segment, at, target, target.position(), count)) {
                target.put(target.position(), segment.bytes(), at, count);
            }
            target.position(target.position() + count);
            at += count;
            if (!target.hasRemaining()) {
                current++;
            }
        }
    }

    /** Forgets the buffers. */
    void done() {
        targets = null;
    }
}
