package org.netchannel.optimized;

import java.io.IOException;

/**
 * NetDriver: one end of a channel on some transport that is reliable and in order (NC-CH-1; Table 2 of the paper).
 * Whoever has a transport implements it and gives it to {@link NetStack#addChannel}; what comes out at one end is what
 * was put in at the other, packet by packet, until the transport fails.
 *
 * <p><b>Threads.</b> One thread calls, the one that runs the channel: a duty cycle is {@link #fetch}, then, if
 * {@link #hasNews} or there is something to send, with the stack's turn {@link #next} and {@link #release} as often as
 * there are packets and the stack takes them, and {@link #hasRoom} and {@link #enqueue} as often as it has some, then
 * {@link #flush}. Only fetch, flush and close may call the operating system. Nothing blocks, and what runs with the
 * turn is short: nobody else gets on meanwhile.
 *
 * <p><b>Memory.</b> Payload lies in segments of {@link NetStack#segments}. Where there is none for a packet that has
 * arrived, {@link #next} says that nothing is there, and the transport is to slow its peer down. What a driver holds is
 * bounded, whatever the peer sends. In steady state nothing is allocated.
 *
 * <p><b>Errors.</b> No call throws for what the peer or the network does: {@link #hasFailed} tells of it, and
 * {@link #failure} why.
 */
public interface ChannelDriver {
    /** What {@link #next} came to. */
    enum Dequeued {
        /** Nothing is there now. */
        NOTHING,
        /** A packet was read. */
        PACKET,
        /** What is there is no packet; it stays so, and the channel is failed (NC-HDR-2). */
        MALFORMED
    }

    /**
     * Reads what the transport has.
     *
     * @return how much was done, 0 for nothing
     */
    int fetch();

    /**
     * Whether {@link #next} or {@link #hasFailed} may have something to tell: asked before the stack's turn is taken.
     *
     * @return true when it is not sure, too; the turn is taken for nothing then
     */
    default boolean hasNews() {
        return true;
    }

    /**
     * The next packet that has arrived. Its payload stays where it is until {@link #release}, which has to come before
     * the next packet is asked for. What arrived before the transport failed can still be read.
     *
     * @param packet is filled: {@link IncomingPacket#readHeader}, {@link IncomingPacket#payload(Segment, int)}
     * @return what there was
     */
    Dequeued next(IncomingPacket packet);

    /**
     * The packet that {@link #next} gave is done with: the driver's reference to its payload is given back.
     *
     * @param packet that packet
     */
    void release(IncomingPacket packet);

    /**
     * Whether {@link #enqueue} may be called. Asked before the stack's turn is taken, too, where there is something to
     * send.
     *
     * @return false for as long as the transport does not take more
     */
    boolean hasRoom();

    /**
     * Takes a packet to be transmitted, and its reference to the payload with it
     * ({@link OutgoingPacket#takePayload}).
     *
     * @param packet its fields are read now; the caller gives it back to its pool
     */
    void enqueue(OutgoingPacket packet);

    /**
     * Gives what was enqueued to the transport, as far as it takes it.
     *
     * @return how much was done, 0 for nothing
     */
    int flush();

    /**
     * Whether the transport has taken all that was enqueued, or never will.
     *
     * @return true when nothing is left to {@link #flush}
     */
    boolean isFlushed();

    /**
     * Whether the transport has failed and everything that had arrived before was read.
     *
     * @return once true it stays true
     */
    boolean hasFailed();

    /**
     * Why the transport has failed.
     *
     * @return null when it has not, or just ended
     */
    IOException failure();

    /** Ends the transport and gives back what it holds; the peer sees it fail. The last call, or repeated. */
    void close();
}
