package org.netchannel.optimized.dpdk;

/**
 * What a port does instead of the host: of what is wanted, what the device can do.
 *
 * @param makesChecksums it puts the checksums of IPv4 and TCP into what is sent, when it is asked to by
 *     {@link SegmentOffload}
 * @param checksChecksums it says of what is received whether checksums are right: {@link ReceivedChecksums}
 */
public record Offloads(boolean makesChecksums, boolean checksChecksums) {
    /** Everything is left to the host. */
    public static final Offloads NONE = new Offloads(false, false);

    /** Bits of RTE_ETH_*_OFFLOAD_*. */
    private static final class Wanted {
        private static final long SENT_CHECKSUMS = Shim.constant("RTE_ETH_TX_OFFLOAD_IPV4_CKSUM")
                | Shim.constant("RTE_ETH_TX_OFFLOAD_TCP_CKSUM");
        private static final long RECEIVED_CHECKSUMS = Shim.constant("RTE_ETH_RX_OFFLOAD_IPV4_CKSUM")
                | Shim.constant("RTE_ETH_RX_OFFLOAD_TCP_CKSUM");
        /** Frames may be in several mbufs. */
        private static final long SENT = SENT_CHECKSUMS | Shim.constant("RTE_ETH_TX_OFFLOAD_MULTI_SEGS");

        private Wanted() {}
    }

    /** The bits that a port is asked for where it has them. */
    static long wantedOfReceived() {
        return Wanted.RECEIVED_CHECKSUMS;
    }

    /** The same for the other direction. */
    static long wantedOfSent() {
        return Wanted.SENT;
    }

    /** What a port that was asked for all of it does. */
    static Offloads of(int port) {
        long received = Shim.callLong("offloads", port, 0);
        long sent = Shim.callLong("offloads", port, 1);
        return new Offloads((sent & Wanted.SENT_CHECKSUMS) == Wanted.SENT_CHECKSUMS,
                (received & Wanted.RECEIVED_CHECKSUMS) == Wanted.RECEIVED_CHECKSUMS);
    }
}
