package org.netchannel.optimized;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.netchannel.traces.ChannelClass;
import org.netchannel.traces.Config;
import org.netchannel.traces.Config.Setting;
import org.netchannel.traces.ErrorCode;
import org.netchannel.traces.Reason;

/** Two stacks with threads of their own, and applications with theirs. Nothing here waits for time to pass. */
@Timeout(60)
class NetStackTest {
    private final ExecutorService applications = Executors.newCachedThreadPool();
    private NetStack left;
    private NetStack right;

    @BeforeEach
    void connect() {
        Config config = Config.DEFAULTS
                .with(Setting.SEND_BUFFER, 300_000).with(Setting.RECEIVE_BUFFER, 200_000)
                .with(Setting.CHANNEL_BUDGET, 150_000).with(Setting.QUEUE_THRESHOLD, 100_000);
        left = new NetStack(config, NetStack.Mode.DEDICATED, SchedulingPolicies.ROUND_ROBIN, 64 << 20);
        right = new NetStack(config, NetStack.Mode.DEDICATED, SchedulingPolicies.SHORTEST_QUEUE, 64 << 20);
        MemoryLink.connect(left, right, 2, 3);
    }

    @AfterEach
    void close() throws InterruptedException {
        left.close();
        right.close();
        applications.shutdownNow();
        assertThat(applications.awaitTermination(30, TimeUnit.SECONDS)).isTrue();
    }

    private final List<Future<?>> running = new ArrayList<>();

    private void start(Callable<?> task) {
        running.add(applications.submit(task));
    }

    private void finish() throws Exception {
        for (Future<?> future : running) {
            future.get();
        }
    }

    /** NC-DATA-1, NC-FIN-2: both ways at once, with pieces from a few bytes to more than a payload. */
    @Test
    void bytesArriveInOrderOnSeveralConnectionsOfBothClasses() throws Exception {
        VirtualServerSocket server = right.listen(80, 10);
        int[] sizes = {700, 8_192, 70_000, 500_000};
        for (int i = 0; i < sizes.length; i++) {
            int salt = i;
            VirtualSocket a = left.connect(80, i % 2 == 0 ? ChannelClass.LATENCY : ChannelClass.THROUGHPUT);
            VirtualSocket b = server.accept();
            assertThat(b.connection()).isEqualTo(a.connection());
            start(() -> Streams.sendAll(a, salt, sizes[salt]));
            start(() -> Streams.receiveAll(b, salt, sizes[3 - salt]));
            start(() -> Streams.sendAll(b, ~salt, sizes[3 - salt]));
            start(() -> Streams.receiveAll(a, ~salt, sizes[salt]));
        }
        finish();
    }

    /** NC-HOL-10: a reader that never reads delays nobody for long; STOP and RESUME pass while threads run. */
    @Test
    void aReaderThatDoesNotReadHoldsUpNobodyElse() throws Exception {
        VirtualServerSocket server = right.listen(80, 10);
        VirtualSocket stalled = left.connect(80, ChannelClass.THROUGHPUT);
        VirtualSocket late = server.accept();
        start(() -> Streams.sendAll(stalled, 7, 60_000));
        VirtualSocket a = left.connect(80, ChannelClass.THROUGHPUT);
        VirtualSocket b = server.accept();
        start(() -> Streams.sendAll(a, 1, 60_000));
        Streams.receiveAll(b, 1, 60_000);
        Streams.receiveAll(late, 7, 60_000);
        finish();
    }

    /** NC-HS-4. */
    @Test
    void connectIsRefusedWhereNobodyListens() {
        assertThatThrownBy(() -> left.connect(81, ChannelClass.LATENCY))
                .isInstanceOfSatisfying(VirtualSocketException.class, refused -> {
                    assertThat(refused.error()).isEqualTo(ErrorCode.REFUSED);
                    assertThat(refused.reason()).contains(Reason.NO_LISTENER);
                });
    }

    /** NC-RST-1: who waits for bytes hears of a reset. */
    @Test
    void aReaderThatWaitsHearsOfAReset() throws Exception {
        VirtualServerSocket server = right.listen(80, 10);
        VirtualSocket a = left.connect(80, ChannelClass.LATENCY);
        VirtualSocket b = server.accept();
        Future<Integer> reading = applications.submit(() -> b.receive(ByteBuffer.allocate(1)));
        a.abort();
        assertThatThrownBy(reading::get).cause().isInstanceOfSatisfying(VirtualSocketException.class, reset -> {
            assertThat(reset.error()).isEqualTo(ErrorCode.RESET);
            assertThat(reset.reason()).contains(Reason.ABORTED);
        });
    }

    /** A sender that waits for room hears when its own side closes. */
    @Test
    void aSenderThatWaitsHearsThatItsSocketWasClosed() throws Exception {
        VirtualServerSocket server = right.listen(80, 10);
        VirtualSocket a = left.connect(80, ChannelClass.LATENCY);
        server.accept();
        Future<Void> sending = applications.submit(() -> Streams.sendAll(a, 1, 100_000));
        a.abort();
        assertThatThrownBy(sending::get).cause().isInstanceOf(VirtualSocketException.class);
    }

    @Test
    void whoWaitsForAConnectionHearsThatTheListenerWasClosed() throws Exception {
        VirtualServerSocket server = right.listen(80, 10);
        Future<VirtualSocket> accepting = applications.submit(server::accept);
        server.close();
        assertThatThrownBy(accepting::get).hasMessageContaining("the listener on port 80 was closed");
        right.listen(80, 1).close();
    }

    @Test
    void whoeverWaitsHearsThatTheStackWasClosed() throws Exception {
        VirtualServerSocket server = right.listen(80, 10);
        VirtualSocket reading = left.connect(80, ChannelClass.LATENCY);
        VirtualSocket sending = left.connect(80, ChannelClass.LATENCY);
        VirtualServerSocket idle = left.listen(81, 1);
        List<Future<?>> waiting = List.of(
                applications.submit(() -> reading.receive(ByteBuffer.allocate(1))),
                applications.submit(() -> Streams.sendAll(sending, 1, 10_000_000)),
                applications.submit(idle::accept));
        VirtualSocket reader = server.accept();
        VirtualSocket neverRead = server.accept();
        assertThat(reader.connection()).isEqualTo(reading.connection());
        assertThat(neverRead.receive(ByteBuffer.allocate(1))).isEqualTo(1);
        left.close();
        for (Future<?> one : waiting) {
            assertThatThrownBy(one::get).rootCause().hasMessage("the stack was closed");
        }
    }

    @Test
    void aPortCanBeListenedOnOnce() throws Exception {
        right.listen(80, 1);
        assertThatThrownBy(() -> right.listen(80, 1)).hasMessage("PORT_IN_USE");
    }
}
