package org.netchannel.optimized;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.netchannel.optimized.counters.CountersFile;
import org.netchannel.optimized.counters.CountersSnapshot;
import org.netchannel.traces.ChannelClass;
import org.netchannel.traces.Config;
import org.netchannel.traces.Config.Setting;
import org.netchannel.traces.Endpoint;

/** What a stack counts stands in its file while it runs. */
@Timeout(60)
class CountersAgentTest {
    /** No STOP: what waits goes on waiting, however late this thread looks. */
    private static final Config CONFIG = Config.DEFAULTS
            .with(Setting.RECEIVE_BUFFER, 1_000).with(Setting.HOL_TIMER_NANOS, TimeUnit.HOURS.toNanos(1));

    @TempDir
    private Path folder;

    private NetStack left;
    private NetStack right;
    private Path counted;

    @BeforeEach
    void connect() throws IOException {
        left = new NetStack(CONFIG, NetStack.Mode.INVOKER, SchedulingPolicies.ROUND_ROBIN, 1 << 24);
        right = new NetStack(CONFIG, NetStack.Mode.INVOKER, SchedulingPolicies.ROUND_ROBIN, 1 << 24);
        counted = folder.resolve("right.counters");
        right.countInto(CountersFile.create(counted));
        MemoryLink.connect(left, right, 1, 0);
    }

    @AfterEach
    void close() {
        left.close();
        right.close();
    }

    private void until(BooleanSupplier reached) {
        while (!reached.getAsBoolean()) {
            left.doWork();
            right.doWork();
        }
    }

    private long counter(String label) {
        try {
            return CountersSnapshot.of(counted).counters().getOrDefault(label, -1L);
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    private VirtualSocket opened() throws IOException {
        VirtualServerSocket server = right.listen(80, 1);
        VirtualSocket sender = left.startConnecting(80, ChannelClass.LATENCY);
        // What is sent before the channel is ready waits, and goes in one packet.
        until(() -> sender.state() == Endpoint.State.ESTABLISHED
                && left.activeChannels(ChannelClass.LATENCY).length == 1);
        assertThat(server.tryAccept()).isPresent();
        return sender;
    }

    @Test
    void packetsBytesAndConnectionsAreCounted() throws IOException {
        VirtualSocket sender = opened();
        sender.trySend(ByteBuffer.allocate(700));
        until(() -> counter("payload bytes received") >= 700);
        assertThat(counter("packets received: DATA")).isEqualTo(1);
        assertThat(counter("packets received: NCSYN")).isEqualTo(1);
        assertThat(counter("packets sent: NCSYN_ACK")).isEqualTo(1);
        assertThat(counter("packets sent: NCREFUSE")).isZero();
        assertThat(counter("connections")).isEqualTo(1);
        // In memory the payload lies in segments of the sender.
        assertThat(counter("payload memory in use, bytes")).isZero();
        assertThat(counter("payload memory at most, bytes")).isEqualTo(1 << 24);
    }

    @Test
    void aChannelIsThereAsLongAsItLives() throws IOException {
        VirtualSocket sender = opened();
        int data = right.activeChannels(ChannelClass.LATENCY)[0];
        String waiting = "channel " + data + " LATENCY: bytes in response queues";
        // A little more than fits: nobody reads, and so the second packet waits.
        sender.trySend(ByteBuffer.allocate(1_000));
        sender.trySend(ByteBuffer.allocate(300));
        until(() -> counter(waiting) == 300);
        assertThat(counter("channels failed")).isZero();
        right.cut(data);
        until(() -> counter(waiting) == -1);
        assertThat(counter("channels failed")).isEqualTo(1);
    }

    @Test
    void theFileBeatsWhileTheStackRunsAndGoesWithIt() throws IOException {
        long before = CountersSnapshot.of(counted).beatMs();
        assertThat(CountersSnapshot.of(counted).process()).isEqualTo(ProcessHandle.current().pid());
        until(() -> beat() > before);
        assertThat(counter("duty cycles")).isPositive();
        right.close();
        assertThat(counted).doesNotExist();
    }

    private long beat() {
        try {
            return CountersSnapshot.of(counted).beatMs();
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    /** From both sides of the bound. */
    @Test
    void aDutyCycleThatComesLateIsCounted() {
        Statistics statistics = new Statistics();
        Cycles cycles = statistics.newCycles();
        cycles.begin(5);
        cycles.begin(5 + Cycles.STALL_NS);
        assertThat(statistics.stalls()).isZero();
        cycles.begin(6 + 2 * Cycles.STALL_NS);
        assertThat(statistics.stalls()).isEqualTo(1);
        assertThat(statistics.longestCycleNs()).isEqualTo(TimeUnit.MILLISECONDS.toNanos(10) + 1);
        assertThat(statistics.cycles()).isEqualTo(3);
    }

    @Test
    void dutyCyclesOfAllThreadsAreCountedTogether() {
        Statistics statistics = new Statistics();
        Cycles[] ofThreads = {statistics.newCycles(), statistics.newCycles()};
        ofThreads[0].begin(0);
        ofThreads[1].begin(0);
        ofThreads[0].begin(7);
        ofThreads[1].begin(8 + Cycles.STALL_NS);
        assertThat(statistics.cycles()).isEqualTo(4);
        assertThat(statistics.stalls()).isEqualTo(1);
        assertThat(statistics.longestCycleNs()).isEqualTo(8 + Cycles.STALL_NS);
    }
}
