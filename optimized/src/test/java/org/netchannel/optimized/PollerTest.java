package org.netchannel.optimized;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.netchannel.traces.ChannelClass;
import org.netchannel.traces.Config;
import org.netchannel.traces.Config.Setting;
import org.netchannel.traces.ErrorCode;

/** What a poller reports, step by step: one thread does all the work of both stacks. */
@Timeout(60)
class PollerTest {
    private static final int BUFFER = 10_000;
    private static final Config CONFIG = Config.DEFAULTS
            .with(Setting.SEND_BUFFER, BUFFER).with(Setting.RECEIVE_BUFFER, 100 * BUFFER);
    private static final int ALL = PollKey.READABLE | PollKey.WRITABLE | PollKey.CONNECTED;

    private final Stepped stacks = new Stepped(CONFIG, 1);
    private final Poller left = new Poller(stacks.left);
    private final Poller right = new Poller(stacks.right);
    private final PollKey[] ready = new PollKey[4];
    private VirtualServerSocket server;

    @BeforeEach
    void listen() throws IOException {
        server = stacks.right.listen(80, 100);
    }

    @AfterEach
    void close() {
        stacks.close();
    }

    private static ByteBuffer bytes(int count) {
        return ByteBuffer.allocate(count);
    }

    /** Polls without waiting until everything has settled. */
    private int poll(Poller poller) throws IOException {
        stacks.step();
        stacks.step();
        return poller.poll(ready, 0);
    }

    private void reports(Poller poller, PollKey key, int what) throws IOException {
        assertThat(poll(poller)).isEqualTo(1);
        assertThat(ready[0]).isSameAs(key);
        assertThat(key.ready()).isEqualTo(what);
    }

    @Test
    void bytesAreReportedUntilTheyAreRead() throws IOException {
        VirtualSocket[] ends = stacks.connect(server);
        PollKey key = right.register(ends[1], PollKey.READABLE, "name");
        assertThat(poll(right)).isZero();

        ends[0].trySend(bytes(10));
        reports(right, key, PollKey.READABLE);
        reports(right, key, PollKey.READABLE);
        assertThat(key.attachment()).isEqualTo("name");
        ends[1].tryReceive(bytes(4));
        reports(right, key, PollKey.READABLE);
        ends[1].tryReceive(bytes(6));
        assertThat(poll(right)).isZero();
        ends[0].trySend(bytes(1));
        reports(right, key, PollKey.READABLE);
    }

    /** What views hold was received already, and what is behind it was not. */
    @Test
    void bytesThatAreShownAreNotReportedAgain() throws IOException {
        VirtualSocket[] ends = stacks.connect(server);
        PollKey key = right.register(ends[1], PollKey.READABLE, null);
        ends[0].trySend(bytes(10));
        reports(right, key, PollKey.READABLE);
        SegmentView view = new SegmentView();
        ends[1].tryReceive(view);
        assertThat(poll(right)).isZero();
        ends[0].trySend(bytes(1));
        reports(right, key, PollKey.READABLE);
        ends[0].abort();
        ends[1].tryReceive(new SegmentView());
        reports(right, key, PollKey.READABLE);
    }

    /** NC-DATA-3, NC-DATA-5: room comes with acknowledgements. */
    @Test
    void roomIsReportedWhenAcknowledgementsMakeSome() throws IOException {
        VirtualSocket[] ends = stacks.connect(server);
        PollKey key = left.register(ends[0], PollKey.WRITABLE, null);
        reports(left, key, PollKey.WRITABLE);
        ends[0].trySend(bytes(BUFFER));
        assertThat(left.poll(ready, 0)).isZero();
        stacks.until(() -> stacks.left.host().connection(ends[0].connection()).sending.unacknowledged() > 0);
        reports(left, key, PollKey.WRITABLE);
    }

    @Test
    void roomThatIsClaimedIsNotReported() throws IOException {
        VirtualSocket[] ends = stacks.connect(server);
        SegmentClaim claim = new SegmentClaim();
        ends[0].tryClaim(claim, BUFFER);
        PollKey key = left.register(ends[0], PollKey.WRITABLE, null);
        assertThat(poll(left)).isZero();
        claim.abort();
        reports(left, key, PollKey.WRITABLE);
    }

    /** Nobody tells that memory is free again, so the poller looks by itself. */
    @Test
    void roomIsReportedWhenThereIsMemoryForIt() throws IOException {
        VirtualSocket[] ends = stacks.connect(server);
        SegmentPool pool = stacks.left.host().outgoingSegments;
        List<Segment> taken = new ArrayList<>();
        while (pool.hasLarge()) {
            taken.add(pool.claim(SegmentPool.LARGE));
        }
        PollKey key = left.register(ends[0], ALL, null);
        reports(left, key, PollKey.CONNECTED);
        key.interest(PollKey.WRITABLE);
        assertThat(poll(left)).isZero();
        assertThat(left.poll(ready, 1)).isZero();
        taken.getFirst().release();
        assertThat(left.poll(ready, Long.MAX_VALUE)).isEqualTo(1);
        assertThat(key.ready()).isEqualTo(PollKey.WRITABLE);
        taken.subList(1, taken.size()).forEach(Segment::release);
    }

