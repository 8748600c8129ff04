package org.netchannel.optimized;

import java.lang.foreign.MemorySegment;
import java.nio.ByteBuffer;
import java.util.Arrays;
import org.netchannel.optimized.dpdk.host.MbufFrame;
import org.netchannel.optimized.tcp.ReceivedView;
import org.netchannel.optimized.tcp.TcpConnection;

/**
 * The receiving half of a {@link DpdkDriver}: cuts the stream into packets. Payload stays in the frames in which it
 * came where those are long; short parts of it are copied into a segment.
 */
final class DpdkReceiver {
    /** Packets that wait to be delivered. */
    private static final int PACKETS = 32;
    /** So much is copied at a time. */
    private static final int MOST_COPIED = 1 << 18;
    /** What is shorter is copied: it should not keep a frame. */
    private static final int LEAST_VIEWED = 2_048;

    private final TcpConnection connection;
    private final SegmentPool pool;
    private final ReceivedSegments views;

    private final ByteBuffer headers = ByteBuffer.allocateDirect(PACKETS * Wire.HEADER_BYTES);
    private final MemorySegment headerMemory = MemorySegment.ofBuffer(headers);
    private final Payload[] payloads = new Payload[PACKETS];
    private int first;
    private int count;
    private boolean malformed;

    /** What of the stream was taken from TCP and not looked at. */
    private final ReceivedView stretch = new ReceivedView();
    private long at;
    private int left;
    /** The packet behind those that wait: how much of it is there. */
    private int haveHeader;
    private int length;
    private int have;
    /** Into which the last part of its payload is copied, null when it is not. */
    private Segment copy;
    private int copyRoom;

    DpdkReceiver(TcpConnection connection, SegmentPool pool, ReceivedSegments views, ByteBuffer hello) {
        this.connection = connection;
        this.pool = pool;
        this.views = views;
        Arrays.setAll(payloads, i -> new Payload());
        if (hello.hasRemaining()) {
            headers.put(0, hello, hello.position(), Wire.HEADER_BYTES);
            ByteBuffer payload = ByteBuffer.allocate(hello.remaining() - Wire.HEADER_BYTES);
            payload.put(0, hello, Wire.HEADER_BYTES, payload.capacity());
            payloads[0].add(Segment.unpooled(payload), 0, payload.capacity());
            complete();
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
                complete();
            }
        }
        return part;
    }

    /** Answers how much was copied; -1 when there is no memory. */
    private int addPayload() {
        int part = Math.min(length - have, left);
        if (copyRoom == 0 && part >= LEAST_VIEWED && stretch.buffer() instanceof MbufFrame frame
                && view(frame, part)) {
            return 0;
        }
        if (copyRoom == 0 && !beginCopy(part)) {
            return -1;
        }
        part = Math.min(part, copyRoom);
        MemorySegment.copy(stretch.buffer().memory(), at, copy.memory(), copy.length, part);
        payload().extend(part);
        copy.length += part;
        copyRoom -= part;
        taken(part);
        return part;
    }

    /** The beginning of a long payload is copied alone, for what comes may be viewed; else all that is to come is. */
    private boolean beginCopy(int part) {
        int rest = length - have;
        boolean alone = have == 0 && part < LEAST_VIEWED && rest - part >= LEAST_VIEWED
                && stretch.buffer() instanceof MbufFrame;
        copy = pool.claim(alone ? part : rest);
        if (copy == null) {
            return false;
        }
        // Where memory is scarce it may be a large one, which is not to wait for another.
        copyRoom = alone && copy.capacity() < rest ? part : rest;
        payload().add(copy, 0, 0);
        return true;
    }

    private boolean view(MbufFrame frame, int part) {
        Segment seen = views.lend(frame);
        if (seen == null) {
            return false;
        }
        payload().add(seen, (int) (at - frame.base()), part);
        taken(part);
        return true;
    }

    private void taken(int bytes) {
        have += bytes;
        consume(bytes);
        if (have == length) {
            complete();
        }
    }

    /** Of the packet behind those that wait. */
    private Payload payload() {
        return payloads[(first + count) % PACKETS];
    }

    private void complete() {
        count++;
        haveHeader = 0;
        copy = null;
    }

    ChannelDriver.Dequeued next(IncomingPacket packet) {
        if (count == 0) {
            return malformed ? ChannelDriver.Dequeued.MALFORMED : ChannelDriver.Dequeued.NOTHING;
        }
        packet.read(headers, first * Wire.HEADER_BYTES);
        packet.payload(payloads[first]);
        return ChannelDriver.Dequeued.PACKET;
    }

    /** The packet that {@link #next} gave is done with. */
    void release() {
        payloads[first].release();
        first = (first + 1) % PACKETS;
        count--;
    }

    void close() {
        while (count > 0) {
            release();
        }
        if (haveHeader == Wire.HEADER_BYTES) {
            payload().release();
        }
        if (left > 0) {
            consume(left);
        }
    }
}
