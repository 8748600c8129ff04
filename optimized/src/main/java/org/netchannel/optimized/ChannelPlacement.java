package org.netchannel.optimized;

import org.netchannel.traces.ChannelClass;

/**
 * Which channel agent, and so which thread, gets a channel that comes up ("mapping of channels to cores", section 3.3
 * of the paper). A channel stays where it was placed for all its life. A pure function of what it is shown. Whoever
 * opens the channel calls it, with the turn: it must be short.
 */
public interface ChannelPlacement {
    /**
     * Chooses an agent.
     *
     * @param agents the agents there are, with the channels that live
     * @param channelClass the class of the channel that is to be placed
     * @return index of an agent, 0 to {@code agents.size() - 1}
     */
    int choose(AgentView agents, ChannelClass channelClass);
}
