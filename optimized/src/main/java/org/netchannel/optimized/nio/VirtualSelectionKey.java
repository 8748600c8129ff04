package org.netchannel.optimized.nio;

import java.io.IOException;
import java.nio.channels.CancelledKeyException;
import java.nio.channels.SelectableChannel;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.spi.AbstractSelectionKey;
import org.netchannel.optimized.PollKey;

/** A channel on a selector. Any thread calls; ready operations are of the thread that selects. */
final class VirtualSelectionKey extends AbstractSelectionKey {
    private final VirtualSelector selector;
    private final SelectableChannel channel;
    private final PolledChannel polled;
    private volatile int interest;
    private volatile int ready;
    /** Null until the channel has something that can be ready. */
    private PollKey pollKey;

    /**
     * A key that notices nothing yet.
     *
     * @param channel the channel
     * @param polled the same channel
     */
    VirtualSelectionKey(VirtualSelector selector, SelectableChannel channel, PolledChannel polled) {
        this.selector = selector;
        this.channel = channel;
        this.polled = polled;
    }

    PolledChannel polled() {
        return polled;
    }

    @Override
    public SelectableChannel channel() {
        return channel;
    }

    @Override
    public Selector selector() {
        return selector;
    }

    private void requireValid() {
        if (!isValid()) {
            throw new CancelledKeyException();
        }
    }

    @Override
    public int interestOps() {
        requireValid();
        return interest;
    }

    @Override
    public SelectionKey interestOps(int operations) {
        requireValid();
        setInterest(operations);
        return this;
    }

    void setInterest(int operations) {
        if ((operations & ~channel.validOps()) != 0) {
            throw new IllegalArgumentException("interest is " + operations + ", legal are bits of "
                    + channel.validOps());
        }
        synchronized (this) {
            interest = operations;
            refresh();
        }
    }

    @Override
    public int readyOps() {
        requireValid();
        return ready;
    }

    /** What of it is ready, given what the poller found. */
    int operations(int readiness) {
        return polled.operationsFor(readiness) & interest;
    }

    void setReady(int operations) {
        ready = operations;
    }

    /** Adds to what was ready before; whether that changed anything. */
    boolean addReady(int operations) {
        int before = ready;
        ready = before | operations;
        return ready != before;
    }

    /** The poller is to notice what was asked for, as far as it makes sense in the channel's present state. */
    synchronized void refresh() {
        try {
            if (pollKey == null && isValid()) {
                pollKey = polled.register(selector.poller(), this);
            }
            if (pollKey != null) {
                pollKey.interest(polled.interestFor(interest));
            }
        } catch (IOException | IllegalStateException e) {
            // The channel or the selector was closed meanwhile, and that is what its user will hear of.
            ready = 0;
        }
    }

    /** The key is out of its selector. */
    synchronized void forget() {
        if (pollKey != null) {
            pollKey.cancel();
        }
        polled.selectionKeys().remove(this);
    }
}
