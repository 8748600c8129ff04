package org.netchannel.optimized;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.agrona.concurrent.Agent;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.netchannel.optimized.NetStack.Mode;
import org.netchannel.traces.ChannelClass;
import org.netchannel.traces.Config;
import org.netchannel.traces.Config.Setting;

/** The same agents, on one thread or several, in whatever mode: every byte arrives, and timers expire. */
@Timeout(120)
class ThreadingTest {
    private static final Config CONFIG = Config.DEFAULTS
            .with(Setting.SEND_BUFFER, 300_000).with(Setting.RECEIVE_BUFFER, 200_000)
            .with(Setting.CHANNEL_BUDGET, 150_000).with(Setting.QUEUE_THRESHOLD, 100_000);

    private final ExecutorService applications = Executors.newCachedThreadPool();
    private final List<Future<?>> running = new ArrayList<>();
    private NetStack left;
    private NetStack right;

    private void open(Threading threading) {
        left = open(threading, CONFIG);
        right = open(threading, CONFIG);
    }

    private static NetStack open(Threading threading, Config config) {
        return new NetStack(config, threading, SchedulingPolicies.ROUND_ROBIN, 64 << 20);
    }

    private void connect(boolean tcp, int channels) throws IOException {
        if (tcp) {
            InetSocketAddress any = new InetSocketAddress(InetAddress.getLoopbackAddress(), 0);
            TcpLink.dial(left, TcpLink.listen(right, any), 1, channels);
        } else {
            MemoryLink.connect(left, right, 1, channels);
        }
    }

    @AfterEach
    void close() throws InterruptedException {
        if (left != null) {
            left.close();
            right.close();
        }
        applications.shutdownNow();
        assertThat(applications.awaitTermination(30, TimeUnit.SECONDS)).isTrue();
    }

    private void start(Callable<?> task) {
        running.add(applications.submit(task));
    }

    @ParameterizedTest
    @CsvSource({
        "SHARED, 1, BACKOFF, false", "SHARED, 3, YIELD, true",
        "DEDICATED, 2, BACKOFF, true", "DEDICATED, 2, PARK, false",
        "DEDICATED, 4, BACKOFF, false", "DEDICATED, 4, PARK, true", "DEDICATED, 3, YIELD, false"})
    void bytesArriveInOrder(Mode mode, int agents, Idling idling, boolean tcp) throws Exception {
        open(Threading.of(mode).withChannelAgents(agents).withIdling(idling));
        connect(tcp, 4);
        VirtualServerSocket server = right.listen(80, 10);
        int[] sizes = {700, 70_000, 500_000};
        for (int i = 0; i < sizes.length; i++) {
            int salt = i;
            VirtualSocket a = left.connect(80, i == 0 ? ChannelClass.LATENCY : ChannelClass.THROUGHPUT);
            VirtualSocket b = server.accept();
            start(() -> Streams.sendAll(a, salt, sizes[salt]));
            start(() -> Streams.receiveAll(b, salt, sizes[2 - salt]));
            start(() -> Streams.sendAll(b, ~salt, sizes[2 - salt]));
            start(() -> Streams.receiveAll(a, ~salt, sizes[salt]));
        }
        for (Future<?> future : running) {
            future.get();
        }
    }

    /** Spinning threads, one after the other so that few cores are enough: a message there and back. */
    @Test
    void spinningThreadsCarryMessages() throws Exception {
        left = open(Threading.of(Mode.DEDICATED).withChannelAgents(2).withIdling(Idling.BUSY_SPIN), CONFIG);
        right = open(Threading.of(Mode.SHARED).withChannelAgents(2).withIdling(Idling.PARK), CONFIG);
        connect(false, 1);
        VirtualServerSocket server = right.listen(80, 1);
        VirtualSocket a = left.connect(80, ChannelClass.THROUGHPUT);
        VirtualSocket b = server.accept();
        ByteBuffer one = ByteBuffer.allocate(1);
        for (int i = 0; i < 100; i++) {
            a.send(one.clear());
            b.receive(one.clear());
            b.send(one.clear());
            a.receive(one.clear());
        }
    }

    @Test
    void severalAgentsInTheCallersThreadMoveAllChannels() throws Exception {
        open(Threading.of(Mode.INVOKER).withChannelAgents(3));
        connect(false, 2);
        VirtualServerSocket server = right.listen(80, 1);
        VirtualSocket a = left.startConnecting(80, ChannelClass.THROUGHPUT);
        VirtualSocket b = null;
        while (b == null) {
            left.doWork();
            right.doWork();
            b = server.tryAccept().orElse(null);
        }
        a.finishConnecting();
        a.send(ByteBuffer.allocate(200_000));
        ByteBuffer target = ByteBuffer.allocate(200_000);
        while (target.hasRemaining()) {
            left.doWork();
            assertThat(b.receive(target)).isPositive();
        }
    }

