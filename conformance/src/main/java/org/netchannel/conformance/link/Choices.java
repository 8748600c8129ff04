package org.netchannel.conformance.link;

/** Where every choice of a run comes from, so that the run is a pure function of it. One thread calls. */
@FunctionalInterface
public interface Choices {
    /**
     * Chooses a number.
     *
     * @param bound one more than the largest possible number, at least 1
     * @return 0 to {@code bound - 1}
     */
    int below(int bound);

    /**
     * Chooses a number from a range.
     *
     * @param least the smallest
     * @param most the largest, at least {@code least}
     * @return one of them
     */
    default int between(int least, int most) {
        return least + below(most - least + 1);
    }

    /**
     * Says yes now and then.
     *
     * @param count how rarely, at least 1
     * @return true once in {@code count} times
     */
    default boolean onceIn(int count) {
        return below(count) == 0;
    }
}
