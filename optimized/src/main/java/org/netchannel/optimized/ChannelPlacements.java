package org.netchannel.optimized;

import org.netchannel.traces.ChannelClass;

/**
 * The placements there are, by name. Both go by the number of channels and not by measured load. A channel that comes
 * up has no load yet, and what its class will give it is known: a fair share of the traffic of the class. And channels
 * mostly come up together, at the start or after the peer was gone, when what was measured last is of the past and
 * would put all of them on the same thread.
 */
public enum ChannelPlacements implements ChannelPlacement {
    /**
     * The agent with the fewest THROUGHPUT channels, for bulk is what makes a duty cycle long; of several the one with
     * the fewest channels, and then the first. The default: every thread gets its share of the bulk.
     */
    FEWEST_CHANNELS {
        @Override
        public int choose(AgentView agents, ChannelClass channelClass) {
            return fewest(agents, 0);
        }
    },

    /**
     * THROUGHPUT channels never share a thread with others, if there are two threads: the first is for control and
     * LATENCY channels alone. So bulk costs short messages no time, and moves with one thread less.
     */
    CLASSES_APART {
        @Override
        public int choose(AgentView agents, ChannelClass channelClass) {
            return channelClass == ChannelClass.THROUGHPUT && agents.size() > 1 ? fewest(agents, 1) : 0;
        }
    };

    private static int fewest(AgentView agents, int from) {
        int best = from;
        for (int i = from + 1; i < agents.size(); i++) {
            int bulk = bulk(agents, i) - bulk(agents, best);
            if (bulk < 0 || bulk == 0 && all(agents, i) < all(agents, best)) {
                best = i;
            }
        }
        return best;
    }

    private static int bulk(AgentView agents, int agent) {
        return agents.channels(agent, ChannelClass.THROUGHPUT);
    }

    private static int all(AgentView agents, int agent) {
        int count = 0;
        for (ChannelClass channelClass : ChannelClass.values()) {
            count += agents.channels(agent, channelClass);
        }
        return count;
    }
}
