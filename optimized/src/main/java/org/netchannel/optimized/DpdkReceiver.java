package org.netchannel.optimized;

import java.lang.foreign.MemorySegment;
import java.nio.ByteBuffer;
import org.netchannel.optimized.dpdk.host.MbufFrame;
import org.netchannel.optimized.tcp.ReceivedView;
import org.netchannel.optimized.tcp.TcpConnection;

/**
 * The receiving half of a {@link DpdkDriver}: cuts the stream into packets. A long payload that lies in one frame stays
 * there; others are copied into a segment.
 */
final class DpdkReceiver {
    /** Packets that wait to be delivered. */
    private static final int PACKETS = 32;
    /** So much is copied at a time. */
    private static final int MOST_COPIED = 1 << 18;
    /** A payload that is shorter is copied: it should not keep a frame. */
    private static final int LEAST_VIEWED = 2_048;

    private final TcpConnection connection;
    private final SegmentPool pool;
    private final ReceivedSegments views;

    private final ByteBuffer headers = ByteBuffer.allocateDirect(PACKETS * Wire.HEADER_BYTES);
    private final MemorySegment headerMemory = MemorySegment.ofBuffer(headers);
    private final Segment[] segments = new Segment[PACKETS];
    private final int[] payloadAt = new int[PACKETS];
    private int first;
    private int count;
    private boolean malformed;

    /** What of the stream was taken from TCP and not looked at. */
    private final ReceivedView stretch = new ReceivedView();
    private long at;
    private int left;
    /** The packet behind those that wait: how much of it is there. */
    private int haveHeader;
    private Segment segment;
    private int length;
    private int have;

    DpdkReceiver(TcpConnection connection, SegmentPool pool, ReceivedSegments views, ByteBuffer hello) {
        this.connection = connection;
        this.pool = pool;
        this.views = views;
        if (hello.hasRemaining()) {
            headers.put(0, hello, hello.position(), Wire.HEADER_BYTES);
            ByteBuffer payload = ByteBuffer.allocate(hello.remaining() - Wire.HEADER_BYTES);
            complete(Segment.unpooled(payload.put(0, hello, Wire.HEADER_BYTES, payload.capacity())), 0);
        }
    }

    /** Whether {@link #next} would say something other than that nothing is there. */
    boolean hasPacket() {
        return count > 0 || malformed;
    }

    /** Whether all that came was looked at. */
    boolean isEmpty() {
        return count == 0 && left == 0 && !malformed && connection.readable() == 0;
    }

    /** Looks at what has come; answers how much was done. */
    int fetch() {
        int work = 0;
        int copied = 0;
        while (count < PACKETS && !malformed && copied < MOST_COPIED) {
            int done = left == 0 && !take() ? -1 : haveHeader < Wire.HEADER_BYTES ? addHeader() : addPayload();
            if (done < 0) {
                break;
            }
            copied += done;
            work++;
        }
        return work;
    }

    private boolean take() {
        if (!connection.take(stretch)) {
            return false;
        }
        at = stretch.at();
        left = stretch.length();
        return true;
    }

    private void consume(int bytes) {
        at += bytes;
        left -= bytes;
        if (left == 0) {
            stretch.buffer().release();
        }
    }

    private int addHeader() {
        int slot = (first + count) % PACKETS * Wire.HEADER_BYTES;
        int part = Math.min(Wire.HEADER_BYTES - haveHeader, left);
        MemorySegment.copy(stretch.buffer().memory(), at, headerMemory, slot + haveHeader, part);
        haveHeader += part;
        consume(part);
        if (haveHeader == Wire.HEADER_BYTES) {
            malformed = !Wire.isHeader(headers, slot);
            length = malformed ? 0 : headers.getInt(slot + Wire.LENGTH_AT);
            have = 0;
            if (!malformed && length == 0) {
                complete(null, 0);
            }
        }
        return part;
    }

    /** Answers how much was copied; -1 when there is no memory. */
    private int addPayload() {
        if (segment == null) {
            if (left >= length && length >= LEAST_VIEWED
                    && stretch.buffer() instanceof MbufFrame frame && view(frame)) {
                return 0;
            }
            segment = pool.claim(length);
            if (segment == null) {
                return -1;
            }
        }
        int part = Math.min(length - have, left);
        MemorySegment.copy(stretch.buffer().memory(), at, segment.memory(), have, part);
        have += part;
        consume(part);
        if (have == length) {
            complete(segment, 0);
        }
        return part;
    }

    private boolean view(MbufFrame frame) {
        Segment seen = views.lend(frame);
        if (seen == null) {
            return false;
        }
        complete(seen, (int) (at - frame.base()));
        consume(length);
        return true;
    }

    private void complete(Segment payload, int where) {
        int slot = (first + count++) % PACKETS;
        segments[slot] = payload;
        payloadAt[slot] = where;
        segment = null;
        haveHeader = 0;
    }

    ChannelDriver.Dequeued next(IncomingPacket packet) {
        if (count == 0) {
            return malformed ? ChannelDriver.Dequeued.MALFORMED : ChannelDriver.Dequeued.NOTHING;
        }
        packet.read(headers, first * Wire.HEADER_BYTES);
        packet.payload(segments[first], payloadAt[first]);
        return ChannelDriver.Dequeued.PACKET;
    }

    /** The packet that {@link #next} gave is done with. */
    void release() {
        if (segments[first] != null) {
            segments[first].release();
            segments[first] = null;
        }
        first = (first + 1) % PACKETS;
        count--;
    }

    void close() {
        while (count > 0) {
            release();
        }
        if (segment != null) {
            segment.release();
            segment = null;
        }
        if (left > 0) {
            consume(left);
        }
    }
}
