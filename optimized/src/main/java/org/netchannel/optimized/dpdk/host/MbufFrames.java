package org.netchannel.optimized.dpdk.host;

import org.agrona.collections.Long2ObjectHashMap;
import org.netchannel.optimized.dpdk.MbufBurst;

/**
 * The mbufs that a host has received and not yet freed. There is one object for each mbuf that ever came, made when it
 * came first: there are as many as the pools that mbufs come from have. One thread calls.
 */
final class MbufFrames {
    private final Long2ObjectHashMap<MbufFrame> frames = new Long2ObjectHashMap<>();
    private final MbufBurst freed = new MbufBurst(2 * MbufBurst.USUAL);
    private int held;
    private boolean reclaimed;

    /** The frame of an mbuf that has just come, which is alone. */
    MbufFrame of(long mbuf) {
        held++;
        MbufFrame frame = frames.get(mbuf);
        if (frame == null) {
            frame = new MbufFrame(this, mbuf);
            frames.put(mbuf, frame);
        }
        return frame.begin();
    }

    /** Nobody holds it any more. */
    void free(long mbuf) {
        held--;
        if (freed.space() == 0) {
            freed.free();
        }
        freed.add(mbuf);
    }

    /** Those that are still held are given back, too: nobody may look at them any more. */
    void reclaim() {
        reclaimed = true;
        frames.values().forEach(MbufFrame::reclaim);
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