    /** NC-HS-6: the first thread expires timers, whether it has a channel or not. */
    @Test
    void timersExpireWithoutAnyChannel() throws IOException {
        Config impatient = Config.DEFAULTS.with(Setting.CONNECT_TIMEOUT_NANOS, 300_000_000);
        left = open(Threading.of(Mode.DEDICATED).withChannelAgents(2), impatient);
        right = open(Threading.of(Mode.SHARED), impatient);
        VirtualSocket socket = left.startConnecting(80, ChannelClass.LATENCY);
        assertThatThrownBy(socket::finishConnecting).hasMessageContaining("TIMEOUT");
    }

    /** What works beside a channel agent shares its thread with it, also where there are threads for copies. */
    @ParameterizedTest
    @CsvSource({"DEDICATED, 4", "SHARED, 1"})
    void whatIsAddedToAnAgentRunsInItsThread(Mode mode, int threads) throws Exception {
        open(Threading.of(mode).withChannelAgents(4).withCopyWorkers(2));
        Set<String> names = ConcurrentHashMap.newKeySet();
        CountDownLatch all = new CountDownLatch(4);
        for (int i = 0; i < 4; i++) {
            left.add(i, new Agent() {
                private boolean counted;

                @Override
                public int doWork() {
                    names.add(Thread.currentThread().getName());
                    if (!counted) {
                        counted = true;
                        all.countDown();
                    }
                    return 0;
                }

                @Override
                public String roleName() {
                    return "beside an agent";
                }
            });
        }
        all.await();
        assertThat(names).hasSize(threads).allMatch(name -> name.matches("netchannel(-[234])?"));
    }

    /** A dedicated thread for each agent, one shared thread for all, and none: told by which threads read. */
    @ParameterizedTest
    @CsvSource({"DEDICATED, 1, 1", "DEDICATED, 3, 3", "SHARED, 3, 1", "INVOKER, 3, 0"})
    void threadsAreAsManyAsAskedFor(Mode mode, int agents, int threads) {
        open(Threading.of(mode).withChannelAgents(agents));
        Set<Thread> readers = ConcurrentHashMap.newKeySet();
        for (int i = 0; i < agents; i++) {
            MemoryDriver[] ends = MemoryDriver.pair();
            left.attach(2 * i + 1, ChannelClass.THROUGHPUT, true, new Watched(ends[0], readers));
            right.attach(2 * i + 1, ChannelClass.THROUGHPUT, false, ends[1]);
        }
        while (left.activeChannels(ChannelClass.THROUGHPUT).length < agents) {
            if (mode == Mode.INVOKER) {
                left.doWork();
                right.doWork();
            }
            Thread.onSpinWait();
        }
        assertThat(readers.remove(Thread.currentThread())).isEqualTo(mode == Mode.INVOKER);
        assertThat(readers).hasSize(threads);
        left.close();
        assertThat(readers).noneMatch(Thread::isAlive);
    }

    /** Notes which threads fetch. */
    private record Watched(ChannelDriver driver, Set<Thread> readers) implements ChannelDriver {
        @Override
        public int fetch() {
            readers.add(Thread.currentThread());
            return driver.fetch();
        }

        @Override
        public boolean hasNews() {
            return driver.hasNews();
        }

        @Override
        public Dequeued next(IncomingPacket packet) {
            return driver.next(packet);
        }

        @Override
        public void release(IncomingPacket packet) {
            driver.release(packet);
        }

        @Override
        public boolean hasRoom() {
            return driver.hasRoom();
        }

        @Override
        public void enqueue(OutgoingPacket packet) {
            driver.enqueue(packet);
        }

        @Override
        public int flush() {
            return driver.flush();
        }

        @Override
        public boolean isFlushed() {
            return driver.isFlushed();
        }

        @Override
        public boolean hasFailed() {
            return driver.hasFailed();
        }

        @Override
        public IOException failure() {
            return driver.failure();
        }

        @Override
        public void close() {
            driver.close();
        }
    }

    @Test
    void aPlacementOutOfBoundsIsNamed() {
        Threading wrong = Threading.of(Mode.INVOKER).withPlacement((agents, channelClass) -> agents.size());
        left = open(wrong, CONFIG);
        right = open(Threading.of(Mode.INVOKER), CONFIG);
        assertThatThrownBy(() -> connect(false, 1)).hasMessage("the placement chose agent 1, legal is 0 to 0");
    }

    @Test
    void numbersOfAgentsAreHeldFromBothSides() {
        Threading one = Threading.of(Mode.SHARED);
        assertThat(one.channelAgents()).isEqualTo(1);
        assertThat(one.withChannelAgents(64).channelAgents()).isEqualTo(64);
        assertThatThrownBy(() -> one.withChannelAgents(0)).hasMessage("channelAgents is 0, legal is 1 to 64");
        assertThatThrownBy(() -> one.withChannelAgents(65)).hasMessage("channelAgents is 65, legal is 1 to 64");
    }

    @Test
    void aStackWithThreadsDoesItsWorkItself() {
        open(Threading.of(Mode.SHARED));
        assertThatThrownBy(left::doWork).hasMessageContaining("the stack has threads of its own");
    }
}
