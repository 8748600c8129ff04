package org.netchannel.conformance.link;

/**
 * Choices that follow from a seed: splitmix64. Written out here because the library's generators may change from one
 * release to the next, and a seed in a report has to mean the same run for ever.
 */
public final class SeededChoices implements Choices {
    private static final long GOLDEN = 0x9E37_79B9_7F4A_7C15L;

    private long state;

    /**
     * Starts a sequence of choices.
     *
     * @param seed any number; different ones give unrelated sequences
     */
    public SeededChoices(long seed) {
        state = mix(seed);
    }

    /**
     * Chooses any number.
     *
     * @return all 64 bits are chosen
     */
    public long any() {
        state += GOLDEN;
        return mix(state);
    }

    @Override
    public int below(int bound) {
        if (bound < 1) {
            throw new IllegalArgumentException("bound is " + bound + ", legal is 1 and more");
        }
        // Takes the high part of a product: unbiased enough for bounds far below 2^32, and without a division.
        return (int) (((any() >>> 32) * bound) >>> 32);
    }

    private static long mix(long value) {
        long x = value;
        x = (x ^ (x >>> 30)) * 0xBF58_476D_1CE4_E5B9L;
        x = (x ^ (x >>> 27)) * 0x94D0_49BB_1331_11EBL;
        return x ^ (x >>> 31);
    }
}
