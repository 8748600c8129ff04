package org.netchannel.optimized.tcp.host;

import java.lang.foreign.MemorySegment;
import org.netchannel.optimized.tcp.wire.FrameBuffer;

/** Takes frames to be sent: a device. The thread that calls {@link IpHost#transmit} calls. */
public interface FrameSink {
    /**
     * Memory for the headers of the next frame.
     *
     * @return at least 128 bytes, from byte 0 on; null when no frame is taken now
     */
    MemorySegment begin();

    /**
     * The frame is complete. It consists of what was written into the memory that {@link #begin} answered, and of a
     * payload behind that. Who needs the payload for longer than this call retains the buffer.
     *
     * @param headerBytes how much was written
     * @param payload holds the payload; null when there is none
     * @param payloadAt byte offset of the payload
     * @param payloadBytes its length
     */
    void end(int headerBytes, FrameBuffer payload, long payloadAt, int payloadBytes);

    /**
     * Whether checksums of TCP segments, and of the IPv4 headers in front of them, are made behind this. Then zero is
     * in the field of the one, and the sum of the pseudo header in that of the other.
     *
     * @return the same as long as frames are taken
     */
    default boolean makesChecksums() {
        return false;
    }

    /**
     * Whether the next frame may be a TCP segment that is larger than the packets of the link: over IPv4, it is split
     * behind this into segments with the same headers, but for what has to differ, and checksums are made there.
     *
     * @return may change with each frame
     */
    default boolean splits() {
        return false;
    }

    /**
     * The frame is complete but for checksums that are made behind this, and is a TCP segment.
     *
     * @param tcpAt where its TCP header begins
     * @param headerBytes as in {@link #end}
     * @param payload as in {@link #end}
     * @param payloadAt as in {@link #end}
     * @param payloadBytes as in {@link #end}
     * @param pieceBytes how much payload each segment has that this one is split into, but for the last, which may have
     *     less; 0 for one that stays as it is
     */
    default void endSegment(int tcpAt, int headerBytes, FrameBuffer payload, long payloadAt, int payloadBytes,
            int pieceBytes) {
        end(headerBytes, payload, payloadAt, payloadBytes);
    }
}
