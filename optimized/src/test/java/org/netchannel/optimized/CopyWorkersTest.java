package org.netchannel.optimized;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.lang.foreign.Arena;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.ReadOnlyBufferException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.netchannel.optimized.NetStack.Mode;
import org.netchannel.traces.ChannelClass;
import org.netchannel.traces.Config;
import org.netchannel.traces.ErrorCode;

/** Large copies that several threads share: what has to hold is in specs/tla/CopyWorkers.tla. */
@Timeout(120)
class CopyWorkersTest {
    private static final int BYTES = 512 << 10;

    private final ExecutorService applications = Executors.newCachedThreadPool();
    private final Arena arena = Arena.ofConfined();
    private NetStack left;
    private NetStack right;

    @AfterEach
    void close() throws InterruptedException {
        if (left != null) {
            left.close();
            right.close();
        }
        arena.close();
        applications.shutdownNow();
        assertThat(applications.awaitTermination(30, TimeUnit.SECONDS)).isTrue();
    }

    /** A worker that begins one part and goes on with it when it is told to. */
    private static final class Slow extends CopyWorker {
        private CopyPart begun;

        @Override
        synchronized void hand(CopyPart part) {
            super.hand(part);
            if (begun == null) {
                assertThat(part.begin()).isTrue();
                begun = part;
                notifyAll();
            }
        }

        private synchronized void awaitBegun() throws InterruptedException {
            while (begun == null) {
                wait();
            }
        }
    }

    private static Segment segment(int salt) {
        Segment segment = Segment.unpooled(ByteBuffer.allocate(SegmentPool.LARGE));
        for (int i = 0; i < segment.capacity(); i++) {
            segment.bytes().put(i, (byte) (31 * i + salt));
        }
        return segment;
    }

    private static void add(CopyJob job, ByteBuffer target, int parts) {
        for (int i = 0; i < parts; i++) {
            int at = i * SegmentPool.LARGE;
            assertThat(job.add(segment(i), 0, target, at, SegmentPool.LARGE)).isTrue();
        }
    }

    private static void assertCopied(ByteBuffer target, int parts) {
        for (int i = 0; i < parts * SegmentPool.LARGE; i++) {
            byte expected = (byte) (31 * (i % SegmentPool.LARGE) + i / SegmentPool.LARGE);
            assertThat(target.get(i) == expected).as("byte %d", i).isTrue();
        }
    }

    @Test
    void withoutAnyWorkerThatComesInTimeTheOwnerCopiesEverything() {
        CopyWorker asleep = new CopyWorker();
        CopyJob job = new CopyJob(List.of(asleep));
        ByteBuffer target = ByteBuffer.allocateDirect(8 * SegmentPool.LARGE);
        add(job, target, 8);
        job.copy();
        assertCopied(target, 8);
        assertThat(asleep.queuedBytes()).isZero();
    }

    /** What it finds later are entries of parts that are over: they write nothing. */
    @Test
    void aWorkerThatComesLateDoesNothing() {
        CopyWorker late = new CopyWorker();
        CopyJob job = new CopyJob(List.of(late));
        ByteBuffer target = ByteBuffer.allocateDirect(4 * SegmentPool.LARGE);
        add(job, target, 4);
        job.copy();
        for (int i = 0; i < target.capacity(); i++) {
            target.put(i, (byte) 0);
        }
        for (int i = 0; i < 3; i++) {
            assertThat(late.doWork()).isEqualTo(1);
        }
        assertThat(late.doWork()).isZero();
        assertThat(target.mismatch(ByteBuffer.allocate(target.capacity()))).isEqualTo(-1);
    }

    /** R37: all others are ready long before it. */
    @Test
    void aCopyIsOverWhenItsSlowestPartIs() throws Exception {
        Slow slow = new Slow();
        CopyJob job = new CopyJob(List.of(slow, new CopyWorker()));
        ByteBuffer target = ByteBuffer.allocateDirect(4 * SegmentPool.LARGE);
        add(job, target, 4);
        Future<?> copying = applications.submit(job::copy);
        slow.awaitBegun();
        assertThatThrownBy(() -> copying.get(100, TimeUnit.MILLISECONDS)).isInstanceOf(TimeoutException.class);
        slow.begun.copy();
        copying.get();
        assertCopied(target, 4);
    }

    /** The threshold of the paper, from both sides. */
    @Test
    void aWorkerWithEnoughToDoGetsNoMore() {
        List<Integer> handed = new ArrayList<>();
        CopyWorker worker = new CopyWorker() {
            @Override
            void hand(CopyPart part) {
                handed.add(part.length());
                super.hand(part);
            }
        };
        CopyPart before = new CopyPart();
        before.set(segment(0), 0, ByteBuffer.allocate(1), 0, (int) CopyJob.MOST_QUEUED - 1);
        worker.hand(before);
        CopyJob job = new CopyJob(List.of(worker));
        ByteBuffer target = ByteBuffer.allocateDirect(3 * SegmentPool.LARGE);
        add(job, target, 3);
        job.copy();
        assertCopied(target, 3);
        assertThat(handed).containsExactly((int) CopyJob.MOST_QUEUED - 1, SegmentPool.LARGE);
        assertThat(worker.queuedBytes()).isEqualTo(CopyJob.MOST_QUEUED - 1);
    }

