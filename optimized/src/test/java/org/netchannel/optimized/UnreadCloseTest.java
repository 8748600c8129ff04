package org.netchannel.optimized;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.netchannel.optimized.driver.ForwardingDriver;
import org.netchannel.traces.ChannelClass;
import org.netchannel.traces.Config;
import org.netchannel.traces.Config.Setting;

/** A channel is closed, and the peer does not read the last packets of its transport. */
@Timeout(60)
class UnreadCloseTest {
    private static final Config CONFIG = Config.DEFAULTS
            .with(Setting.CONNECT_TIMEOUT_NANOS, TimeUnit.SECONDS.toNanos(2));

    /** A transport that carries everything, and says that something still stands in it. */
    private static final class NeverFlushed extends ForwardingDriver {
        private boolean isClosed;

        NeverFlushed(ChannelDriver inner) {
            super(inner);
        }

        @Override
        public boolean isFlushed() {
            return false;
        }

        @Override
        public void close() {
            isClosed = true;
            super.close();
        }
    }

    @Test
    void theTransportIsGivenUpAfterTheConnectTimeoutAndNotBefore() {
        try (NetStack left = stack(); NetStack right = stack()) {
            attach(left, right, 1, ChannelClass.CONTROL);
            NeverFlushed unread = attach(left, right, 3, ChannelClass.THROUGHPUT);
            while (left.activeChannels(ChannelClass.THROUGHPUT).length == 0) {
                step(left, right);
            }
            left.drain(3);
            while (left.host().link.channel(3) != null) {
                step(left, right);
            }
            long gone = System.nanoTime();
            while (!unread.isClosed) {
                step(left, right);
            }
            assertThat(System.nanoTime() - gone).isGreaterThan(TimeUnit.SECONDS.toNanos(1));
        }
    }

    private static NetStack stack() {
        return new NetStack(CONFIG, NetStack.Mode.INVOKER, SchedulingPolicies.ROUND_ROBIN, 8 << 20);
    }

    private static void step(NetStack left, NetStack right) {
        left.doWork();
        right.doWork();
        if (Thread.interrupted()) {
            throw new AssertionError("what the test waits for does not happen");
        }
    }

    private static NeverFlushed attach(NetStack left, NetStack right, int number, ChannelClass channelClass) {
        MemoryDriver[] ends = MemoryDriver.pair();
        NeverFlushed driver = new NeverFlushed(ends[0]);
        assertThat(left.addChannel(number, channelClass, true, driver)).isTrue();
        assertThat(right.addChannel(number, channelClass, false, ends[1])).isTrue();
        return driver;
    }
}
