package org.netchannel.optimized.dpdk;

/**
 * What is left of a TCP segment for the device to do. IP header and TCP header have to be in the first mbuf. The thread
 * that owns the mbuf calls; nothing here allocates.
 */
public final class SegmentOffload {
    private static final int ETHERNET_BYTES = 14;
    private static final int IPV4_BYTES = 20;
    private static final int IPV6_BYTES = 40;
    private static final int WORD = 4;
    private static final int TCP_WORDS = 15;
    private static final long TCP_CHECKSUM = Shim.constant("RTE_MBUF_F_TX_TCP_CKSUM");
    private static final long OVER_IPV4 =
            TCP_CHECKSUM | Shim.constant("RTE_MBUF_F_TX_IPV4") | Shim.constant("RTE_MBUF_F_TX_IP_CKSUM");
    private static final long OVER_IPV6 = TCP_CHECKSUM | Shim.constant("RTE_MBUF_F_TX_IPV6");
    private static final long SPLITTING = Shim.constant("RTE_MBUF_F_TX_TCP_SEG");
    /** What stands for one byte of a piece. */
    private static final long PIECE_BYTE = Shim.callLong("tx_offload", 0, 0, 0, 1);
    /** By the words of the TCP header. */
    private static final long[] IPV4_LENGTHS = lengths(IPV4_BYTES);
    private static final long[] IPV6_LENGTHS = lengths(IPV6_BYTES);

    private SegmentOffload() {}

    private static long[] lengths(int ipBytes) {
        long[] lengths = new long[TCP_WORDS + 1];
        for (int words = 0; words < lengths.length; words++) {
            lengths[words] = Shim.callLong("tx_offload", ETHERNET_BYTES, ipBytes, words * WORD, 0);
        }
        return lengths;
    }

    /**
     * Asks the device for the checksums: that of the IPv4 header, where zero stands, and that of TCP, where the sum of
     * the pseudo header stands.
     *
     * @param mbuf the first of a fresh packet
     * @param ipv4 whether an IPv4 header without options is behind the Ethernet header; otherwise an IPv6 header is
     * @param tcpBytes length of the TCP header behind that, 20 to 60
     */
    public static void requestChecksums(long mbuf, boolean ipv4, int tcpBytes) {
        long lengths = (ipv4 ? IPV4_LENGTHS : IPV6_LENGTHS)[tcpBytes / WORD];
        MbufLayout.request(mbuf, ipv4 ? OVER_IPV4 : OVER_IPV6, lengths);
    }

    /**
     * Asks the device to split a segment over IPv4, and for the checksums of what comes of it. The pseudo header whose
     * sum is in the field of TCP has length 0.
     *
     * @param mbuf the first of a fresh packet
     * @param tcpBytes as in {@link #requestChecksums}
     * @param pieceBytes payload of each piece, 1 to 65,535
     */
    public static void requestSplitting(long mbuf, int tcpBytes, int pieceBytes) {
        MbufLayout.request(mbuf, OVER_IPV4 | SPLITTING, IPV4_LENGTHS[tcpBytes / WORD] + pieceBytes * PIECE_BYTE);
    }
}
