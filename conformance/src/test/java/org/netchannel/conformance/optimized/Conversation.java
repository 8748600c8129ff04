package org.netchannel.conformance.optimized;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CopyOnWriteArrayList;
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
 * reader that stalls until the others of its side are done, a channel that is cut and one that is drained.
 */
final class Conversation implements AutoCloseable {
    /** Buffers so small that connections are stopped. */
    static final Config CONFIG = Config.DEFAULTS
            .with(Setting.SEND_BUFFER, 100_000).with(Setting.RECEIVE_BUFFER, 50_000)
            .with(Setting.CHANNEL_BUDGET, 40_000).with(Setting.QUEUE_THRESHOLD, 60_000)
            .with(Setting.MAX_PAYLOAD, 9_000);

    static final int PORT = 80;
    static final int CONNECTIONS = 4;
    private static final int BYTES = 600_000;

    private final ExecutorService applications = Executors.newCachedThreadPool();
    private final List<Future<?>> running = new CopyOnWriteArrayList<>();

    /** Both sides in one process; returns when all bytes have arrived. */
    void run(NetStack a, NetStack b) throws Exception {
        VirtualServerSocket server = b.listen(PORT, CONNECTIONS);
        start(() -> {
            answer(b, server);
            return null;
        });
        ask(a);
        finish(running);
    }

    /** The side that connects, and cuts a channel off. */
    void ask(NetStack stack) throws Exception {
        List<Future<?>> halves = new ArrayList<>();
        for (int i = 0; i < CONNECTIONS; i++) {
            VirtualSocket socket = stack.connect(PORT, i % 2 == 0 ? ChannelClass.LATENCY : ChannelClass.THROUGHPUT);
            halves.add(start(() -> send(socket, 0)));
            halves.add(start(() -> receive(socket, 1)));
        }
        stack.cut(last(stack, ChannelClass.THROUGHPUT));
        finish(halves);
    }

    /** The side that accepts, and drains a channel; its last connection is not read until the others are over. */
    void answer(NetStack stack, VirtualServerSocket server) throws Exception {
        List<Future<?>> halves = new ArrayList<>();
        CountDownLatch othersAreDone = new CountDownLatch(CONNECTIONS - 1);
        for (int i = 0; i < CONNECTIONS; i++) {
            VirtualSocket socket = server.accept();
            boolean stalls = i == CONNECTIONS - 1;
            halves.add(start(() -> send(socket, 1)));
            halves.add(start(() -> {
                if (stalls) {
                    othersAreDone.await();
                }
                receive(socket, 0);
                othersAreDone.countDown();
                return null;
            }));
        }
        stack.drain(last(stack, ChannelClass.LATENCY));
        finish(halves);
    }

    private Future<?> start(Callable<?> task) {
        Future<?> future = applications.submit(task);
        running.add(future);
        return future;
    }

    private static void finish(List<Future<?>> futures) throws Exception {
        for (Future<?> future : futures) {
            future.get();
        }
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

    private static Void receive(VirtualSocket socket, int direction) throws IOException {
        assertThat(PatternStream.receive(socket, direction)).isEqualTo(BYTES);
        return null;
    }

    @Override
    public void close() {
        applications.shutdownNow();
    }
}
