package org.netchannel.optimized;

import static org.assertj.core.api.Assertions.assertThat;
import static org.netchannel.traces.ChannelClass.CONTROL;
import static org.netchannel.traces.ChannelClass.LATENCY;
import static org.netchannel.traces.ChannelClass.THROUGHPUT;

import org.junit.jupiter.api.Test;
import org.netchannel.traces.ChannelClass;

class ChannelPlacementsTest {
    /** Counts what was placed. */
    private static final class Agents implements AgentView {
        private final int[][] channels;

        private Agents(int count) {
            channels = new int[count][ChannelClass.values().length];
        }

        /** The agents that get some channels, one after the other. */
        private int[] place(ChannelPlacement placement, ChannelClass... classes) {
            int[] chosen = new int[classes.length];
            for (int i = 0; i < classes.length; i++) {
                chosen[i] = placement.choose(this, classes[i]);
                channels[chosen[i]][classes[i].ordinal()]++;
            }
            return chosen;
        }

        @Override
        public int size() {
            return channels.length;
        }

        @Override
        public int channels(int agent, ChannelClass channelClass) {
            return channels[agent][channelClass.ordinal()];
        }
    }

    private static final ChannelClass[] USUAL = {CONTROL, LATENCY, THROUGHPUT, THROUGHPUT, THROUGHPUT, THROUGHPUT};

    @Test
    void oneAgentGetsEverything() {
        for (ChannelPlacement placement : ChannelPlacements.values()) {
            assertThat(new Agents(1).place(placement, USUAL)).containsOnly(0);
        }
    }

    @Test
    void bulkIsDividedAmongAllAgents() {
        assertThat(new Agents(2).place(ChannelPlacements.FEWEST_CHANNELS, USUAL)).containsExactly(0, 1, 0, 1, 0, 1);
        assertThat(new Agents(4).place(ChannelPlacements.FEWEST_CHANNELS, USUAL)).containsExactly(0, 1, 2, 3, 0, 1);
    }

    /** Fewer channels in total count less than fewer with bulk. */
    @Test
    void aLatencyChannelGoesWhereTheLeastBulkIs() {
        Agents agents = new Agents(2);
        agents.place(ChannelPlacements.FEWEST_CHANNELS, LATENCY, THROUGHPUT, LATENCY, LATENCY);
        assertThat(agents.channels[0]).containsExactly(agents.channels[0][CONTROL.ordinal()], 3, 0);
        assertThat(agents.channels(1, THROUGHPUT)).isEqualTo(1);
    }

    @Test
    void whatIsGoneMakesRoom() {
        Agents agents = new Agents(2);
        agents.place(ChannelPlacements.FEWEST_CHANNELS, THROUGHPUT, THROUGHPUT, THROUGHPUT);
        agents.channels[0][THROUGHPUT.ordinal()] = 0;
        assertThat(agents.place(ChannelPlacements.FEWEST_CHANNELS, THROUGHPUT, THROUGHPUT)).containsExactly(0, 0);
    }

    @Test
    void classesDoNotShareAThreadWhereThereAreTwo() {
        assertThat(new Agents(2).place(ChannelPlacements.CLASSES_APART, USUAL)).containsExactly(0, 0, 1, 1, 1, 1);
        assertThat(new Agents(3).place(ChannelPlacements.CLASSES_APART, USUAL)).containsExactly(0, 0, 1, 2, 1, 2);
    }
}
