package org.netchannel.optimized.tcp;

import java.lang.foreign.MemorySegment;
import org.netchannel.optimized.tcp.wire.FrameBuffer;
import org.netchannel.optimized.tcp.wire.FrameChain;
import org.netchannel.optimized.tcp.wire.TcpHeader;
import org.netchannel.optimized.tcp.wire.TcpOptions;

/**
 * The segment that is being processed, or several that were made one; one object is filled again for every segment.
 */
final class IncomingSegment {
    final TcpOptions options = new TcpOptions();
    int sequence;
    int acknowledgement;
    int flags;
    int window;
    boolean congestionMarked;
    FrameBuffer buffer;
    long payloadAt;
    int payloadBytes;
    /** How much of the payload is in the buffer. */
    int firstBytes;
    /** Holds the rest of the payload. */
    FrameChain rest;
    /** The payload of each segment that this one was made of; of a segment that came as it is, its own. */
    int segmentBytes;
    /** SEG.SEQ as a position, once the connection is known. */
    long start;
    /** SEG.ACK as a position, once the connection is known. */
    long ack;

    /**
     * Reads a segment.
     *
     * @param available how much of it is in the frame, the header at least
     * @return false when its lengths or options are impossible
     */
    boolean read(FrameBuffer frame, long at, int bytes, int available, FrameChain behind, boolean marked) {
        MemorySegment memory = frame.memory();
        int headerBytes = TcpHeader.bytes(memory, at);
        sequence = TcpHeader.sequence(memory, at);
        acknowledgement = TcpHeader.acknowledgement(memory, at);
        flags = TcpHeader.flags(memory, at);
        window = TcpHeader.window(memory, at);
        congestionMarked = marked;
        buffer = frame;
        payloadAt = at + headerBytes;
        payloadBytes = bytes - headerBytes;
        firstBytes = available - headerBytes;
        rest = behind;
        segmentBytes = behind.segmentBytes() > 0 ? behind.segmentBytes() : payloadBytes;
        return options.read(memory, at + TcpHeader.BYTES, headerBytes - TcpHeader.BYTES);
    }

    boolean has(int flag) {
        return (flags & flag) != 0;
    }

    /** How many came. */
    int segments() {
        return segmentBytes == 0 ? 1 : Math.ceilDiv(payloadBytes, segmentBytes);
    }

    /** SEG.LEN: payload, SYN and FIN. */
    int sequenceLength() {
        return payloadBytes + (has(TcpHeader.SYN) ? 1 : 0) + (has(TcpHeader.FIN) ? 1 : 0);
    }

    /** One past the last position. */
    long end() {
        return start + sequenceLength();
    }
}
