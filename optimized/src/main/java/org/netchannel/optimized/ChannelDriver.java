package org.netchannel.optimized;

import java.io.IOException;

/**
 * NetDriver: one end of a channel on some transport that is reliable and in order (NC-CH-1; Table 2 of the paper). The
 * two halves of a duty cycle differ: {@link #fetch} and {@link #flush} may call the operating system, {@link #next},
 * {@link #hasRoom} and {@link #enqueue} run while the agent has the turn, and are short. The channel agent's thread
 * calls everything.
 */
interface ChannelDriver {
    /** What {@link #next} came to. */
    enum Dequeued {
        /** Nothing is there. */
        NOTHING,
        /** A packet was read. */
        PACKET,
        /** What is there is no packet (NC-HDR-2). */
        MALFORMED
    }

    /**
     * Reads what the transport has.
     *
     * @return how much was done, 0 for nothing
     */
    int fetch();

    /**
     * The next packet that has arrived. Its payload stays where it is until {@link #release}.
     *
     * @param packet is filled
     * @return what there was
     */
    Dequeued next(IncomingPacket packet);

    /** The packet that {@link #next} gave is done with. */
    void release(IncomingPacket packet);

    /** Whether {@link #enqueue} may be called. */
    boolean hasRoom();

    /**
     * Takes a packet to be transmitted, and its reference to the payload with it.
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

    /** Whether the transport has taken all that was enqueued. */
    boolean isFlushed();

    /** Whether the transport has failed; once true it stays true. */
    boolean hasFailed();

    /** Why the transport has failed; null when it has not, or just ended. */
    IOException failure();

    /** Ends the transport and gives back what it holds. */
    void close();
}