    /** NC-HS-3; and nothing else before it. */
    @Test
    void aConnectionIsReportedWhenItIsOpen() throws IOException {
        VirtualSocket socket = stacks.left.startConnecting(80, ChannelClass.LATENCY);
        PollKey key = left.register(socket, ALL, null);
        stacks.right.drain(1_000_001);
        assertThat(key.readyNow()).isZero();
        assertThat(socket.tryFinishConnecting()).isFalse();
        reports(left, key, PollKey.CONNECTED | PollKey.WRITABLE);
        assertThat(socket.tryFinishConnecting()).isTrue();
    }

    /** NC-HS-4. */
    @Test
    void aConnectionThatIsRefusedIsReportedAndSaysSo() throws IOException {
        VirtualSocket socket = stacks.left.startConnecting(81, ChannelClass.LATENCY);
        PollKey key = left.register(socket, PollKey.CONNECTED, null);
        reports(left, key, PollKey.CONNECTED);
        assertThatThrownBy(socket::tryFinishConnecting).isInstanceOfSatisfying(VirtualSocketException.class, e ->
                assertThat(e.error()).isEqualTo(ErrorCode.REFUSED));
    }

    /** NC-HS-10. */
    @Test
    void aListenerIsReportedWhileConnectionsWait() throws IOException {
        PollKey key = right.register(server, PollKey.ACCEPTABLE, null);
        assertThat(poll(right)).isZero();
        stacks.left.startConnecting(80, ChannelClass.LATENCY);
        stacks.left.startConnecting(80, ChannelClass.LATENCY);
        reports(right, key, PollKey.ACCEPTABLE);
        assertThat(server.tryAccept()).isPresent();
        reports(right, key, PollKey.ACCEPTABLE);
        assertThat(server.tryAccept()).isPresent();
        assertThat(poll(right)).isZero();
    }

    /** NC-FIN-2, NC-RST-1: reading has something to say. */
    @Test
    void theEndOfAStreamAndAResetAreReported() throws IOException {
        VirtualSocket[] ending = stacks.connect(server);
        PollKey ended = right.register(ending[1], PollKey.READABLE, null);
        ending[0].shutdown();
        reports(right, ended, PollKey.READABLE);
        assertThat(ending[1].tryReceive(bytes(1))).isEqualTo(-1);
        ended.cancel();

        VirtualSocket[] aborted = stacks.connect(server);
        PollKey reset = right.register(aborted[1], PollKey.READABLE | PollKey.WRITABLE, null);
        reports(right, reset, PollKey.WRITABLE);
        aborted[0].abort();
        reports(right, reset, PollKey.READABLE | PollKey.WRITABLE);
        assertThatThrownBy(() -> aborted[1].tryReceive(bytes(1))).hasMessage("RESET (ABORTED)");
    }

    @Test
    void theEndOfReadingIsReported() throws IOException {
        VirtualSocket[] ends = stacks.connect(server);
        PollKey key = right.register(ends[1], PollKey.READABLE, null);
        ends[0].trySend(bytes(1));
        ends[1].shutdownInput();
        reports(right, key, PollKey.READABLE);
        assertThat(ends[1].tryReceive(bytes(1))).isEqualTo(-1);
    }

    @Test
    void whatDoesNotFitComesFirstNextTime() throws IOException {
        Set<PollKey> keys = new HashSet<>();
        for (int i = 0; i < 7; i++) {
            keys.add(left.register(stacks.connect(server)[0], PollKey.WRITABLE, null));
        }
        Set<PollKey> seen = new HashSet<>();
        assertThat(poll(left)).isEqualTo(4);
        seen.addAll(List.of(ready));
        assertThat(poll(left)).isEqualTo(4);
        seen.addAll(List.of(ready));
        assertThat(seen).isEqualTo(keys);
    }

    /** However many are registered, only those are looked at that were ready the last time, or became so. */
    @Test
    void aPollLooksAtWhatIsReadyOnly() throws IOException {
        int[] looks = new int[1];
        int[] isReady = new int[1];
        Waiters source = new Waiters();
        for (int i = 0; i < 10_000; i++) {
            left.add(PollKey.ofSocket(left, new Waiters(), () -> {
                looks[0]++;
                return 0;
            }, null), PollKey.READABLE, () -> true);
        }
        PollKey key = left.add(PollKey.ofSocket(left, source, () -> {
            looks[0]++;
            return isReady[0];
        }, null), PollKey.READABLE, () -> true);
        assertThat(left.size()).isEqualTo(10_001);
        assertThat(looks[0]).isEqualTo(10_001);

        isReady[0] = ALL;
        source.wake();
        reports(left, key, PollKey.READABLE);
        isReady[0] = 0;
        assertThat(poll(left)).isZero();
        assertThat(poll(left)).isZero();
        assertThat(looks[0]).isEqualTo(10_004);
    }

