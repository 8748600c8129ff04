package org.netchannel.optimized.driver;

import java.util.function.LongSupplier;
import org.netchannel.optimized.ChannelDriver;
import org.netchannel.optimized.IncomingPacket;

/**
 * A channel on which what arrives arrives later. Packets that are under way keep their memory; when there are too many,
 * they wait inside, and slow the other end down.
 */
public final class DelayingDriver extends ForwardingDriver {
    /** The most packets under way, a power of two. */
    static final int MOST = 1 << 10;

    private final long delayNs;
    private final LongSupplier clock;
    private final IncomingPacket[] underWay = new IncomingPacket[MOST];
    private final long[] dueNs = new long[MOST];
    private final IncomingPacket arriving = new IncomingPacket();
    private long first;
    private long end;
    private boolean malformed;

    /**
     * Delays.
     *
     * @param inner the driver inside
     * @param delayNs how much later packets arrive, nanoseconds, at least 0
     * @param clock the time, in nanoseconds, such as {@link System#nanoTime}; the channel's thread calls
     * @throws IllegalArgumentException when the delay is negative
     */
    public DelayingDriver(ChannelDriver inner, long delayNs, LongSupplier clock) {
        super(inner);
        if (delayNs < 0) {
            throw new IllegalArgumentException("delayNs is " + delayNs + ", legal is 0 and more");
        }
        this.delayNs = delayNs;
        this.clock = clock;
    }

    private boolean isDue(long nowNs) {
        return first < end && nowNs - dueNs[slot(first)] >= 0;
    }

    private static int slot(long index) {
        return (int) index & MOST - 1;
    }

    private boolean takesMore() {
        return end - first < MOST && !malformed;
    }

    @Override
    public boolean hasNews() {
        return isDue(clock.getAsLong()) || takesMore() && super.hasNews() || first == end && malformed;
    }

    @Override
    public Dequeued next(IncomingPacket packet) {
        long now = clock.getAsLong();
        takeIn(now);
        if (isDue(now)) {
            packet.readFrom(underWay[slot(first)]);
            return Dequeued.PACKET;
        }
        return first == end && malformed ? Dequeued.MALFORMED : Dequeued.NOTHING;
    }

    private void takeIn(long now) {
        while (takesMore()) {
            int slot = slot(end);
            if (underWay[slot] == null) {
                underWay[slot] = new IncomingPacket();
            }
            Dequeued dequeued = super.next(arriving);
            malformed = dequeued == Dequeued.MALFORMED;
            if (dequeued != Dequeued.PACKET) {
                return;
            }
            underWay[slot].readFrom(arriving);
            underWay[slot].retainPayload();
            super.release(arriving);
            dueNs[slot] = now + delayNs;
            end++;
        }
    }

    @Override
    public void release(IncomingPacket packet) {
        underWay[slot(first++)].releasePayload();
    }

    /** What was under way when the transport failed still arrives. */
    @Override
    public boolean hasFailed() {
        return first == end && super.hasFailed();
    }

    @Override
    public void close() {
        while (first < end) {
            release(underWay[slot(first)]);
        }
        super.close();
    }
}
