package org.netchannel.optimized.tcp;

/**
 * What a simulated link does to frames. Shares are parts of a million.
 *
 * @param delayNs from one end to the other
 * @param bitsPerSecond how fast frames go in, 0 for infinitely fast
 * @param queueFrames how many frames wait before more are dropped
 * @param loss share of frames that vanish
 * @param duplication share of frames that come twice
 * @param reordering share of frames that take up to three times as long
 * @param corruption share of frames in which bits change
 * @param markFrom frames that may be marked are, when so many wait; 0 for never (RFC 3168)
 */
record LinkFaults(long delayNs, long bitsPerSecond, int queueFrames, int loss, int duplication, int reordering,
        int corruption, int markFrom) {
    static final LinkFaults NONE = new LinkFaults(50_000, 0, 1 << 20, 0, 0, 0, 0, 0);

    LinkFaults withDelay(long nanos) {
        return new LinkFaults(nanos, bitsPerSecond, queueFrames, loss, duplication, reordering, corruption, markFrom);
    }

    LinkFaults withRate(long bits, int queue) {
        return new LinkFaults(delayNs, bits, queue, loss, duplication, reordering, corruption, markFrom);
    }

    LinkFaults withLoss(int share) {
        return new LinkFaults(delayNs, bitsPerSecond, queueFrames, share, duplication, reordering, corruption,
                markFrom);
    }

    LinkFaults withDuplication(int share) {
        return new LinkFaults(delayNs, bitsPerSecond, queueFrames, loss, share, reordering, corruption, markFrom);
    }

    LinkFaults withReordering(int share) {
        return new LinkFaults(delayNs, bitsPerSecond, queueFrames, loss, duplication, share, corruption, markFrom);
    }

    LinkFaults withCorruption(int share) {
        return new LinkFaults(delayNs, bitsPerSecond, queueFrames, loss, duplication, reordering, share, markFrom);
    }

    LinkFaults withMarks(int from) {
        return new LinkFaults(delayNs, bitsPerSecond, queueFrames, loss, duplication, reordering, corruption, from);
    }
}
