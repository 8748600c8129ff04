package org.netchannel.optimized.driver;

import java.io.IOException;
import java.util.function.LongSupplier;
import org.netchannel.optimized.ChannelDriver;
import org.netchannel.optimized.IncomingPacket;
import org.netchannel.optimized.OutgoingPacket;

/**
 * A channel that fails (NC-CH-1, NC-FAIL-1): after so many packets or payload bytes, both ways together, or at a time.
 * What is inside then is lost; the other end sees its transport end.
 */
public final class FailingDriver extends ForwardingDriver {
    private final long mostPackets;
    private final long mostBytes;
    private final long atNs;
    private final LongSupplier clock;
    private long packets;
    private long bytes;
    private boolean failed;

    private FailingDriver(ChannelDriver inner, long mostPackets, long mostBytes, long atNs, LongSupplier clock) {
        super(inner);
        this.mostPackets = mostPackets;
        this.mostBytes = mostBytes;
        this.atNs = atNs;
        this.clock = clock;
    }

    /**
     * Fails after so many packets.
     *
     * @param inner the driver inside
     * @param count how many pass before
     * @return the channel that fails
     */
    public static FailingDriver afterPackets(ChannelDriver inner, long count) {
        return new FailingDriver(inner, count, Long.MAX_VALUE, Long.MAX_VALUE, () -> 0);
    }

    /**
     * Fails when at least so many bytes of payload have passed.
     *
     * @param inner the driver inside
     * @param count how many pass before
     * @return the channel that fails
     */
    public static FailingDriver afterBytes(ChannelDriver inner, long count) {
        return new FailingDriver(inner, Long.MAX_VALUE, count, Long.MAX_VALUE, () -> 0);
    }

    /**
     * Fails at a time.
     *
     * @param inner the driver inside
     * @param atNs when, as the clock says it
     * @param clock the time, in nanoseconds, such as {@link System#nanoTime}; the channel's thread calls
     * @return the channel that fails
     */
    public static FailingDriver atTime(ChannelDriver inner, long atNs, LongSupplier clock) {
        return new FailingDriver(inner, Long.MAX_VALUE, Long.MAX_VALUE, atNs, clock);
    }

    private boolean isOver() {
        failed |= packets >= mostPackets || bytes >= mostBytes
                || atNs != Long.MAX_VALUE && clock.getAsLong() - atNs >= 0;
        return failed;
    }

    @Override
    public int fetch() {
        return isOver() ? 0 : super.fetch();
    }

    @Override
    public boolean hasNews() {
        return isOver() || super.hasNews();
    }

    @Override
    public Dequeued next(IncomingPacket packet) {
        Dequeued dequeued = isOver() ? Dequeued.NOTHING : super.next(packet);
        if (dequeued == Dequeued.PACKET) {
            packets++;
            bytes += packet.length();
        }
        return dequeued;
    }

    @Override
    public boolean hasRoom() {
        return !isOver() && super.hasRoom();
    }

    @Override
    public void enqueue(OutgoingPacket packet) {
        packets++;
        bytes += packet.length();
        super.enqueue(packet);
    }

    @Override
    public int flush() {
        return failed ? 0 : super.flush();
    }

    @Override
    public boolean isFlushed() {
        return failed || super.isFlushed();
    }

    @Override
    public boolean hasFailed() {
        return isOver() || super.hasFailed();
    }

    @Override
    public IOException failure() {
        return failed ? new IOException("the channel was made to fail") : super.failure();
    }
}
