package org.netchannel.optimized;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.netchannel.traces.ChannelClass;

/** The channel agents of a stack, and which of them has which channel. Who has the turn calls. */
final class ChannelAgents implements AgentView {
    private record Placed(Channel channel, int agent) {}

    private final ChannelPlacement placement;
    private final ChannelAgent[] agents;
    private final List<Placed> placed = new ArrayList<>();

    /** As many as there are to be; the first one sees to it that timers expire. */
    ChannelAgents(HostCore host, Turn turn, Tap tap, Threading threading) {
        placement = threading.placement();
        agents = new ChannelAgent[threading.channelAgents()];
        for (int i = 0; i < agents.length; i++) {
            agents[i] = new ChannelAgent(host, turn, tap, i == 0);
        }
    }

    List<ChannelAgent> all() {
        return Arrays.asList(agents);
    }

    /** Which agent is to have the next channel. */
    int choose(ChannelClass channelClass) {
        int agent = placement.choose(this, channelClass);
        if (agent < 0 || agent >= agents.length) {
            throw new IllegalStateException(
                    "the placement chose agent " + agent + ", legal is 0 to " + (agents.length - 1));
        }
        return agent;
    }

    /** A channel has come up. */
    void add(int agent, Channel channel, ChannelDriver driver) {
        placed.removeIf(it -> it.channel().isGone);
        placed.add(new Placed(channel, agent));
        agents[agent].add(channel, driver);
    }

    @Override
    public int size() {
        return agents.length;
    }

    @Override
    public int channels(int agent, ChannelClass channelClass) {
        int count = 0;
        for (Placed one : placed) {
            Channel channel = one.channel();
            count += one.agent() == agent && !channel.isGone && channel.channelClass == channelClass ? 1 : 0;
        }
        return count;
    }
}
