package org.netchannel.optimized;

/**
 * Whether a class needs one data channel more, or could do with one less. Samples in, decision out: it knows neither
 * channels nor clocks.
 *
 * <p>One is added when the channels there are were too slow in every one of {@link #ADD_AFTER} samples: senders had to
 * wait, and bytes moved all the same, for where nothing moves the peer has stopped reading, and would read no more of
 * another channel. The one added last must have been worth it: with it a tenth more was carried.
 *
 * <p>One is removed when in each of so many samples no more was carried than half of what had been too much for one
 * channel fewer. So what it takes to remove a channel is far from what it takes to add it, and what remains can carry
 * the load twice over: a load that does not change by half never has channels come and go.
 */
final class ChannelScaling {
    /** What there is to do. */
    enum Decision {
        /** Nothing. */
        STAY,
        /** A channel more. */
        ADD,
        /** A channel less. */
        REMOVE
    }

    /** How many samples in a row it takes to add a channel. */
    static final int ADD_AFTER = 10;

    private final int least;
    private final int most;
    private final int removeAfter;
    /** Bytes a second that so many channels carried when they were too slow. */
    private final long[] tooMuchFor;
    private int slowSamples;
    private long slowBytesPerSecond;
    private int idleSamples;

    /**
     * Nothing was seen yet.
     *
     * @param least never fewer channels
     * @param most never more
     * @param removeAfter how many samples in a row it takes to remove one
     */
    ChannelScaling(int least, int most, int removeAfter) {
        this.least = least;
        this.most = most;
        this.removeAfter = removeAfter;
        this.tooMuchFor = new long[most + 1];
    }

    /**
     * Takes a sample.
     *
     * @param wanted how many channels there are to be by now
     * @param active how many there are; while it is another number nothing is decided
     * @param isSlow whether a sender had to wait for a channel
     * @param bytesPerSecond what was carried
     * @return what to do; ADD and REMOVE are done when {@code wanted} says so
     */
    Decision decide(int wanted, int active, boolean isSlow, long bytesPerSecond) {
        if (wanted != active) {
            startAgain();
            return Decision.STAY;
        }
        countSlow(isSlow && bytesPerSecond > 0, bytesPerSecond);
        idleSamples = active > least && bytesPerSecond <= tooMuchFor[active - 1] / 2 ? idleSamples + 1 : 0;
        if (slowSamples == ADD_AFTER) {
            long carried = slowBytesPerSecond / ADD_AFTER;
            startAgain();
            return isWorthMore(active, carried) ? Decision.ADD : Decision.STAY;
        }
        if (idleSamples >= removeAfter) {
            startAgain();
            return Decision.REMOVE;
        }
        return Decision.STAY;
    }

    private void countSlow(boolean isSlow, long bytesPerSecond) {
        slowSamples = isSlow ? slowSamples + 1 : 0;
        slowBytesPerSecond = isSlow ? slowBytesPerSecond + bytesPerSecond : 0;
    }

    private boolean isWorthMore(int active, long carried) {
        if (active == most || active > least && carried < tooMuchFor[active - 1] + tooMuchFor[active - 1] / 10) {
            return false;
        }
        tooMuchFor[active] = carried;
        return true;
    }

    private void startAgain() {
        countSlow(false, 0);
        idleSamples = 0;
    }
}
