package org.netchannel.optimized;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.GatheringByteChannel;

/** The sending half of a {@link TcpDriver}: a batch of packets is gathered, header by payload, and written at once. */
final class TcpSender {
    private static final int PACKETS = 16;
    /** Bulk is written in parts, so that channels of the other class have their turn meanwhile. */
    private static final int MOST_BYTES = 4 * Wire.MAX_PAYLOAD;

    private final GatheringByteChannel wire;
    private final ByteBuffer[] headers = new ByteBuffer[PACKETS];
    private final Segment[] segments = new Segment[PACKETS];
    private final ByteBuffer[] batch = new ByteBuffer[2 * PACKETS];
    private int packets;
    private int bytes;
    /** The first buffer that is not wholly written, and one past the last. */
    private int begin;
    private int end;

    TcpSender(GatheringByteChannel wire) {
        this.wire = wire;
        ByteBuffer all = ByteBuffer.allocateDirect(PACKETS * Wire.HEADER_BYTES);
        for (int i = 0; i < PACKETS; i++) {
            headers[i] = all.slice(i * Wire.HEADER_BYTES, Wire.HEADER_BYTES);
        }
    }

    /** A batch of which a part is written takes no more. */
    boolean hasRoom() {
        return packets < PACKETS && bytes < MOST_BYTES && begin == 0;
    }

    boolean isEmpty() {
        return packets == 0;
    }

    /** Takes over the packet's reference to its payload. */
    void enqueue(OutgoingPacket packet) {
        ByteBuffer header = headers[packets].clear();
        packet.writeHeader(header, 0);
        batch[end++] = header;
        bytes += packet.length;
        Segment segment = packet.takePayload();
        segments[packets++] = segment;
        if (segment != null) {
            batch[end++] = segment.lendView().limit(packet.at + packet.length).position(packet.at);
        }
    }

    int flush() throws IOException {
        if (end == 0) {
            return 0;
        }
        long count = wire.write(batch, begin, end - begin);
        while (begin < end && !batch[begin].hasRemaining()) {
            begin++;
        }
        if (begin == end) {
            reset();
        }
        return count > 0 ? 1 : 0;
    }

    private void reset() {
        int view = 0;
        for (int i = 0; i < packets; i++) {
            view++;
            if (segments[i] != null) {
                segments[i].returnView(batch[view++]);
                segments[i].release();
                segments[i] = null;
            }
        }
        packets = 0;
        bytes = 0;
        begin = 0;
        end = 0;
    }

    void close() {
        reset();
    }
}
