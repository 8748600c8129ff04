package org.netchannel.optimized.tcp;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.util.SplittableRandom;

/**
 * Loses, repeats and swaps frames on their way to somebody. What happens to a frame follows from the seed and from how
 * many came before it.
 */
final class FaultyFrames {
    /** Who gets the frames. */
    interface Target {
        void take(MemorySegment frame, int length);
    }

    /** So many frames overtake one that is held back. */
    private static final int OVERTAKING = 3;

    private final LinkFaults faults;
    private final SplittableRandom random;
    private final Target target;
    private final MemorySegment held;
    private int heldLength;
    private int passed;
    /** How many frames were lost, repeated or held back. */
    long count;

    FaultyFrames(LinkFaults faults, long seed, int frameBytes, Target target) {
        this.faults = faults;
        this.random = new SplittableRandom(seed);
        this.target = target;
        this.held = Arena.ofAuto().allocate(frameBytes);
    }

    private boolean happens(int share) {
        boolean happens = share > 0 && random.nextInt(1_000_000) < share;
        count += happens ? 1 : 0;
        return happens;
    }

    void pass(MemorySegment frame, int length) {
        if (happens(faults.loss())) {
            return;
        }
        if (heldLength == 0 && happens(faults.reordering())) {
            MemorySegment.copy(frame, 0, held, 0, length);
            heldLength = length;
            passed = 0;
            return;
        }
        target.take(frame, length);
        if (happens(faults.duplication())) {
            target.take(frame, length);
        }
        if (++passed >= OVERTAKING) {
            release();
        }
    }

    /** Nothing comes to overtake: what is held back goes on. */
    void release() {
        if (heldLength > 0) {
            int length = heldLength;
            heldLength = 0;
            target.take(held, length);
        }
    }
}
