package org.netchannel.optimized;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.netchannel.traces.ChannelClass;

/** On which queues channels come and go. */
class DpdkDialersTest {
    private final Queue first = new Queue();
    private final Queue second = new Queue();
    private final DpdkDialers dialers = new DpdkDialers(List.of(first, second));

    /** Has channels at once. */
    private static final class Queue implements ChannelSupply {
        private final List<ChannelClass> channels = new ArrayList<>();
        private boolean isUp = true;

        @Override
        public void want(ChannelClass channelClass) {
            channels.add(channelClass);
        }

        @Override
        public int wanted(ChannelClass channelClass) {
            return (int) channels.stream().filter(channelClass::equals).count();
        }

        @Override
        public boolean leave(ChannelClass channelClass) {
            return isUp && channels.remove(channelClass);
        }
    }

    private void begin() {
        dialers.want(ChannelClass.CONTROL);
        dialers.want(ChannelClass.LATENCY);
        dialers.want(ChannelClass.THROUGHPUT);
    }

    private List<Integer> throughput() {
        return List.of(first.wanted(ChannelClass.THROUGHPUT), second.wanted(ChannelClass.THROUGHPUT));
    }

    @Test
    void channelsAreSpreadOverQueues() {
        begin();
        assertThat(first.channels).containsExactly(ChannelClass.CONTROL, ChannelClass.THROUGHPUT);
        assertThat(second.channels).containsExactly(ChannelClass.LATENCY);
        dialers.want(ChannelClass.THROUGHPUT, 3);
        assertThat(throughput()).containsExactly(2, 2);
    }

    @Test
    void whatComesAgainComesOnTheQueueThatHasLost() {
        begin();
        dialers.want(ChannelClass.THROUGHPUT);
        for (int round = 0; round < 3; round++) {
            assertThat(throughput()).containsExactly(1, 1);
            assertThat(dialers.leave(ChannelClass.THROUGHPUT)).isTrue();
            assertThat(throughput()).containsExactly(1, 0);
            dialers.want(ChannelClass.THROUGHPUT);
        }
    }

    @Test
    void queuesWithTheMostLoseFirstUntilNoneIsLeft() {
        begin();
        dialers.want(ChannelClass.THROUGHPUT, 2);
        assertThat(throughput()).containsExactly(2, 1);
        assertThat(dialers.leave(ChannelClass.THROUGHPUT)).isTrue();
        assertThat(throughput()).containsExactly(1, 1);
        assertThat(dialers.leave(ChannelClass.THROUGHPUT)).isTrue();
        assertThat(dialers.leave(ChannelClass.THROUGHPUT)).isTrue();
        assertThat(dialers.leave(ChannelClass.THROUGHPUT)).isFalse();
        assertThat(dialers.wanted(ChannelClass.THROUGHPUT)).isZero();
        assertThat(dialers.wanted(ChannelClass.CONTROL)).isOne();
    }

    @Test
    void whereNoChannelIsUpAnotherQueueLosesOne() {
        begin();
        dialers.want(ChannelClass.THROUGHPUT, 2);
        first.isUp = false;
        assertThat(dialers.leave(ChannelClass.THROUGHPUT)).isTrue();
        assertThat(throughput()).containsExactly(2, 0);
        assertThat(dialers.leave(ChannelClass.THROUGHPUT)).isFalse();
    }
}
