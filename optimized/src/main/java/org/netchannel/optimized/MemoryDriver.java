package org.netchannel.optimized;

import java.io.IOException;

/** One end of a channel between two stacks in one process: a ring each way. */
final class MemoryDriver implements ChannelDriver {
    /** Packets that a direction holds; with the largest payload 16 MiB. */
    private static final int PACKETS = 256;

    private final MemoryRing out;
    private final MemoryRing in;

    private MemoryDriver(MemoryRing out, MemoryRing in) {
        this.out = out;
        this.in = in;
    }

    /** Both ends of a new channel. */
    static MemoryDriver[] pair() {
        MemoryRing there = new MemoryRing(PACKETS);
        MemoryRing back = new MemoryRing(PACKETS);
        return new MemoryDriver[] {new MemoryDriver(there, back), new MemoryDriver(back, there)};
    }

    @Override
    public int fetch() {
        return 0;
    }

    @Override
    public boolean hasNews() {
        return in.peek() != null || in.isClosed();
    }

    @Override
    public Dequeued next(IncomingPacket packet) {
        OutgoingPacket slot = in.peek();
        if (slot == null) {
            return Dequeued.NOTHING;
        }
        packet.copy(slot);
        packet.payload(slot.segment, slot.at);
        return Dequeued.PACKET;
    }

    @Override
    public void release(IncomingPacket packet) {
        in.remove();
        packet.releasePayload();
    }

    @Override
    public boolean hasRoom() {
        return out.hasRoom();
    }

    @Override
    public void enqueue(OutgoingPacket packet) {
        out.put(packet);
    }

    @Override
    public int flush() {
        return 0;
    }

    @Override
    public boolean isFlushed() {
        return true;
    }

    /** The other end has closed, and everything it had sent before was read. */
    @Override
    public boolean hasFailed() {
        return in.isClosed() && in.peek() == null;
    }

    @Override
    public IOException failure() {
        return null;
    }

    @Override
    public void close() {
        out.closeWriter();
        in.closeReader();
    }
}
