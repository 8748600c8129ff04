package org.netchannel.optimized;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.lang.foreign.Arena;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.netchannel.traces.Config;
import org.netchannel.traces.Config.Setting;
import org.netchannel.traces.ErrorCode;

/** Bytes sent from where they were written, and looked at where they were received; several buffers at once. */
@Timeout(60)
class SegmentsTest {
    private static final int BUFFER = 10_000;
    private static final Config CONFIG = Config.DEFAULTS
            .with(Setting.SEND_BUFFER, BUFFER).with(Setting.RECEIVE_BUFFER, BUFFER).with(Setting.MAX_PAYLOAD, 1_000);

    private final Stepped stacks = new Stepped(CONFIG, 1);
    private final SegmentClaim claim = new SegmentClaim();
    private final SegmentView view = new SegmentView();
    private VirtualSocket sender;
    private VirtualSocket receiver;

    @BeforeEach
    void connect() throws IOException {
        VirtualSocket[] ends = stacks.connect(stacks.right.listen(80, 1));
        sender = ends[0];
        receiver = ends[1];
    }

    @AfterEach
    void close() {
        stacks.close();
    }

    private static ByteBuffer bytes(String text) {
        return ByteBuffer.wrap(text.getBytes(StandardCharsets.US_ASCII));
    }

    private static String text(ByteBuffer buffer) {
        return StandardCharsets.US_ASCII.decode(buffer).toString();
    }

    private void send(String text) throws IOException {
        ByteBuffer source = bytes(text);
        assertThat(sender.trySend(source)).isEqualTo(text.length());
        assertThat(source.hasRemaining()).isFalse();
        stacks.step();
    }

    private Connection receiving() {
        return stacks.right.host().connection(receiver.connection());
    }

    @Test
    void whatIsWrittenIntoAClaimIsSentWhenItIsCommitted() throws IOException {
        assertThat(sender.tryClaim(claim, 100)).isEqualTo(100);
        assertThat(claim.bytes().remaining()).isEqualTo(100);
        claim.bytes().put(bytes("claimed and more"));
        stacks.step();
        assertThat(receiver.tryReceive(ByteBuffer.allocate(1))).isZero();

        claim.commit(7);
        stacks.step();
        assertThat(receiver.tryReceive(view)).isEqualTo(7);
        assertThat(text(view.bytes())).isEqualTo("claimed");
        view.release();
    }

    /** NC-DATA-3: what is claimed is promised. */
    @Test
    void whatIsClaimedCountsAgainstTheSendBufferUntilItIsAborted() throws IOException {
        assertThat(sender.tryClaim(claim, 65_497)).isEqualTo(BUFFER);
        assertThat(sender.trySend(bytes("no room"))).isZero();
        assertThat(sender.tryClaim(new SegmentClaim(), 1)).isZero();
        claim.abort();
        send("room");
    }

    @Test
    void noClaimIsLargerThanAPacket() throws IOException {
        try (Stepped roomy = new Stepped(Config.DEFAULTS, 1)) {
            VirtualSocket socket = roomy.connect(roomy.right.listen(80, 1))[0];
            assertThat(socket.tryClaim(claim, 70_000)).isEqualTo(Wire.MAX_PAYLOAD);
            claim.commit(Wire.MAX_PAYLOAD);
        }
    }

    @Test
    void aClaimOfASocketThatWasShutDownIsNotSent() throws IOException {
        long before = stacks.left.host().outgoingSegments.bytesInUse();
        sender.tryClaim(claim, 100);
        sender.shutdown();
        assertThatThrownBy(() -> claim.commit(1)).isInstanceOfSatisfying(VirtualSocketException.class, e ->
                assertThat(e.error()).isEqualTo(ErrorCode.NOT_CONNECTED));
        assertThat(stacks.left.host().outgoingSegments.bytesInUse()).isEqualTo(before);
        assertThatThrownBy(claim::bytes).isInstanceOf(IllegalStateException.class);
    }

    @Test
    void aClaimHasToBeOverBeforeTheNextOne() throws IOException {
        sender.tryClaim(claim, 10);
        assertThatThrownBy(() -> sender.tryClaim(claim, 10)).isInstanceOf(IllegalStateException.class);
        assertThatThrownBy(() -> claim.commit(11)).hasMessage("count is 11, legal is 1 to 10");
        assertThatThrownBy(() -> claim.commit(0)).hasMessage("count is 0, legal is 1 to 10");
        claim.abort();
        assertThatThrownBy(claim::abort).isInstanceOf(IllegalStateException.class);
        assertThatThrownBy(() -> sender.tryClaim(claim, 0)).hasMessage("bytes is 0, legal is at least 1");
    }

