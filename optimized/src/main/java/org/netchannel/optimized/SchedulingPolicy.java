package org.netchannel.optimized;

/**
 * Which channel gets the next packet (NC-SCH-3). A pure function of what it is shown: it keeps nothing between calls.
 * What it is shown are the data channels of one class, so that classes cannot mix (NC-SCH-1). The thread that hands
 * packets over calls it.
 */
public interface SchedulingPolicy {
    /** No channel: the packet waits. */
    int NONE = -1;

    /**
     * Chooses a channel that may carry a packet.
     *
     * @param channels the channels there are, in the order of their numbers
     * @param lastNumber the number of the channel of this class that got the last packet, 0 when none has
     * @param connection the id of the connection whose packet it is
     * @return index of a channel for which {@link ChannelView#mayCarry} is true, or {@link #NONE}
     */
    int choose(ChannelView channels, int lastNumber, long connection);
}
