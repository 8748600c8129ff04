package org.netchannel.optimized.tcp.congestion;

/**
 * How much a connection may have in flight. It is told what happens and answers with a window; which segments are lost
 * and sent again is decided elsewhere. All sizes are bytes, all times nanoseconds of this host. One thread at a time
 * calls.
 */
public interface CongestionControl {
    /** What {@link #slowStartThreshold} answers before the first loss (RFC 5681, section 3.1: arbitrarily high). */
    long NO_THRESHOLD = Long.MAX_VALUE;

    /**
     * The segment size is known: the connection is established.
     *
     * @param segmentBytes SMSS, payload bytes of a full segment
     * @param handshakeLost whether SYN or its answer had to be sent again: one segment is enough then (RFC 5681,
     *     section 3.1)
     */
    void begin(int segmentBytes, boolean handshakeLost);

    /**
     * cwnd.
     *
     * @return bytes, at least one segment
     */
    long window();

    /**
     * ssthresh.
     *
     * @return bytes, or {@link #NO_THRESHOLD}
     */
    long slowStartThreshold();

    /**
     * Bytes were acknowledged while nothing was being recovered.
     *
     * @param bytes how many, more than 0
     * @param limited whether the window kept data from being sent; it does not grow otherwise (RFC 9438, section 5.8)
     * @param smoothedRoundTripNs SRTT, 0 when nothing was measured yet
     * @param nowNs now
     */
    void onAcknowledged(long bytes, boolean limited, long smoothedRoundTripNs, long nowNs);

    /**
     * Segments were lost, and others arrived after them; called once for all losses of one window.
     *
     * @param inFlight FlightSize, bytes
     * @param nowNs now
     */
    void onLoss(long inFlight, long nowNs);

    /**
     * The peer saw congestion marks; called once a window of data (RFC 3168, section 6.1.2).
     *
     * @param inFlight FlightSize, bytes
     * @param nowNs now
     */
    void onCongestionEcho(long inFlight, long nowNs);

    /**
     * The retransmission timer expired (RFC 5681, section 3.1).
     *
     * @param inFlight FlightSize, bytes
     * @param first whether this segment had not been sent again by the timer before
     * @param nowNs now
     */
    void onTimeout(long inFlight, boolean first, long nowNs);

    /** Nothing was sent for more than a retransmission timeout (RFC 5681, section 4.1). */
    void onIdle();

    /**
     * Every acknowledgement, for those who count marked bytes (RFC 8257, section 3.3).
     *
     * @param bytes newly acknowledged, 0 or more
     * @param marked whether it echoes congestion
     * @param acknowledged SND.UNA after it
     * @param next SND.NXT
     */
    default void onEcho(long bytes, boolean marked, long acknowledged, long next) {}

    /**
     * Whether the receiver has to echo each mark exactly instead of until CWR (RFC 8257, section 3.2).
     *
     * @return true for DCTCP
     */
    default boolean wantsExactEcho() {
        return false;
    }
}