    /** NC-DATA-1: read in the order of the stream, in whatever order they are released. */
    @Test
    void viewsCountAsUnreadUntilTheyAndAllBeforeThemAreReleased() throws IOException {
        SegmentView[] views = {new SegmentView(), new SegmentView(), new SegmentView()};
        send("one");
        send("two");
        assertThat(receiver.tryReceive(views, 0, 3)).isEqualTo(6);
        assertThat(views[2].isHeld()).isFalse();
        assertThat(receiver.tryReceive(views, 2, 1)).isZero();
        send("three");
        assertThat(receiver.tryReceive(views[2])).isEqualTo(5);

        assertThat(receiving().receiving.held()).isEqualTo(11);
        assertThatThrownBy(() -> receiver.tryReceive(ByteBuffer.allocate(1))).isInstanceOf(IllegalStateException.class);
        views[1].release();
        assertThat(receiving().receiving.held()).isEqualTo(11);
        assertThat(text(views[0].bytes())).isEqualTo("one");
        views[0].release();
        assertThat(receiving().receiving.held()).isEqualTo(5);
        assertThat(text(views[2].bytes())).isEqualTo("three");
        views[2].release();
        assertThat(receiving().receiving.held()).isZero();
        assertThatThrownBy(views[2]::release).isInstanceOf(IllegalStateException.class);

        send("copied");
        ByteBuffer target = ByteBuffer.allocate(10);
        assertThat(receiver.tryReceive(target)).isEqualTo(6);
        assertThat(text(target.flip())).isEqualTo("copied");
    }

    @Test
    void severalViewsAreReleasedAtOnceAsTheyAreOneAfterTheOther() throws IOException {
        SegmentView[] views = {new SegmentView(), new SegmentView(), new SegmentView()};
        send("one");
        send("two");
        send("three");
        assertThat(receiver.tryReceive(views, 0, 3)).isEqualTo(11);

        SegmentView.release(views, 1, 2);
        assertThat(receiving().receiving.held()).as("what is before them is lent").isEqualTo(11);
        assertThat(views[1].isHeld()).isFalse();
        assertThat(views[2].isHeld()).isFalse();

        SegmentView.release(views, 0, 1);
        assertThat(receiving().receiving.held()).isZero();
        assertThat(receiving().lent).isZero();
    }

    @Test
    void viewsOfSeveralSocketsMayBeReleasedAtOnceAndOneOfThemTwice() throws IOException {
        VirtualSocket[] others = stacks.connect(stacks.right.listen(81, 1));
        SegmentView[] views = {new SegmentView(), new SegmentView(), new SegmentView(), null};
        send("one");
        send("two");
        others[0].trySend(bytes("other"));
        stacks.step();
        receiver.tryReceive(views[0]);
        others[1].tryReceive(views[1]);
        receiver.tryReceive(views[2]);
        views[3] = views[0];

        SegmentView.release(views, 0, 4);

        assertThat(receiving().receiving.held()).isZero();
        assertThat(stacks.right.host().connection(others[1].connection()).receiving.held()).isZero();
    }

    @Test
    void noneOfSeveralViewsIsReleasedWhenOneShowsNothing() throws IOException {
        SegmentView[] views = {new SegmentView(), new SegmentView()};
        send("one");
        receiver.tryReceive(views[0]);

        assertThatThrownBy(() -> SegmentView.release(views, 0, 2)).isInstanceOf(IllegalStateException.class);
        assertThatThrownBy(() -> SegmentView.release(views, 1, 2)).isInstanceOf(IndexOutOfBoundsException.class);

        assertThat(text(views[0].bytes())).isEqualTo("one");
        SegmentView.release(views, 0, 1);
        assertThat(receiving().receiving.held()).isZero();
    }

