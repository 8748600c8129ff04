package org.netchannel.optimized.driver;

import java.io.IOException;
import org.netchannel.optimized.ChannelDriver;
import org.netchannel.optimized.IncomingPacket;
import org.netchannel.optimized.OutgoingPacket;

/** Around another driver, and does what that does. Decorators override what they change. */
public abstract class ForwardingDriver implements ChannelDriver {
    private final ChannelDriver inner;

    /**
     * Decorates.
     *
     * @param inner the driver inside
     */
    protected ForwardingDriver(ChannelDriver inner) {
        this.inner = inner;
    }

    @Override
    public int fetch() {
        return inner.fetch();
    }

    @Override
    public boolean hasNews() {
        return inner.hasNews();
    }

    @Override
    public Dequeued next(IncomingPacket packet) {
        return inner.next(packet);
    }

    @Override
    public void release(IncomingPacket packet) {
        inner.release(packet);
    }

    @Override
    public boolean hasRoom() {
        return inner.hasRoom();
    }

    @Override
    public void enqueue(OutgoingPacket packet) {
        inner.enqueue(packet);
    }

    @Override
    public int flush() {
        return inner.flush();
    }

    @Override
    public boolean isFlushed() {
        return inner.isFlushed();
    }

    @Override
    public boolean hasFailed() {
        return inner.hasFailed();
    }

    @Override
    public IOException failure() {
        return inner.failure();
    }

    @Override
    public void close() {
        inner.close();
    }
}
