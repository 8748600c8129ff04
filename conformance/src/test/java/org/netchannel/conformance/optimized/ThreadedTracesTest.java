package org.netchannel.conformance.optimized;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.netchannel.optimized.NetStack;
import org.netchannel.optimized.VirtualServerSocket;
import org.netchannel.optimized.VirtualSocket;
import org.netchannel.traces.ChannelClass;
import org.netchannel.traces.Config;
import org.netchannel.traces.Config.Setting;

/**
 * What two stacks did with threads of their own, one for all channels or several: several connections of both classes,
 * a reader that stalls, channels that are cut and drained. The specification allows all of it.
 */
@Timeout(300)
class ThreadedTracesTest {
    private static final int BYTES = 600_000;
    private static final Config CONFIG = Config.DEFAULTS
            .with(Setting.SEND_BUFFER, 100_000).with(Setting.RECEIVE_BUFFER, 50_000)
            .with(Setting.CHANNEL_BUDGET, 40_000).with(Setting.QUEUE_THRESHOLD, 60_000)
            .with(Setting.MAX_PAYLOAD, 9_000);

    private final RecordedStacks stacks = new RecordedStacks(CONFIG);
    private final ExecutorService applications = Executors.newCachedThreadPool();
    private final List<Future<?>> running = new ArrayList<>();

    @ParameterizedTest
    @CsvSource({"false, 1", "false, 2", "false, 4", "true, 1", "true, 2", "true, 4"})
    void theSpecificationAcceptsWhatThreadsDid(boolean tcp, int channelThreads) throws Exception {
        try (NetStack a = stacks.open("A", channelThreads); NetStack b = stacks.open("B", channelThreads)) {
            RecordedStacks.connect(a, b, tcp, tcp && channelThreads == 1 ? 2 : 3);
            converse(a, b);
        } finally {
            applications.shutdownNow();
        }
        assertThat(stacks.accepted()).contains("NC-HOL-4", "NC-HOL-6", "NC-FAIL-1", "NC-CH-5");
    }

    private void converse(NetStack a, NetStack b) throws Exception {
        VirtualServerSocket server = b.listen(80, 10);
        CountDownLatch othersAreDone = new CountDownLatch(6);
        for (int i = 0; i < 4; i++) {
            VirtualSocket left = a.connect(80, i % 2 == 0 ? ChannelClass.LATENCY : ChannelClass.THROUGHPUT);
            VirtualSocket right = server.accept();
            boolean stalls = i == 3;
            start(() -> send(left, 0));
            start(() -> send(right, 1));
            start(() -> receive(left, 1, stalls ? null : othersAreDone));
            start(() -> {
                if (stalls) {
                    othersAreDone.await();
                }
                return receive(right, 0, stalls ? null : othersAreDone);
            });
        }
        disturb(a, b);
        for (Future<?> future : running) {
            future.get();
        }
    }

    private void start(Callable<?> task) {
        running.add(applications.submit(task));
    }

    /** One data channel of each host is lost on the way: one is cut off, one drains. */
    private static void disturb(NetStack a, NetStack b) {
        a.cut(last(a, ChannelClass.THROUGHPUT));
        b.drain(last(b, ChannelClass.LATENCY));
    }

    /** The last of at least two, so that the class is not without any. */
    private static int last(NetStack stack, ChannelClass trafficClass) {
        int[] active = stack.activeChannels(trafficClass);
        while (active.length < 2) {
            Thread.onSpinWait();
            active = stack.activeChannels(trafficClass);
        }
        return active[active.length - 1];
    }

    private static Void send(VirtualSocket socket, int direction) throws IOException {
        PatternStream.send(socket, direction, 0, BYTES);
        socket.shutdown();
        return null;
    }

    private static Void receive(VirtualSocket socket, int direction, CountDownLatch done) throws IOException {
        assertThat(PatternStream.receive(socket, direction)).isEqualTo(BYTES);
        if (done != null) {
            done.countDown();
        }
        return null;
    }
}
