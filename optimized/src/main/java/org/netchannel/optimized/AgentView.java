package org.netchannel.optimized;

import org.netchannel.traces.ChannelClass;

/** What a {@link ChannelPlacement} sees of the channel agents of a stack. */
public interface AgentView {
    /**
     * How many agents there are.
     *
     * @return at least 1
     */
    int size();

    /**
     * How many channels of a class an agent has.
     *
     * @param agent 0 to {@code size() - 1}
     * @param channelClass the class
     * @return channels that live, draining ones included
     */
    int channels(int agent, ChannelClass channelClass);
}
