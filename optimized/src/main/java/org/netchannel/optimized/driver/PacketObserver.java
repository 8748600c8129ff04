package org.netchannel.optimized.driver;

import org.netchannel.optimized.PacketFields;

/** Is told of the packets of one channel, by the thread that runs the channel. */
public interface PacketObserver {
    /**
     * A packet is about to be delivered; its payload is there until the call is over. With the stack's turn: short.
     *
     * @param packet as it came
     */
    void received(PacketFields packet);

    /**
     * A packet is about to be transmitted; its payload is there until the call is over. With the stack's turn: short.
     *
     * @param packet as it will be sent
     */
    void sent(PacketFields packet);

    /** Now it may take longer. */
    default void flush() {}

    /**
     * The channel is gone.
     *
     * @param failed whether it has failed here, and did not just end
     */
    void closed(boolean failed);
}
