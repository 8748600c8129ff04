package org.netchannel.optimized;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.lang.foreign.Arena;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.netchannel.traces.ChannelClass;
import org.netchannel.traces.Config;
import org.netchannel.traces.Config.Setting;

/** Bytes that no channel was given yet: what comes after them shares their packets (NC-DATA-2). */
@Timeout(60)
class WaitingBytesTest {
    private static final int SENT = 200_000;

    private VirtualSocket sender;
    private VirtualSocket receiver;

    private Stepped connect(Config config) throws IOException {
        return connect(config, 1);
    }

    private Stepped connect(Config config, int channels) throws IOException {
        Stepped stacks = new Stepped(config, channels);
        VirtualSocket[] ends = stacks.connect(stacks.right.listen(80, 1));
        sender = ends[0];
        receiver = ends[1];
        stacks.until(() -> stacks.left.activeChannels(ChannelClass.LATENCY).length == channels);
        return stacks;
    }

    private static byte at(int offset) {
        return (byte) (offset * 31 + (offset >>> 8));
    }

    private static ByteBuffer bytes(int from, int count) {
        ByteBuffer bytes = ByteBuffer.allocateDirect(count);
        for (int i = 0; i < count; i++) {
            bytes.put(i, at(from + i));
        }
        return bytes;
    }

    private void receive(Stepped stacks, int count) throws IOException {
        ByteBuffer target = ByteBuffer.allocate(count);
        while (target.hasRemaining()) {
            stacks.step();
            receiver.tryReceive(target);
        }
        assertThat(target.flip()).isEqualTo(bytes(0, count));
    }

    /** The first goes at once; and then a new segment has room for up to four times as many bytes as wait. */
    @ParameterizedTest
    @CsvSource({"1, 100, 8", "100, 100, 8", "101, 100, 9", "9901, 100, 100", "1, 4096, 6"})
    void shortWritesThatHaveToWaitShareAPacket(long threshold, int size, int packets) throws IOException {
        try (Stepped stacks = connect(Config.DEFAULTS.with(Setting.QUEUE_THRESHOLD, threshold))) {
            int count = size == 100 ? 100 : 20;
            long before = stacks.left.host().statistics.sent(Wire.DATA);
            for (int i = 0; i < count; i++) {
                assertThat(sender.trySend(bytes(i * size, size))).isEqualTo(size);
            }
            receive(stacks, count * size);
            assertThat(stacks.left.host().statistics.sent(Wire.DATA) - before).isEqualTo(packets);
        }
    }

