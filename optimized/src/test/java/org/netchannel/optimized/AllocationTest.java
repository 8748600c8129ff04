package org.netchannel.optimized;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.management.ThreadMXBean;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.netchannel.optimized.counters.CountersFile;
import org.netchannel.traces.ChannelClass;
import org.netchannel.traces.Config;
import org.netchannel.traces.Config.Setting;

/**
 * Packets cost no allocation: neither sending nor receiving, neither in order nor over several channels, neither with
 * room nor through STOP and RESUME. One thread steps both stacks, so that every byte allocated is its own.
 */
class AllocationTest {
    private static final int WARM_UP = 20_000;
    private static final int PACKETS = 50_000;
    /** The measuring itself may allocate once; a single object a packet would be over a million. */
    private static final long ALLOWED_BYTES = 4_096;

    private final ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
    @TempDir
    private Path folder;

    private NetStack left;
    private NetStack right;
    private VirtualSocket sender;
    private VirtualSocket receiver;

    private void connect(Config config, int channels) throws IOException {
        Threading threading = Threading.of(NetStack.Mode.INVOKER).withChannelAgents(Math.min(channels, 2));
        left = new NetStack(config, threading, SchedulingPolicies.ROUND_ROBIN, 64 << 20);
        right = new NetStack(config, threading, SchedulingPolicies.ROUND_ROBIN, 64 << 20);
        left.countInto(CountersFile.create(folder.resolve("left")));
        right.countInto(CountersFile.create(folder.resolve("right")));
        MemoryLink.connect(left, right, channels, 0);
        VirtualServerSocket server = right.listen(80, 1);
        sender = left.startConnecting(80, ChannelClass.LATENCY);
        while (receiver == null) {
            step();
            receiver = server.tryAccept().orElse(null);
        }
        step();
    }

    private void step() {
        left.doWork();
        right.doWork();
    }

    @AfterEach
    void close() {
        left.close();
        right.close();
    }

    private interface Round {
        void run() throws IOException;
    }

    private void measure(Round round) throws IOException {
        for (int i = 0; i < WARM_UP; i++) {
            round.run();
        }
        // What happens once, such as the loading of a class when the first timer expires, is in one of them only.
        long least = Math.min(allocated(round), Math.min(allocated(round), allocated(round)));
        assertThat(least).as("bytes allocated in %d rounds", PACKETS).isLessThan(ALLOWED_BYTES);
    }

