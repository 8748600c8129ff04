package org.netchannel.reference;

import java.util.OptionalLong;
import org.netchannel.traces.ChannelClass;
import org.netchannel.traces.Packet;
import org.pcollections.AmortizedPQueue;
import org.pcollections.PQueue;

/**
 * A channel that lives: ACTIVE or DRAINING (NC-CH-5).
 *
 * @param number its number (NC-CH-2)
 * @param channelClass what it carries
 * @param cameUp its place in the order in which channels came up here; the newest has the highest (NC-CH-3)
 * @param peer the incarnation in the peer's HELLO, empty until that HELLO has arrived
 * @param largestPayload the largest payload the peer accepts on it, 0 until its HELLO has arrived
 * @param transmit what is to be sent, in order
 * @param queuedBytes payload bytes of DATA in the transmit queue (NC-SCH-2)
 * @param charge payload bytes read from it that wait in response queues (NC-CH-4)
 * @param draining whether it is DRAINING
 * @param close how far the closing of a draining channel has come
 */
public record Channel(
        int number,
        ChannelClass channelClass,
        long cameUp,
        OptionalLong peer,
        int largestPayload,
        PQueue<Packet> transmit,
        long queuedBytes,
        long charge,
        boolean draining,
        Close close) {

    /**
     * CHANNEL_CLOSE each way.
     *
     * @param queued whether this host's stands in the transmit queue or was sent
     * @param sent whether this host's was sent
     * @param received whether the peer's has arrived
     */
    public record Close(boolean queued, boolean sent, boolean received) {
        static final Close NONE = new Close(false, false, false);
    }

    static Channel opened(int number, ChannelClass channelClass, long cameUp) {
        return new Channel(number, channelClass, cameUp, OptionalLong.empty(), 0, AmortizedPQueue.empty(), 0, 0, false,
                Close.NONE);
    }

    boolean isControl() {
        return channelClass == ChannelClass.CONTROL;
    }

    boolean helloArrived() {
        return peer.isPresent();
    }

    /** DATA only after the peer's HELLO, and never again once it drains (NC-CH-2, NC-CH-5, NC-SCH-1). */
    boolean isActive(ChannelClass trafficClass) {
        return channelClass == trafficClass && helloArrived() && !draining;
    }

    Channel withHello(long incarnation, int payload) {
        return new Channel(number, channelClass, cameUp, OptionalLong.of(incarnation), payload, transmit, queuedBytes,
                charge, draining, close);
    }

    Channel withTransmit(PQueue<Packet> queue, long bytes) {
        return new Channel(number, channelClass, cameUp, peer, largestPayload, queue, bytes, charge, draining, close);
    }

    Channel withCharge(long bytes) {
        return new Channel(number, channelClass, cameUp, peer, largestPayload, transmit, queuedBytes, bytes, draining,
                close);
    }

    Channel withDraining() {
        return new Channel(number, channelClass, cameUp, peer, largestPayload, transmit, queuedBytes, charge, true,
                close);
    }

    Channel withClose(Close progress) {
        return new Channel(number, channelClass, cameUp, peer, largestPayload, transmit, queuedBytes, charge, draining,
                progress);
    }
}
