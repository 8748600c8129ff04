package org.netchannel.optimized;

/** What a {@link SchedulingPolicy} sees of the data channels of one class, in the order of their numbers. */
public interface ChannelView {
    /**
     * How many channels there are.
     *
     * @return 0 or more
     */
    int size();

    /**
     * The number of a channel.
     *
     * @param index 0 to {@code size() - 1}
     * @return its number on the link, at least 1
     */
    int number(int index);

    /**
     * How much waits to be transmitted on a channel.
     *
     * @param index 0 to {@code size() - 1}
     * @return payload bytes of DATA
     */
    long queuedBytes(int index);

    /**
     * Whether a channel is active: the peer's HELLO has arrived, and it is not draining (NC-CH-2, NC-CH-5).
     *
     * @param index 0 to {@code size() - 1}
     * @return true when it is
     */
    boolean isActive(int index);

    /**
     * Whether a channel may be chosen: it is active, and less than the threshold is queued on it (NC-SCH-2, NC-CH-5).
     *
     * @param index 0 to {@code size() - 1}
     * @return true when it may
     */
    boolean mayCarry(int index);
}