    /** R38: what arrives between looking and noticing again is there to be noticed. */
    @Test
    void bytesThatArriveBeforeTheyAreToBeNoticedAreReported() throws IOException {
        VirtualSocket[] ends = stacks.connect(server);
        PollKey key = right.register(ends[1], PollKey.READABLE, null);
        key.interest(0);
        assertThat(ends[1].tryReceive(bytes(1))).isZero();
        ends[0].trySend(bytes(1));
        assertThat(poll(right)).isZero();
        key.interest(PollKey.READABLE);
        reports(right, key, PollKey.READABLE);
    }

    @Test
    void interestCountsAtOnce() throws IOException {
        VirtualSocket[] ends = stacks.connect(server);
        PollKey key = left.register(ends[0], 0, null);
        assertThat(poll(left)).isZero();
        key.interest(PollKey.WRITABLE);
        assertThat(key.interest()).isEqualTo(PollKey.WRITABLE);
        reports(left, key, PollKey.WRITABLE);
        key.interest(PollKey.READABLE);
        assertThat(poll(left)).isZero();
    }

    @Test
    void aKeyEndsWithItsSocketItsListenerAndItsPoller() throws IOException {
        VirtualSocket[] ends = stacks.connect(server);
        PollKey socket = right.register(ends[1], ALL, null);
        PollKey listener = right.register(server, PollKey.ACCEPTABLE, null);
        PollKey other = left.register(ends[0], ALL, null);
        ends[1].close();
        server.close();
        left.close();
        assertThat(socket.isValid() || listener.isValid() || other.isValid()).isFalse();
        assertThat(right.size()).isZero();
        assertThat(poll(right)).isZero();
        assertThatThrownBy(() -> left.poll(ready, 0)).hasMessage("the poller was closed");
        assertThatThrownBy(() -> right.register(ends[1], ALL, null)).hasMessage("what is registered was closed");
        assertThatThrownBy(() -> socket.interest(0)).isInstanceOf(IllegalStateException.class);
    }

    @Test
    void severalPollersMayNoticeOneSocket() throws IOException {
        VirtualSocket[] ends = stacks.connect(server);
        Poller second = new Poller(stacks.left);
        PollKey a = left.register(ends[0], PollKey.WRITABLE, null);
        PollKey b = second.register(ends[0], PollKey.WRITABLE, null);
        reports(left, a, PollKey.WRITABLE);
        reports(second, b, PollKey.WRITABLE);
        a.cancel();
        assertThat(poll(left)).isZero();
        reports(second, b, PollKey.WRITABLE);
    }

    @Test
    void mistakesAreNamed() throws IOException {
        VirtualSocket[] ends = stacks.connect(server);
        left.register(ends[0], 0, null);
        assertThatThrownBy(() -> left.register(ends[0], 0, null)).hasMessageContaining("already");
        assertThatThrownBy(() -> left.register(ends[1], 0, null)).hasMessageContaining("another stack");
        assertThatThrownBy(() -> left.register(server, 0, null)).hasMessageContaining("another stack");
        assertThatThrownBy(() -> right.register(server, PollKey.READABLE, null))
                .hasMessage("interest is 1, legal are bits of 8");
        assertThatThrownBy(() -> right.register(ends[1], PollKey.ACCEPTABLE, null))
                .hasMessage("interest is 8, legal are bits of 7");
        assertThatThrownBy(() -> left.poll(new PollKey[0], 0)).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void aWakeupEndsTheNextPollOnly() throws IOException {
        left.wakeup();
        assertThat(left.poll(ready, Long.MAX_VALUE)).isZero();
        long began = System.nanoTime();
        assertThat(left.poll(ready, 2_000_000)).isZero();
        assertThat(System.nanoTime() - began).isGreaterThanOrEqualTo(2_000_000);
    }

    @Test
    void aPollOfAnInterruptedThreadDoesNotWait() throws IOException {
        Thread.currentThread().interrupt();
        assertThat(left.poll(ready, Long.MAX_VALUE)).isZero();
        assertThat(Thread.interrupted()).isTrue();
    }

    @Test
    void everythingIsReadyWhenTheStackWasClosed() throws IOException {
        VirtualSocket[] ends = stacks.connect(server);
        VirtualSocket connecting = stacks.left.startConnecting(80, ChannelClass.LATENCY);
        PollKey key = left.register(ends[0], PollKey.READABLE, null);
        PollKey other = left.register(connecting, PollKey.CONNECTED, null);
        stacks.left.close();
        assertThat(left.poll(ready, Long.MAX_VALUE)).isEqualTo(2);
        assertThat(List.of(ready[0], ready[1])).containsExactlyInAnyOrder(key, other);
        assertThatThrownBy(() -> ends[0].tryReceive(bytes(1))).hasMessage("the stack was closed");
        assertThatThrownBy(() -> ends[0].trySend(bytes(1))).hasMessage("the stack was closed");
        assertThatThrownBy(connecting::tryFinishConnecting).hasMessage("the stack was closed");
    }
}
