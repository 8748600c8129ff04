package org.netchannel.optimized.tcp.wire;

/**
 * What one of many users of a {@link FramePool} holds of it. Each may hold as many buffers as are left: one alone half
 * of them, and beside n others that hold all they may there is one part in n + 2 for whoever comes next. (Choudhury and
 * Hahne, "Dynamic queue length thresholds for shared-memory packet switches", 1998.) The thread of the pool calls.
 */
public final class PoolShare {
    private int held;

    /** Nothing is held. */
    public PoolShare() {}

    /**
     * How many buffers of the pool are held, or lent on by whoever claimed them and not yet released.
     *
     * @return 0 or more
     */
    public int held() {
        return held;
    }

    boolean mayHoldMore(int left) {
        return held < left;
    }

    void add(int buffers) {
        held += buffers;
    }
}
