package org.netchannel.optimized.dpdk.host;

import java.util.ArrayList;
import java.util.List;
import org.netchannel.optimized.dpdk.MbufBurst;

/**
 * The mbufs that a host has received and not yet freed. There are as many objects for them as were held at a time,
 * whichever of the mbufs of a pool, or of several, they were for. One thread calls.
 */
final class MbufFrames {
    private final List<MbufFrame> all = new ArrayList<>();
    /** Those that are for no mbuf now, linked. */
    private MbufFrame free;
    private final MbufBurst freed = new MbufBurst(2 * MbufBurst.USUAL);
    private int held;
    private boolean reclaimed;

    /** The frame of an mbuf that has just come, which is alone. */
    MbufFrame of(long mbuf) {
        held++;
        MbufFrame frame = free;
        if (frame == null) {
            frame = new MbufFrame(this);
            all.add(frame);
        } else {
            free = frame.nextFree;
        }
        return frame.begin(mbuf);
    }

    /** Nobody holds it any more. */
    void free(MbufFrame frame, long mbuf) {
        held--;
        frame.nextFree = free;
        free = frame;
        if (freed.space() == 0) {
            freed.free();
        }
        freed.add(mbuf);
    }

    /** Those that are still held are given back, too: nobody may look at them any more. */
    void reclaim() {
        reclaimed = true;
        all.forEach(MbufFrame::reclaim);
        flush();
    }

    boolean areReclaimed() {
        return reclaimed;
    }

    /** How many are held. */
    int held() {
        return held;
    }

    /** Gives those that are free back to their pools. */
    void flush() {
        if (freed.count() > 0) {
            freed.free();
        }
    }
}
