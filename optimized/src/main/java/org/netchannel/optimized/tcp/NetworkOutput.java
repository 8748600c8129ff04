package org.netchannel.optimized.tcp;

import java.lang.foreign.MemorySegment;
import org.netchannel.optimized.tcp.wire.FrameBuffer;
import org.netchannel.optimized.tcp.wire.SegmentChecksum;

/**
 * The layer below TCP: {@link #open} a packet, write the TCP header into its memory, {@link #send} it. The thread that
 * calls {@link TcpLayer#transmit} calls.
 */
public interface NetworkOutput {
    /** The most pieces of a segment that is split: net_tap makes no more. */
    int MOST_PIECES = 64;

    /** What {@link #open} came to. */
    enum Opening {
        /** The header can be written. */
        READY,
        /** Nothing can be sent now, to nobody. */
        FULL,
        /** Nothing can be sent to this peer before it has answered where it is; it was asked. */
        UNRESOLVED
    }

    /**
     * Begins a packet.
     *
     * @param flow to whom
     * @return only when ready, the other methods may be called
     */
    Opening open(Flow flow);

    /**
     * Begins a packet to somebody who may be a stranger: for that one nothing is forgotten that is known of others.
     *
     * @param flow to whom
     * @return as {@link #open}, but also unresolved when the peer was not asked for want of room
     */
    Opening openAnswer(Flow flow);

    /**
     * Where the TCP header is to be written.
     *
     * @return has 60 bytes from {@link #headerAt} on
     */
    MemorySegment header();

    /**
     * Where in that memory.
     *
     * @return byte offset
     */
    long headerAt();

    /**
     * Who computes checksums.
     *
     * @return this host or the device
     */
    SegmentChecksum checksum();

    /**
     * Whether a segment that is begun now may be larger than its connection's segments are: it is split below this.
     *
     * @param flow to whom
     * @return may change with each segment
     */
    boolean splits(Flow flow);

    /**
     * The sum of the pseudo header.
     *
     * @param flow to whom
     * @param segmentBytes length of TCP header and payload; 0 for a segment that is split below this
     * @return for {@link #checksum}
     */
    long pseudoHeader(Flow flow, int segmentBytes);

    /**
     * Ends the packet: its header is complete. The payload is not copied but referred to until the device is done with
     * it.
     *
     * @param flow to whom
     * @param headerBytes length of the TCP header, and of what of the payload was written behind it
     * @param ecn the two bits of the IP header (RFC 3168)
     * @param payload holds the payload; null when there is none
     * @param payloadAt byte offset of the payload
     * @param payloadBytes its length
     * @param pieceBytes how much payload each piece gets of a segment that is split below this; 0 for any other
     */
    void send(Flow flow, int headerBytes, int ecn, FrameBuffer payload, long payloadAt, int payloadBytes,
            int pieceBytes);
}
