package org.netchannel.optimized.dpdk;

/** What a device is asked to do where it can. */
final class Offloads {
    /** Nothing yet: checksums are made and checked in Java. */
    static final long RECEIVE = 0;

    /** Frames in several mbufs (RTE_ETH_TX_OFFLOAD_MULTI_SEGS). */
    static final long SEND = Shim.callLong("multi_segments");

    private Offloads() {}
}
