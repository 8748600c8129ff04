package org.netchannel.optimized;

import org.agrona.collections.LongHashSet;
import org.netchannel.traces.ChannelClass;

/** A channel that lives: ACTIVE or DRAINING (NC-CH-5). */
final class Channel {
    final int number;
    final ChannelClass channelClass;
    /** Its place in the order in which channels came up here; the newest has the highest (NC-CH-3). */
    final long cameUp;
    final TransmitQueue transmit = new TransmitQueue();

    /** The peer's HELLO has arrived on it (NC-CH-2). */
    boolean helloArrived;
    /** Packets of a control channel that stood in its queue when control state was last repeated on it (NC-FAIL-2). */
    int repeatedControl;
    /** The largest payload the peer accepts on it, 0 until its HELLO has arrived. */
    int largestPayload;
    /** Payload bytes read from it that wait in response queues (NC-CH-4). */
    long charge;
    /** Pieces of send buffers that it was given and that are unacknowledged (NC-CH-5). */
    int unacknowledgedPieces;
    /** Connections whose DATA it has carried (NC-DATA-5). */
    final LongHashSet users = new LongHashSet(8);

    boolean draining;
    /** This host's CHANNEL_CLOSE stands in the transmit queue or was sent. */
    boolean closeQueued;
    boolean closeSent;
    boolean closeReceived;
    /** It failed or is CLOSED. Written by who has the turn; any thread may look. */
    volatile boolean isGone;
    boolean hasFailed;

    Channel(int number, ChannelClass channelClass, long cameUp) {
        this.number = number;
        this.channelClass = channelClass;
        this.cameUp = cameUp;
    }

    boolean isControl() {
        return channelClass == ChannelClass.CONTROL;
    }

    /** DATA only after the peer's HELLO, and never again once it drains (NC-CH-2, NC-CH-5). */
    boolean isActive() {
        return helloArrived && !draining && !isGone;
    }

    /** CHANNEL_CLOSE has gone both ways and every byte handed to it is acknowledged. */
    boolean isClosed() {
        return closeSent && closeReceived && unacknowledgedPieces == 0;
    }
}
