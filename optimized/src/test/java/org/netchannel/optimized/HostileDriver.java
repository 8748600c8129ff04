package org.netchannel.optimized;

import java.nio.ByteBuffer;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.function.LongPredicate;
import org.netchannel.optimized.driver.ForwardingDriver;

/**
 * A channel's end at which packets arrive that the other end never sent, between those that it did. What goes out for
 * connections that the other end does not know never gets there.
 */
final class HostileDriver extends ForwardingDriver {
    /** Connections of the hostile part of the peer have ids from here on, which honest ones hardly ever have. */
    static final long HOSTILE = 0x1234_5678_0000_0000L;

    private record Forged(ByteBuffer header, byte[] payload) {}

    private final SegmentPool pool;
    private final LongPredicate hides;
    private final Deque<Forged> forged = new ArrayDeque<>();
    private boolean isForged;
    /** Nothing that is put in goes out any more. */
    boolean isStuck;
    /** How many packets went out for connections of the hostile part, by type. */
    final int[] hidden = new int[Wire.CHANNEL_CLOSE + 1];

    HostileDriver(ChannelDriver inner, SegmentPool pool) {
        super(inner);
        this.pool = pool;
        this.hides = connection -> (connection >>> 32) == (HOSTILE >>> 32);
    }

    void forge(int type, long tag, long connection, int sourcePort, int destinationPort, long offset, byte... payload) {
        OutgoingPacket packet = new OutgoingPacket();
        packet.type = type;
        packet.tag = tag;
        packet.connection = connection;
        packet.sourcePort = sourcePort;
        packet.destinationPort = destinationPort;
        packet.offset = offset;
        packet.length = payload.length;
        ByteBuffer header = ByteBuffer.allocate(Wire.HEADER_BYTES);
        packet.writeHeader(header, 0);
        forged.add(new Forged(header, payload));
    }

    int waiting() {
        return forged.size();
    }

    @Override
    public boolean hasNews() {
        return !forged.isEmpty() || super.hasNews();
    }

    @Override
    public Dequeued next(IncomingPacket packet) {
        Forged first = forged.peek();
        // What the other end sends comes in between.
        if (first == null || (forged.size() & 1) == 0) {
            Dequeued dequeued = super.next(packet);
            if (first == null || dequeued != Dequeued.NOTHING) {
                return dequeued;
            }
        }
        Segment segment = null;
        if (first.payload().length > 0) {
            segment = pool.claim(first.payload().length);
            if (segment == null) {
                return Dequeued.NOTHING;
            }
            segment.bytes().put(0, first.payload());
        }
        forged.remove();
        isForged = true;
        if (!packet.readHeader(first.header(), 0)) {
            throw new AssertionError("a packet that is none is not made here");
        }
        packet.payload(segment, 0);
        return Dequeued.PACKET;
    }

    @Override
    public void release(IncomingPacket packet) {
        if (!isForged) {
            super.release(packet);
            return;
        }
        isForged = false;
        packet.releasePayload();
    }

    @Override
    public boolean hasRoom() {
        return !isStuck && super.hasRoom();
    }

    @Override
    public void enqueue(OutgoingPacket packet) {
        if (hides.test(packet.connection())) {
            hidden[packet.type()]++;
            Segment payload = packet.takePayload();
            if (payload != null) {
                payload.release();
            }
        } else {
            super.enqueue(packet);
        }
    }

    @Override
    public void close() {
        forged.clear();
        super.close();
    }
}
