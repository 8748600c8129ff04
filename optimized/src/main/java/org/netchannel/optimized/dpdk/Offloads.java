package org.netchannel.optimized.dpdk;

/**
 * What a port does instead of the host: of what is wanted, what the device can do.
 *
 * @param makesChecksums it puts the checksums of IPv4 and TCP into what is sent, when it is asked to by
 *     {@link SegmentOffload}
 * @param checksChecksums it says of what is received whether checksums are right: {@link ReceivedChecksums}
 * @param largestSplit it splits large segments of TCP over IPv4 into packets of at most so many bytes, IP header
 *     included, when it is asked to; 0 when it doesn't
 */
public record Offloads(boolean makesChecksums, boolean checksChecksums, int largestSplit) {
    /** Everything is left to the host. */
    public static final Offloads NONE = new Offloads(false, false, 0);

    /** Bits of RTE_ETH_*_OFFLOAD_*. */
    private static final class Wanted {
        private static final long SENT_CHECKSUMS = Shim.constant("RTE_ETH_TX_OFFLOAD_IPV4_CKSUM")
                | Shim.constant("RTE_ETH_TX_OFFLOAD_TCP_CKSUM");
        private static final long RECEIVED_CHECKSUMS = Shim.constant("RTE_ETH_RX_OFFLOAD_IPV4_CKSUM")
                | Shim.constant("RTE_ETH_RX_OFFLOAD_TCP_CKSUM");
        /** Frames may be in several mbufs. */
        private static final long CHAINS = Shim.constant("RTE_ETH_TX_OFFLOAD_MULTI_SEGS");
        private static final long SPLITTING =
                SENT_CHECKSUMS | CHAINS | Shim.constant("RTE_ETH_TX_OFFLOAD_TCP_TSO");

        private Wanted() {}
    }

    /** The bits that a port is asked for where it has them. */
    static long wantedOfReceived() {
        return Wanted.RECEIVED_CHECKSUMS;
    }

    /** The same for the other direction. */
    static long wantedOfSent() {
        return Wanted.SPLITTING;
    }

    /** What a port that was asked for all of it does. */
    static Offloads of(int port) {
        long received = Shim.callLong("offloads", port, 0);
        long sent = Shim.callLong("offloads", port, 1);
        boolean splits = (sent & Wanted.SPLITTING) == Wanted.SPLITTING;
        return new Offloads((sent & Wanted.SENT_CHECKSUMS) == Wanted.SENT_CHECKSUMS,
                (received & Wanted.RECEIVED_CHECKSUMS) == Wanted.RECEIVED_CHECKSUMS,
                splits ? Math.max(0, Shim.call("largest_split", port)) : 0);
    }
}
