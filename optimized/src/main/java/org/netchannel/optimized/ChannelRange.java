package org.netchannel.optimized;

import java.util.concurrent.TimeUnit;

/**
 * How many data channels of a class there are to be: a fixed number, or as many as the load calls for ("scaling number
 * of channels dynamically", section 3.3 of the paper). {@link ChannelScaling} says what calls for one.
 *
 * @param least the fewest, 0 to {@link TcpLink#MOST_CHANNELS}; at least 1 when there may be more
 * @param most the most, {@code least} to {@link TcpLink#MOST_CHANNELS}
 * @param addAfterNs how long channels have to be too few before one is added, in nanoseconds
 * @param removeAfterNs how long there has to be one too many before one is drained, in nanoseconds, not less than
 *     {@code addAfterNs}
 */
public record ChannelRange(int least, int most, long addAfterNs, long removeAfterNs) {
    private static final long ADD_AFTER_NS = TimeUnit.MILLISECONDS.toNanos(100);
    private static final long REMOVE_AFTER_NS = TimeUnit.SECONDS.toNanos(2);
    private static final long SHORTEST_NS = TimeUnit.MILLISECONDS.toNanos(1);
    private static final long LONGEST_NS = TimeUnit.HOURS.toNanos(1);

    /**
     * Checks the bounds.
     *
     * @throws IllegalArgumentException when one is not legal; the message names it, its value and what is legal
     */
    public ChannelRange {
        require("least", least, 0, TcpLink.MOST_CHANNELS);
        require("most", most, least, TcpLink.MOST_CHANNELS);
        if (least == 0 && most > 0) {
            throw new IllegalArgumentException("least is 0, legal is 1 to " + most
                    + " where there may be channels: without any, nothing shows that one is needed");
        }
        require("addAfterNs", addAfterNs, SHORTEST_NS, LONGEST_NS);
        require("removeAfterNs", removeAfterNs, addAfterNs, LONGEST_NS);
    }

    private static void require(String name, long value, long least, long most) {
        if (value < least || value > most) {
            throw new IllegalArgumentException(name + " is " + value + ", legal is " + least + " to " + most);
        }
    }

    /**
     * As many, whatever the load.
     *
     * @param channels 0 to {@link TcpLink#MOST_CHANNELS}
     * @return the range of one number
     * @throws IllegalArgumentException when the number is not legal
     */
    public static ChannelRange fixed(int channels) {
        return between(channels, channels);
    }

    /**
     * As many as the load calls for: one is added after 100 ms and drained after 2 seconds.
     *
     * @param least the fewest
     * @param most the most
     * @return the range
     * @throws IllegalArgumentException when a number is not legal
     */
    public static ChannelRange between(int least, int most) {
        return new ChannelRange(least, most, ADD_AFTER_NS, REMOVE_AFTER_NS);
    }

    /**
     * The same with other times.
     *
     * @param add how long channels have to be too few, 1 ms to 1 hour, in nanoseconds
     * @param remove how long there has to be one too many, not less, in nanoseconds
     * @return a changed copy
     * @throws IllegalArgumentException when a time is not legal
     */
    public ChannelRange after(long add, long remove) {
        return new ChannelRange(least, most, add, remove);
    }

    boolean isFixed() {
        return least == most;
    }
}