    /** The reader is slow, so that STOP holds bytes back, and channels fail. */
    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12})
    void everyByteArrivesWhateverIsWrittenWhenAndWhicheverChannelFails(long seed) throws IOException {
        Random random = new Random(seed);
        Config config = Config.DEFAULTS.with(Setting.QUEUE_THRESHOLD, 1 + random.nextInt(20_000))
                .with(Setting.MAX_PAYLOAD, 1_000 + random.nextInt(60_000))
                .with(Setting.SEND_BUFFER, 30_000 + random.nextInt(100_000))
                .with(Setting.RECEIVE_BUFFER, 2_000 + random.nextInt(20_000))
                .with(Setting.HOL_TIMER_NANOS, 1_000);
        try (Stepped stacks = connect(config, 4)) {
            ByteBuffer target = ByteBuffer.allocate(SENT);
            for (int offset = 0; target.hasRemaining(); ) {
                int size = Math.min(SENT - offset, random.nextInt(random.nextBoolean() ? 300 : 12_000));
                int half = size / 2;
                ByteBuffer[] both = {bytes(offset, half), bytes(offset + half, size - half)};
                offset += sender.trySend(both, 0, 2);
                if (random.nextInt(3) == 0) {
                    stacks.step();
                    receiver.tryReceive(target.limit(Math.min(SENT, target.position() + random.nextInt(3_000))));
                    target.limit(SENT);
                }
                int[] channels = stacks.left.activeChannels(ChannelClass.LATENCY);
                if (channels.length > 1 && random.nextInt(60) == 0) {
                    stacks.left.cut(channels[random.nextInt(channels.length)]);
                }
            }
            assertThat(target.flip()).as("seed %d", seed).isEqualTo(bytes(0, SENT));
            assertThat(stacks.left.activeChannels(ChannelClass.LATENCY)).as("seed %d", seed).hasSizeLessThan(4);
        }
    }

    @Test
    void whatIsClaimedGoesOnBehindItInTheOrderInWhichItWasCommitted() throws IOException {
        try (Stepped stacks = connect(Config.DEFAULTS.with(Setting.QUEUE_THRESHOLD, 1))) {
            sender.trySend(bytes(0, 10));
            SegmentClaim claim = new SegmentClaim();
            assertThat(sender.tryClaim(claim, 200)).isEqualTo(200);
            sender.trySend(bytes(10, 10));
            claim.bytes().put(bytes(20, 10));
            claim.commit(10);
            sender.trySend(bytes(30, 10));
            receive(stacks, 40);
        }
    }

    @Test
    void whenABufferCannotBeReadNothingOfTheCallIsPutBehindWhatWaits() throws IOException {
        try (Stepped stacks = connect(Config.DEFAULTS.with(Setting.QUEUE_THRESHOLD, 1))) {
            sender.trySend(bytes(0, 10));
            sender.trySend(bytes(10, 10));
            Arena arena = Arena.ofConfined();
            ByteBuffer gone = arena.allocate(3).asByteBuffer();
            arena.close();
            ByteBuffer[] sources = {bytes(77, 10), gone};
            assertThatThrownBy(() -> sender.trySend(sources, 0, 2)).isInstanceOf(IllegalStateException.class);
            assertThat(sources[0].remaining()).isEqualTo(10);
            sender.trySend(bytes(20, 10));
            receive(stacks, 30);
        }
    }

    /** Of each segment at most three parts in four are empty: many connections may have a little that waits. */
    @Test
    void aConnectionWithLittleThatWaitsHasLittleMemory() throws IOException {
        try (Stepped stacks = connect(Config.DEFAULTS.with(Setting.QUEUE_THRESHOLD, 1))) {
            SegmentPool memory = stacks.left.host().outgoingSegments;
            sender.trySend(bytes(0, 200));
            int waiting = 0;
            while (memory.bytesInUse() < SegmentPool.LARGE) {
                sender.trySend(bytes(200 + waiting, 200));
                waiting += 200;
                assertThat(memory.bytesInUse()).as("with %d bytes that wait", waiting).isLessThan(512 + 5L * waiting);
            }
            assertThat(waiting).isBetween(SegmentPool.LARGE / 4, SegmentPool.LARGE / 3);
            receive(stacks, 200 + waiting);
        }
    }

    /** Whoever gets less than would be good has not gone without: nobody's memory is reclaimed for that. */
    @Test
    void aWishThatIsNotMetIsNoRefusal() throws IOException {
        try (Stepped stacks = connect(Config.DEFAULTS.with(Setting.QUEUE_THRESHOLD, 1))) {
            SegmentPool memory = stacks.left.host().outgoingSegments;
            sender.trySend(bytes(0, 1));
            sender.trySend(bytes(1, 4_096));
            sender.trySend(bytes(4_097, 4_096));
            List<Segment> large = new ArrayList<>();
            for (Segment segment = memory.claim(SegmentPool.LARGE); segment != null;
                    segment = memory.claim(SegmentPool.LARGE)) {
                large.add(segment);
            }
            long refused = memory.refused();
            for (int i = 0; i < 20; i++) {
                assertThat(sender.trySend(bytes(8_193 + i * 1_000, 1_000))).isEqualTo(1_000);
            }
            assertThat(memory.refused()).isEqualTo(refused);
            large.forEach(Segment::release);
            receive(stacks, 28_193);
        }
    }
}
