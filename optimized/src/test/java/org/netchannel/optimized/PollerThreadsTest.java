package org.netchannel.optimized;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.netchannel.traces.ChannelClass;
import org.netchannel.traces.Config;
import org.netchannel.traces.Config.Setting;

/** One thread serves many sockets while others, and the stacks' own, change them: no wake-up is lost. */
@Timeout(60)
class PollerThreadsTest {
    private static final int CONNECTIONS = 300;
    private static final int ROUNDS = 100;

    private final ExecutorService threads = Executors.newCachedThreadPool();
    private final PollKey[] ready = new PollKey[16];
    private NetStack left;
    private NetStack right;
    private Poller poller;

    @BeforeEach
    void connect() {
        Config config = Config.DEFAULTS.with(Setting.SEND_BUFFER, 1_000).with(Setting.RECEIVE_BUFFER, 1_000);
        left = new NetStack(config, NetStack.Mode.DEDICATED, SchedulingPolicies.ROUND_ROBIN, 64 << 20);
        right = new NetStack(config, NetStack.Mode.DEDICATED, SchedulingPolicies.ROUND_ROBIN, 64 << 20);
        MemoryLink.connect(left, right, 1, 1);
        poller = new Poller(right);
    }

    @AfterEach
    void close() throws InterruptedException {
        left.close();
        right.close();
        threads.shutdownNow();
        assertThat(threads.awaitTermination(30, TimeUnit.SECONDS)).isTrue();
    }

    /** A message of an application, or what is left of it: longer than the buffers, so that both directions fill up. */
    private static final class Echo {
        private final VirtualSocket socket;
        private final ByteBuffer buffer = ByteBuffer.allocate(3_000);
        private boolean isFilling = true;

        private Echo(VirtualSocket socket) {
            this.socket = socket;
        }

        /** Answers what to wait for, or -1 when all is done. */
        private int go() throws IOException {
            if (isFilling && socket.tryReceive(buffer) < 0) {
                socket.close();
                return -1;
            }
            if (!isFilling || !buffer.hasRemaining()) {
                if (isFilling) {
                    buffer.flip();
                }
                socket.trySend(buffer);
                isFilling = !buffer.hasRemaining();
                if (isFilling) {
                    buffer.clear();
                }
            }
            return isFilling ? PollKey.READABLE : PollKey.WRITABLE;
        }
    }

    private Void serve(VirtualServerSocket server) throws IOException {
        poller.register(server, PollKey.ACCEPTABLE, null);
        int open = CONNECTIONS;
        while (open > 0) {
            int count = poller.poll(ready, Long.MAX_VALUE);
            for (int i = 0; i < count; i++) {
                if (ready[i].ready() == PollKey.ACCEPTABLE) {
                    VirtualSocket child = server.tryAccept().orElseThrow();
                    poller.register(child, PollKey.READABLE, new Echo(child));
                } else {
                    int next = ((Echo) ready[i].attachment()).go();
                    if (next < 0) {
                        open--;
                    } else {
                        ready[i].interest(next);
                    }
                }
            }
        }
        return null;
    }

    @Test
    void manySocketsAreServedByOneThread() throws Exception {
        VirtualServerSocket server = right.listen(80, CONNECTIONS);
        Future<Void> serving = threads.submit(() -> serve(server));
        List<Future<?>> clients = new ArrayList<>();
        for (int i = 0; i < 4; i++) {
            clients.add(threads.submit(this::talk));
        }
        for (Future<?> client : clients) {
            client.get();
        }
        serving.get();
        assertThat(poller.size()).isEqualTo(1);
    }

    private Void talk() throws IOException {
        List<VirtualSocket> sockets = new ArrayList<>();
        for (int i = 0; i < CONNECTIONS / 4; i++) {
            sockets.add(left.connect(80, i % 2 == 0 ? ChannelClass.LATENCY : ChannelClass.THROUGHPUT));
        }
        ByteBuffer buffer = ByteBuffer.allocate(3_000);
        for (int round = 0; round < ROUNDS; round++) {
            VirtualSocket socket = sockets.get(round % sockets.size());
            for (int part = 0; part < 3; part++) {
                socket.send(buffer.clear().limit(1_000));
            }
            buffer.clear();
            while (buffer.hasRemaining()) {
                socket.receive(buffer);
            }
        }
        sockets.forEach(VirtualSocket::shutdown);
        return null;
    }

    /** A poll that waits is told by other threads: of a socket, of an interest, and that it is to end. */
    @Test
    void aPollThatWaitsIsWoken() throws Exception {
        VirtualServerSocket server = right.listen(80, 1);
        VirtualSocket asking = left.connect(80, ChannelClass.LATENCY);
        VirtualSocket child = server.accept();
        PollKey key = poller.register(child, 0, null);
        Future<Integer> waiting = waiting();
        key.interest(PollKey.READABLE);
        asking.send(ByteBuffer.allocate(1));
        assertThat(waiting.get()).isEqualTo(1);

        child.receive(ByteBuffer.allocate(1));
        waiting = waiting();
        poller.wakeup();
        assertThat(waiting.get()).isZero();

        waiting = waiting();
        poller.close();
        Future<Integer> failed = waiting;
        assertThatThrownBy(failed::get).rootCause().hasMessage("the poller was closed");
    }

    /** Nobody tells that there is memory again: the poll that waits looks now and then. */
    @Test
    void aPollThatWaitsFindsMemory() throws Exception {
        VirtualServerSocket server = right.listen(80, 1);
        left.connect(80, ChannelClass.LATENCY);
        VirtualSocket child = server.accept();
        SegmentPool pool = right.host().outgoingSegments;
        List<Segment> taken = new ArrayList<>();
        while (pool.hasLarge()) {
            taken.add(pool.claim(SegmentPool.LARGE));
        }
        poller.register(child, PollKey.WRITABLE, null);
        Future<Integer> waiting = waiting();
        taken.forEach(Segment::release);
        assertThat(waiting.get()).isEqualTo(1);
    }

    /** Another thread's poll, which waits. */
    private Future<Integer> waiting() throws InterruptedException {
        CountDownLatch running = new CountDownLatch(1);
        AtomicReference<Thread> thread = new AtomicReference<>();
        Future<Integer> poll = threads.submit(() -> {
            thread.set(Thread.currentThread());
            running.countDown();
            return poller.poll(ready, Long.MAX_VALUE);
        });
        running.await();
        // Waiting for the turn is WAITING, too, and the poll waits soon after that: both ways it has to be woken.
        while (thread.get().getState() == Thread.State.RUNNABLE) {
            Thread.onSpinWait();
        }
        return poll;
    }
}
