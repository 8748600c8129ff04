package org.netchannel.optimized.driver;

import org.netchannel.optimized.ChannelDriver;
import org.netchannel.optimized.IncomingPacket;
import org.netchannel.optimized.OutgoingPacket;

/** A channel whose packets somebody is told of. */
public final class ObservedDriver extends ForwardingDriver {
    private final PacketObserver observer;
    private boolean closed;

    /**
     * Observes.
     *
     * @param inner the driver inside
     * @param observer is told
     */
    public ObservedDriver(ChannelDriver inner, PacketObserver observer) {
        super(inner);
        this.observer = observer;
    }

    @Override
    public Dequeued next(IncomingPacket packet) {
        Dequeued dequeued = super.next(packet);
        if (dequeued == Dequeued.PACKET) {
            observer.received(packet);
        }
        return dequeued;
    }

    @Override
    public void enqueue(OutgoingPacket packet) {
        observer.sent(packet);
        super.enqueue(packet);
    }

    @Override
    public int flush() {
        int work = super.flush();
        observer.flush();
        return work;
    }

    @Override
    public void close() {
        boolean failed = hasFailed();
        super.close();
        if (!closed) {
            closed = true;
            observer.closed(failed);
        }
    }
}