    private long allocated(Round round) throws IOException {
        long before = threads.getCurrentThreadAllocatedBytes();
        for (int i = 0; i < PACKETS; i++) {
            round.run();
        }
        return threads.getCurrentThreadAllocatedBytes() - before;
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 4_096, 65_496})
    void aPacketSentAndReceivedAllocatesNothing(int bytes) throws IOException {
        // A small buffer: pools have reached their size long before the warm-up is over, however time passes.
        connect(Config.DEFAULTS.with(Setting.SEND_BUFFER, 16L * bytes), 1);
        ByteBuffer out = ByteBuffer.allocateDirect(bytes);
        ByteBuffer in = ByteBuffer.allocateDirect(bytes);
        measure(() -> {
            sender.trySend(out.clear());
            step();
            receiver.tryReceive(in.clear());
        });
        assertThat(in.hasRemaining()).isFalse();
    }

    /** Large pieces are cut for a peer with a small payload, ride on four channels and arrive out of order. */
    @Test
    void piecesOverSeveralChannelsAllocateNothing() throws IOException {
        connect(Config.DEFAULTS.with(Setting.MAX_PAYLOAD, 1_000).with(Setting.SEND_BUFFER, 200_000), 4);
        ByteBuffer out = ByteBuffer.allocateDirect(50_000);
        ByteBuffer in = ByteBuffer.allocateDirect(50_000);
        measure(() -> {
            sender.trySend(out.clear());
            step();
            receiver.tryReceive(in.clear());
        });
        assertThat(in.position()).isPositive();
    }

    /** Written where it is sent from, and read where it was received; views of several packets at once. */
    @ParameterizedTest
    @ValueSource(ints = {1, 4_096, 65_496})
    void aPacketClaimedAndViewedAllocatesNothing(int bytes) throws IOException {
        connect(Config.DEFAULTS.with(Setting.SEND_BUFFER, 16L * bytes).with(Setting.MAX_PAYLOAD, 1 + bytes / 3), 1);
        SegmentClaim claim = new SegmentClaim();
        SegmentView[] views = {new SegmentView(), new SegmentView(), new SegmentView(), new SegmentView()};
        long[] shown = new long[1];
        measure(() -> {
            if (sender.tryClaim(claim, bytes) > 0) {
                claim.bytes().put(0, (byte) 1);
                claim.commit(bytes);
            }
            step();
            shown[0] += receiver.tryReceive(views, 0, views.length);
            for (int i = views.length - 1; i >= 0; i--) {
                if (views[i].isHeld()) {
                    views[i].release();
                }
            }
        });
        assertThat(shown[0]).isGreaterThan(PACKETS);
    }

    /** Two thousand sockets are registered, and two of them are ready now and then. */
    @Test
    void aPollAllocatesNothing() throws IOException {
        connect(Config.DEFAULTS.with(Setting.SEND_BUFFER, 1_000), 1);
        Poller poller = new Poller(right);
        VirtualServerSocket server = right.listen(81, 1);
        for (int i = 0; i < 2_000; i++) {
            left.startConnecting(81, ChannelClass.LATENCY);
            step();
            poller.register(server.tryAccept().orElseThrow(), PollKey.READABLE, null);
        }
        PollKey key = poller.register(receiver, PollKey.READABLE, null);
        PollKey[] ready = new PollKey[4];
        ByteBuffer out = ByteBuffer.allocateDirect(100);
        ByteBuffer in = ByteBuffer.allocateDirect(100);
        int[] reported = new int[1];
        measure(() -> {
            sender.trySend(out.clear());
            left.doWork();
            reported[0] += poller.poll(ready, 1_000_000);
            receiver.tryReceive(in.clear());
            key.interest(PollKey.READABLE);
            poller.poll(ready, 0);
        });
        assertThat(reported[0]).isGreaterThan(PACKETS);
    }

    @Test
    void severalBuffersAtOnceAllocateNothing() throws IOException {
        connect(Config.DEFAULTS.with(Setting.SEND_BUFFER, 100_000), 1);
        ByteBuffer[] out = {ByteBuffer.allocateDirect(100), ByteBuffer.allocateDirect(5_000)};
        ByteBuffer[] in = {ByteBuffer.allocateDirect(3_000), ByteBuffer.allocateDirect(3_000)};
        measure(() -> {
            out[0].clear();
            out[1].clear();
            sender.trySend(out, 0, 2);
            step();
            in[0].clear();
            in[1].clear();
            receiver.tryReceive(in, 0, 2);
        });
        assertThat(in[1].position()).isPositive();
    }

    @Test
    void shortWritesThatWaitTogetherAllocateNothing() throws IOException {
        connect(Config.DEFAULTS.with(Setting.SEND_BUFFER, 100_000).with(Setting.QUEUE_THRESHOLD, 1), 1);
        ByteBuffer out = ByteBuffer.allocateDirect(100);
        ByteBuffer in = ByteBuffer.allocateDirect(1_000);
        measure(() -> {
            for (int i = 0; i < 10; i++) {
                sender.trySend(out.clear());
            }
            step();
            receiver.tryReceive(in.clear());
        });
        assertThat(in.position()).isPositive();
    }

    /** NC-HOL-3 to NC-HOL-8: the reader is slower than the sender, so that packets wait and STOP goes back. */
    @Test
    void stopAndResumeAllocateNothing() throws IOException {
        connect(Config.DEFAULTS.with(Setting.RECEIVE_BUFFER, 20_000).with(Setting.SEND_BUFFER, 100_000)
                .with(Setting.HOL_TIMER_NANOS, 1_000), 2);
        ByteBuffer out = ByteBuffer.allocateDirect(5_000);
        ByteBuffer in = ByteBuffer.allocateDirect(4_000);
        measure(() -> {
            sender.trySend(out.clear());
            step();
            receiver.tryReceive(in.clear());
        });
        assertThat(right.host().connection(receiver.connection()).responses.epoch).isGreaterThan(100);
    }
}
