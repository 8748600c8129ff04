package org.netchannel.optimized;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.ScatteringByteChannel;
import java.util.Queue;
import org.agrona.concurrent.ManyToManyConcurrentArrayQueue;

/**
 * The receiving half of a {@link TcpDriver}. What comes after the packet that is under way is read into a staging
 * buffer; the rest of that packet's payload is read straight into its segment, by the same call. After a large packet
 * just a header is staged, so that payload of large packets is hardly ever copied here.
 */
final class TcpReceiver {
    private static final int STAGING = 1 << 16;
    /** A payload that is longer is large. */
    private static final int LARGE = 1 << 14;
    /**
     * Buffers of receivers that are closed. A peer that opens channel after channel would otherwise have the memory of
     * all of them, until the garbage collector finds it.
     */
    private static final Queue<ByteBuffer> IDLE = new ManyToManyConcurrentArrayQueue<>(64);

    private final ScatteringByteChannel wire;
    private final SegmentPool pool;
    /** Null once it is closed. */
    private ByteBuffer staging;
    private final ByteBuffer header = ByteBuffer.allocate(Wire.HEADER_BYTES);
    private final ByteBuffer[] scatter = new ByteBuffer[2];
    /** Staged bytes that were not looked at: from here to {@link #filled}. */
    private int parsed;
    private int filled;
    /** A header was taken out of the staging buffer, and its packet is not done with. */
    private boolean underWay;
    private Segment segment;
    private int length;
    private int have;

    TcpReceiver(ScatteringByteChannel wire, SegmentPool pool, ByteBuffer begun) {
        this.wire = wire;
        this.pool = pool;
        ByteBuffer idle = IDLE.poll();
        this.staging = idle == null ? ByteBuffer.allocateDirect(STAGING) : idle.clear();
        this.filled = begun.remaining();
        staging.put(0, begun, begun.position(), filled);
    }

    /** Whether {@link #next} would say something other than that nothing is there, given memory. */
    boolean hasPacket() {
        return underWay ? have == length : filled - parsed >= Wire.HEADER_BYTES;
    }

    /** Reads once, if anything is missing. */
    int fetch() throws IOException {
        if (hasPacket()) {
            return 0;
        }
        compact();
        staging.clear().position(filled).limit(length > LARGE ? Math.max(filled, Wire.HEADER_BYTES) : STAGING);
        long count = underWay ? fetchPayload() : wire.read(staging);
        filled = staging.position();
        return count < 0 ? -1 : Long.signum(count);
    }

    private void compact() {
        staging.put(0, staging, parsed, filled - parsed);
        filled -= parsed;
        parsed = 0;
    }

    private long fetchPayload() throws IOException {
        ByteBuffer payload = segment.lendView().limit(length).position(have);
        scatter[0] = payload;
        scatter[1] = staging;
        try {
            return wire.read(scatter);
        } finally {
            have = payload.position();
            segment.returnView(payload);
        }
    }

    ChannelDriver.Dequeued next(IncomingPacket packet) {
        if (!underWay && filled - parsed >= Wire.HEADER_BYTES) {
            if (!Wire.isHeader(staging, parsed)) {
                return ChannelDriver.Dequeued.MALFORMED;
            }
            begin(staging.getInt(parsed + Wire.LENGTH_AT));
        }
        if (!underWay || have < length) {
            return ChannelDriver.Dequeued.NOTHING;
        }
        packet.read(header, 0);
        packet.payload(segment, 0);
        return ChannelDriver.Dequeued.PACKET;
    }

    /** A packet begins; without memory for its payload it stays where it is. */
    private void begin(int payloadBytes) {
        if (payloadBytes > 0) {
            segment = pool.claim(payloadBytes);
            if (segment == null) {
                return;
            }
        }
        header.put(0, staging, parsed, Wire.HEADER_BYTES);
        parsed += Wire.HEADER_BYTES;
        length = payloadBytes;
        have = Math.min(length, filled - parsed);
        if (have > 0) {
            segment.bytes().put(0, staging, parsed, have);
            parsed += have;
        }
        underWay = true;
    }

    /** The packet that {@link #next} gave is done with. */
    void release() {
        underWay = false;
        if (segment != null) {
            segment.release();
            segment = null;
        }
    }

    /** The last call, or repeated. */
    void close() {
        release();
        parsed = 0;
        filled = 0;
        if (staging != null) {
            IDLE.offer(staging);
            staging = null;
        }
    }
}
