package org.netchannel.optimized;

import java.lang.foreign.MemorySegment;
import java.nio.ByteBuffer;
import org.netchannel.optimized.tcp.TcpConnection;

/**
 * The sending half of a {@link DpdkDriver}. Long payload is handed to TCP where it lies, with the packet's header in
 * front; short packets are copied, one behind the other.
 */
final class DpdkSender {
    /** Payload that is shorter is copied: several packets in one frame cost less than a frame for each. */
    private static final int LEAST_LENT = 5_120;
    /** TCP takes the largest packet as a whole: with less it never would. */
    static final int LEAST_SEND_BUFFER = Wire.HEADER_BYTES + Wire.MAX_PAYLOAD;

    private final TcpConnection connection;
    private final ByteBuffer header = ByteBuffer.allocateDirect(Wire.HEADER_BYTES);
    private final MemorySegment headerMemory = MemorySegment.ofBuffer(header);
    /** A packet was not wholly taken yet. */
    private boolean underWay;
    private int headerSent;
    private Segment segment;
    private int at;
    private int left;

    DpdkSender(TcpConnection connection) {
        this.connection = connection;
    }

    boolean hasRoom() {
        return !underWay && connection.sendRoom() > 0;
    }

    boolean isEmpty() {
        return !underWay;
    }

    /** Takes over the packet's reference to its payload. */
    void enqueue(OutgoingPacket packet) {
        packet.writeHeader(header, 0);
        headerSent = 0;
        segment = packet.takePayload();
        at = packet.payloadAt();
        left = segment == null ? 0 : packet.length;
        underWay = true;
        flush();
    }

    int flush() {
        if (!underWay) {
            return 0;
        }
        boolean sent = left >= LEAST_LENT && headerSent == 0 ? lend() : copy();
        underWay = !sent;
        return sent ? 1 : 0;
    }

    private boolean lend() {
        if (!connection.send(headerMemory, 0, Wire.HEADER_BYTES, segment, at, left)) {
            return false;
        }
        segment = null;
        return true;
    }

    private boolean copy() {
        headerSent += connection.send(headerMemory, headerSent, Wire.HEADER_BYTES - headerSent);
        if (headerSent == Wire.HEADER_BYTES && left > 0) {
            int count = connection.send(segment.memory(), at, left);
            at += count;
            left -= count;
        }
        if (headerSent < Wire.HEADER_BYTES || left > 0) {
            return false;
        }
        release();
        return true;
    }

    private void release() {
        if (segment != null) {
            segment.release();
            segment = null;
        }
    }

    void close() {
        release();
        underWay = false;
    }
}