    /** NC-HOL-4, NC-HOL-10: who never releases is stopped, and another connection goes on. */
    @Test
    void aReaderThatReleasesNothingStopsOnlyItsOwnSender() throws IOException {
        VirtualSocket[] others = stacks.connect(stacks.right.listen(81, 1));
        ByteBuffer source = ByteBuffer.allocate(500);
        SegmentView[] views = new SegmentView[100];
        int shown = 0;
        while (!stacks.left.host().connection(sender.connection()).isStopped()) {
            sender.trySend(source.clear());
            views[shown] = new SegmentView();
            shown += receiver.tryReceive(views[shown]) > 0 ? 1 : 0;
            stacks.step();
        }
        // Half of an answer to STOP may still come; more than the two buffers together never.
        assertThat(shown * 500).isBetween(BUFFER, 2 * BUFFER);
        assertThat(others[0].trySend(bytes("unhurt"))).isEqualTo(6);
        stacks.step();
        assertThat(others[1].tryReceive(ByteBuffer.allocate(6))).isEqualTo(6);

        for (int i = 0; i < shown; i++) {
            views[i].release();
        }
        receiver.tryReceive(ByteBuffer.allocate(2 * BUFFER));
        stacks.until(() -> !stacks.left.host().connection(sender.connection()).isStopped());
    }

    /** NC-FIN-2: who holds the last bytes hears that they are. */
    @Test
    void endOfStreamIsToldWhileTheLastBytesAreStillHeld() throws IOException {
        send("last");
        sender.shutdown();
        stacks.step();
        assertThat(receiver.tryReceive(view)).isEqualTo(4);
        assertThat(receiver.tryReceive(new SegmentView())).isEqualTo(-1);
        view.release();
        assertThat(receiver.tryReceive(view)).isEqualTo(-1);
    }

    @Test
    void aViewOutlivesItsSocket() throws IOException {
        long before = stacks.right.host().segments.bytesInUse();
        send("kept");
        receiver.tryReceive(view);
        receiver.close();
        stacks.step();
        assertThat(text(view.bytes())).isEqualTo("kept");
        view.release();
        stacks.step();
        assertThat(stacks.right.host().segments.bytesInUse()).isEqualTo(before);
    }

    @Test
    void nobodyWritesIntoAView() throws IOException {
        send("read-only");
        receiver.tryReceive(view);
        assertThat(view.bytes().isReadOnly()).isTrue();
        assertThatThrownBy(() -> receiver.tryReceive(view)).isInstanceOf(IllegalStateException.class);
    }

    @Test
    void severalBuffersAreSentAndReceivedInOneCall() throws IOException {
        ByteBuffer[] sources = {bytes("not this"), bytes("gat"), bytes(""), bytes("hered"), bytes("nor this")};
        assertThat(sender.trySend(sources, 1, 3)).isEqualTo(8);
        assertThat(sources[0].remaining() + sources[4].remaining()).isEqualTo(16);
        stacks.step();
        ByteBuffer[] targets = {ByteBuffer.allocate(1), ByteBuffer.allocate(0), ByteBuffer.allocate(20)};
        assertThat(receiver.tryReceive(targets, 0, 3)).isEqualTo(8);
        assertThat(text(targets[0].flip()) + text(targets[2].flip())).isEqualTo("gathered");
        assertThatThrownBy(() -> receiver.tryReceive(targets, 1, 1)).isInstanceOf(IllegalArgumentException.class);
    }

    /** Small buffers share a segment: one packet, not many. */
    @Test
    void smallBuffersTravelTogether() throws IOException {
        long before = stacks.left.host().statistics.sent(Wire.DATA);
        sender.trySend(new ByteBuffer[] {bytes("a"), bytes("b"), bytes("c")}, 0, 3);
        stacks.step();
        assertThat(stacks.left.host().statistics.sent(Wire.DATA) - before).isEqualTo(1);
    }

    @Test
    void whatDoesNotFitStaysInItsBuffers() throws IOException {
        ByteBuffer[] sources = {ByteBuffer.allocate(BUFFER - 1), ByteBuffer.allocate(3), ByteBuffer.allocate(1)};
        assertThat(sender.trySend(sources, 0, 3)).isEqualTo(BUFFER);
        assertThat(sources[1].remaining()).isEqualTo(2);
        assertThat(sources[2].remaining()).isEqualTo(1);
    }

    @Test
    void whenABufferCannotBeReadNothingOfTheCallIsSent() throws IOException {
        Arena arena = Arena.ofConfined();
        ByteBuffer gone = arena.allocate(3).asByteBuffer();
        arena.close();
        ByteBuffer[] sources = {bytes("one"), gone};
        assertThatThrownBy(() -> sender.trySend(sources, 0, 2)).isInstanceOf(IllegalStateException.class);
        assertThat(sources[0].remaining()).isEqualTo(3);
        assertThat(sender.trySend(bytes("two"))).isEqualTo(3);
        ByteBuffer target = ByteBuffer.allocate(10);
        while (receiver.tryReceive(target) == 0) {
            stacks.step();
        }
        assertThat(target.flip()).isEqualTo(bytes("two"));
    }
}