    @Test
    void shortPartsAndMoreThanThereIsRoomForAreRefused() {
        CopyJob job = new CopyJob(List.of());
        ByteBuffer target = ByteBuffer.allocate(SegmentPool.LARGE);
        assertThat(job.add(segment(0), 0, target, 0, CopyJob.LEAST_PART - 1)).isFalse();
        for (int i = 0; i < 32; i++) {
            assertThat(job.add(segment(0), 0, target, 0, CopyJob.LEAST_PART)).isTrue();
        }
        assertThat(job.add(segment(0), 0, target, 0, CopyJob.LEAST_PART)).isFalse();
    }

    /** Memory that only the application's thread may touch, and memory that nobody may write to. */
    @Test
    void whatAWorkerCannotWriteItsOwnerWritesOrFails() throws Exception {
        Slow worker = new Slow();
        CopyJob job = new CopyJob(List.of(worker));
        ByteBuffer confined = arena.allocate(2L * SegmentPool.LARGE).asByteBuffer();
        add(job, confined, 2);
        Future<?> failing = applications.submit(() -> {
            worker.awaitBegun();
            assertThatThrownBy(worker.begun::copy).isInstanceOf(WrongThreadException.class);
            return null;
        });
        job.copy();
        failing.get();
        assertCopied(confined, 2);
        assertThat(job.add(segment(0), 0, ByteBuffer.allocate(1 << 16).asReadOnlyBuffer(), 0, 1 << 16)).isTrue();
        assertThatThrownBy(job::copy).isInstanceOf(ReadOnlyBufferException.class);
    }

    private VirtualSocket[] connect(Threading threading, boolean tcp) throws Exception {
        left = new NetStack(Config.DEFAULTS, threading, SchedulingPolicies.ROUND_ROBIN, 64 << 20);
        right = new NetStack(Config.DEFAULTS, threading, SchedulingPolicies.ROUND_ROBIN, 64 << 20);
        if (tcp) {
            TcpLink.dial(left, TcpLink.listen(right, new InetSocketAddress("127.0.0.1", 0)), 0, 1);
        } else {
            MemoryLink.connect(left, right, 0, 1);
        }
        VirtualServerSocket server = right.listen(80, 1);
        return new VirtualSocket[] {left.connect(80, ChannelClass.THROUGHPUT), server.accept()};
    }

    /** R29, R37: until the slowest part is there, receive does not return, and neither does close. */
    @Test
    void closeWaitsForWhatIsBeingCopied() throws Exception {
        VirtualSocket[] ends = connect(Threading.of(Mode.SHARED), false);
        Slow slow = new Slow();
        Connection connection = right.host().connection(ends[1].connection());
        VirtualSocket reader = new VirtualSocket(right, connection, 1, List.of(slow));
        ends[0].send(pattern());
        until(() -> connection.receiving.readable() == BYTES);
        ByteBuffer target = ByteBuffer.allocateDirect(BYTES);
        Future<Integer> receiving = applications.submit(() -> reader.tryReceive(target));
        slow.awaitBegun();
        Future<?> closing = applications.submit(reader::close);
        assertThatThrownBy(() -> closing.get(100, TimeUnit.MILLISECONDS)).isInstanceOf(TimeoutException.class);
        assertThat(receiving).isNotDone();
        slow.begun.copy();
        assertThat(receiving.get()).isEqualTo(BYTES);
        closing.get();
        assertThat(target.flip().mismatch(pattern())).isEqualTo(-1);
        assertThatThrownBy(() -> reader.tryReceive(target.clear()))
                .isInstanceOfSatisfying(VirtualSocketException.class,
                        closed -> assertThat(closed.error()).isEqualTo(ErrorCode.NO_SUCH_SOCKET));
    }

    private static ByteBuffer pattern() {
        ByteBuffer bytes = ByteBuffer.allocate(BYTES);
        for (int i = 0; i < BYTES; i++) {
            bytes.put(i, (byte) (i * 7 + (i >>> 9)));
        }
        return bytes;
    }

    private void until(BooleanSupplier reached) {
        boolean isReached = false;
        while (!isReached) {
            right.turn().enter();
            isReached = reached.getAsBoolean();
            right.turn().leave();
            Thread.onSpinWait();
        }
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void everyByteArrivesWithWorkers(boolean tcp) throws Exception {
        VirtualSocket[] ends = connect(Threading.of(Mode.DEDICATED).withCopyWorkers(2), tcp);
        Future<?> sending = applications.submit(() -> Streams.sendAll(ends[0], 1, 1 << 20));
        Streams.receiveAll(ends[1], 1, 1 << 20);
        sending.get();
    }

    @Test
    void numbersOfWorkersAreHeldFromBothSides() {
        Threading threading = Threading.of(Mode.SHARED);
        assertThat(threading.copyWorkers()).isZero();
        assertThat(threading.withCopyWorkers(64).copyWorkers()).isEqualTo(64);
        assertThatThrownBy(() -> threading.withCopyWorkers(65))
                .hasMessage("copyWorkers is 65, legal is 0 to 64 in mode SHARED");
        assertThatThrownBy(() -> Threading.of(Mode.INVOKER).withCopyWorkers(1))
                .hasMessage("copyWorkers is 1, legal is 0 to 0 in mode INVOKER");
    }
}
