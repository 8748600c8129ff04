package org.netchannel.optimized;

import static org.assertj.core.api.Assertions.assertThat;
import static org.netchannel.optimized.SchedulingPolicies.PINNED;
import static org.netchannel.optimized.SchedulingPolicies.ROUND_ROBIN;
import static org.netchannel.optimized.SchedulingPolicies.SHORTEST_QUEUE;
import static org.netchannel.optimized.SchedulingPolicy.NONE;

import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** NC-SCH-3. */
class SchedulingPoliciesTest {
    /** Channels 1, 3, 5 ... with so much queued; a negative amount stands for one that is not active. */
    private record View(long threshold, long... queued) implements ChannelView {
        @Override
        public int size() {
            return queued.length;
        }

        @Override
        public int number(int index) {
            return 2 * index + 1;
        }

        @Override
        public long queuedBytes(int index) {
            return queued[index];
        }

        @Override
        public boolean isActive(int index) {
            return queued[index] >= 0;
        }

        @Override
        public boolean mayCarry(int index) {
            return isActive(index) && queued[index] < threshold;
        }
    }

    @ParameterizedTest
    @EnumSource(SchedulingPolicies.class)
    void nothingIsChosenWhereNothingMayCarry(SchedulingPolicies policy) {
        assertThat(policy.choose(new View(9), 0, 1)).isEqualTo(NONE);
        assertThat(policy.choose(new View(9, 9, -1, 10), 0, 1)).isEqualTo(NONE);
    }

    @ParameterizedTest
    @EnumSource(SchedulingPolicies.class)
    void theOnlyOneThatIsActiveIsChosen(SchedulingPolicies policy) {
        for (long connection = 0; connection < 100; connection++) {
            assertThat(policy.choose(new View(9, -1, 8, -1), 5, connection)).isEqualTo(1);
        }
    }

    @Test
    void channelsTakeTurns() {
        View view = new View(9, 0, 0, 9, 0);
        assertThat(ROUND_ROBIN.choose(view, 0, 1)).isEqualTo(0);
        assertThat(ROUND_ROBIN.choose(view, 1, 1)).isEqualTo(1);
        assertThat(ROUND_ROBIN.choose(view, 3, 1)).isEqualTo(3);
        assertThat(ROUND_ROBIN.choose(view, 7, 1)).isEqualTo(0);
    }

    @Test
    void theShortestQueueIsChosenAndAmongEqualsTheOneWhoseTurnItIs() {
        assertThat(SHORTEST_QUEUE.choose(new View(9, 3, 2, 4), 0, 1)).isEqualTo(1);
        assertThat(SHORTEST_QUEUE.choose(new View(9, 2, 2, 2), 1, 1)).isEqualTo(1);
        assertThat(SHORTEST_QUEUE.choose(new View(9, 2, 2, 2), 3, 1)).isEqualTo(2);
        assertThat(SHORTEST_QUEUE.choose(new View(9, 2, 2, 2), 5, 1)).isEqualTo(0);
    }

    @Test
    void aConnectionKeepsToItsChannelAndOnlyThoseOfALostOneMove() {
        View all = new View(9, 0, 0, 0, 0);
        View without = new View(9, 0, 0, -1, 0);
        int[] on = new int[4];
        for (long connection = 1; connection <= 4_000; connection++) {
            int index = PINNED.choose(all, 0, connection);
            on[index]++;
            assertThat(PINNED.choose(all, 5, connection)).isEqualTo(index);
            assertThat(PINNED.choose(without, 5, connection)).matches(it -> it != 2);
            if (index != 2) {
                assertThat(PINNED.choose(without, 5, connection)).isEqualTo(index);
            }
        }
        assertThat(Arrays.stream(on)).allMatch(count -> count > 700);
    }

    @Test
    void aConnectionWaitsForItsChannel() {
        int index = PINNED.choose(new View(9, 0, 0), 0, 77);
        assertThat(PINNED.choose(index == 0 ? new View(9, 9, 0) : new View(9, 0, 9), 0, 77)).isEqualTo(NONE);
    }
}
