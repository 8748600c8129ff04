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
import org.netchannel.optimized.NetStack;
import org.netchannel.optimized.VirtualServerSocket;
import org.netchannel.optimized.VirtualSocket;
import org.netchannel.traces.ChannelClass;
import org.netchannel.traces.Config;
import org.netchannel.traces.Config.Setting;

/**
 * What two stacks have to do in tests: four connections of both classes both ways at once, a thread for each half, a
 * reader that stalls until all others are done, a channel that is cut and one that is drained.
 */
final class Conversation implements AutoCloseable {
    /** Buffers so small that connections are stopped. */
    static final Config CONFIG = Config.DEFAULTS
            .with(Setting.SEND_BUFFER, 100_000).with(Setting.RECEIVE_BUFFER, 50_000)
            .with(Setting.CHANNEL_BUDGET, 40_000).with(Setting.QUEUE_THRESHOLD, 60_000)
            .with(Setting.MAX_PAYLOAD, 9_000);

    private static final int BYTES = 600_000;

    private final ExecutorService applications = Executors.newCachedThreadPool();
    private final List<Future<?>> running = new ArrayList<>();

    /** Returns when all bytes have arrived. */
    void run(NetStack a, NetStack b) throws Exception {
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

    @Override
    public void close() {
        applications.shutdownNow();
    }
}
