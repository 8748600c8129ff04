package org.netchannel.optimized.tcp;

/** How many segments that came too early the connections of a host hold; each may hold as many as are left. */
final class EarlySegments {
    private final int most;
    private int held;

    EarlySegments(int most) {
        this.most = most;
    }

    boolean allow(int ofOneConnection) {
        return ofOneConnection < most - held;
    }

    void add(int segments) {
        held += segments;
    }
}
