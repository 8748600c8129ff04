package org.netchannel.optimized.dpdk;

/** What a device says about the checksums of a received packet. */
public enum ReceivedChecksums {
    /** Nothing: the host has to look. */
    UNKNOWN,
    /** That of TCP is right, or is not there because nothing can have changed the segment. */
    GOOD,
    /** That of the IPv4 header is wrong. */
    BAD_PACKET,
    /** That of TCP is wrong. */
    BAD_SEGMENT;

    private static final long PACKET = Shim.constant("RTE_MBUF_F_RX_IP_CKSUM_MASK");
    private static final long PACKET_BAD = Shim.constant("RTE_MBUF_F_RX_IP_CKSUM_BAD");
    private static final long SEGMENT = Shim.constant("RTE_MBUF_F_RX_L4_CKSUM_MASK");
    private static final long SEGMENT_BAD = Shim.constant("RTE_MBUF_F_RX_L4_CKSUM_BAD");
    private static final long SEGMENT_GOOD = Shim.constant("RTE_MBUF_F_RX_L4_CKSUM_GOOD");

    /**
     * What it says. It means something only where the port {@link Offloads#checksChecksums}. Allocates nothing.
     *
     * @param mbuf the first of a received packet; the thread that owns it calls
     * @return GOOD says nothing about the IPv4 header
     */
    public static ReceivedChecksums of(long mbuf) {
        long flags = MbufLayout.flags(mbuf);
        if ((flags & PACKET) == PACKET_BAD) {
            return BAD_PACKET;
        }
        long segment = flags & SEGMENT;
        // All bits, RTE_MBUF_F_RX_L4_CKSUM_NONE: no checksum in the packet, but the integrity of its data is verified.
        boolean good = segment == SEGMENT_GOOD || segment == SEGMENT;
        return good ? GOOD : segment == SEGMENT_BAD ? BAD_SEGMENT : UNKNOWN;
    }
}
