package org.netchannel.optimized;

import org.netchannel.traces.ChannelClass;

/**
 * Puts something around the drivers of a stack's channels: loss, delay, a capture; see
 * {@link org.netchannel.optimized.driver}. Called once for each channel that comes up, with the stack's turn.
 */
public interface DriverDecorator {
    /** Leaves every driver as it is. */
    DriverDecorator NONE = (number, channelClass, dialer, driver) -> driver;

    /**
     * Decorates a driver.
     *
     * @param number the channel's number
     * @param channelClass its class
     * @param dialer whether this host has dialed
     * @param driver this end of it
     * @return what the stack takes in its place, or the driver itself
     */
    ChannelDriver decorate(int number, ChannelClass channelClass, boolean dialer, ChannelDriver driver);
}
