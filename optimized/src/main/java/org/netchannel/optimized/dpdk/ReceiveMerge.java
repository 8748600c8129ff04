package org.netchannel.optimized.dpdk;

import static java.lang.foreign.ValueLayout.JAVA_INT;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;

/**
 * Makes one packet of received segments of TCP over IPv4 that follow each other (generic receive offload). One thread
 * calls; nothing here allocates.
 */
public final class ReceiveMerge {
    /** The most packets at a time. */
    public static final int MOST = 2 * MbufBurst.USUAL;

    private final MemorySegment segmentBytes = Arena.ofAuto().allocate(JAVA_INT, MOST);
    private final int verified;
    private final int least;
    private final int most;

    /**
     * Has merged nothing yet.
     *
     * @param verified whether the checksums of TCP are right of all that comes; otherwise only what the device has
     *     found right is merged
     * @param least what has less payload, bytes, is put behind others only where it needs no mbuf of its own: it shows
     *     what lies in the sender's memory right behind that
     * @param most how many mbufs are made one packet, those of headers included
     */
    public ReceiveMerge(boolean verified, int least, int most) {
        this.verified = verified ? 1 : 0;
        this.least = least;
        this.most = most;
    }

    /**
     * Merges what can be. Checksums of TCP mean nothing any more in a packet of several.
     *
     * @param burst packets in the order in which they came, at most {@link #MOST}
     */
    public void merge(MbufBurst burst) {
        if (burst.count() > MOST) {
            throw new IllegalArgumentException(burst.count() + " packets, legal is at most " + MOST);
        }
        burst.shrink(Shim.merge(burst.address(), burst.count(), segmentBytes.address(), verified, least, most));
    }

    /**
     * What a packet of the burst was made of.
     *
     * @param index of the burst that was merged last
     * @return how much payload each segment has but for the last one, which may have less; 0 for a packet that stayed
     *     as it was
     */
    public int segmentBytes(int index) {
        return segmentBytes.getAtIndex(JAVA_INT, index);
    }
}
