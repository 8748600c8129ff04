package org.netchannel.optimized.tcp;

import static org.assertj.core.api.Assertions.assertThat;
import static org.netchannel.optimized.tcp.ScriptedPeer.MILLISECOND;

import java.lang.foreign.MemorySegment;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.netchannel.optimized.tcp.ScriptedPeer.Sent;
import org.netchannel.optimized.tcp.wire.TcpHeader;

/** Segments that were made one before TCP saw them, in several buffers: nobody can tell but by how fast it is. */
@Timeout(60)
class MergedSegmentsTest {
    private ScriptedPeer peer;
    private TcpConnection connection;

    @BeforeEach
    void connect() {
        peer = new ScriptedPeer(ScriptedPeer.plain().with(Setting.RECEIVE_BUFFER, 20_000));
        connection = peer.accept();
    }

    /** The byte at each position is its number. */
    private void assertReads(int from, int count) {
        byte[] read = new byte[count + 1];
        assertThat(connection.receive(MemorySegment.ofArray(read), 0, read.length)).isEqualTo(count);
        for (int i = 0; i < count; i++) {
            assertThat(read[i]).as("the byte at %d", from + i).isEqualTo((byte) (from + i));
        }
    }

    @AfterEach
    void everyFrameComesBack() {
        connection.abort();
        assertThat(peer.frames.freeBuffers()).isEqualTo(2_000);
        assertThat(peer.largeFrames.freeBuffers()).isEqualTo(100);
    }

    private long received() {
        return peer.host.counters().get(Counter.SEGMENTS_RECEIVED);
    }

    private List<Integer> acknowledged() {
        return peer.drain().stream().map(Sent::ack).toList();
    }

    @Test
    void bytesAreReadInTheirOrderAndEverySegmentIsCounted() {
        long before = received();
        peer.sendMerged(1, 1, 1_000, true, 31, 969, 1_000, 999);
        assertThat(received() - before).isEqualTo(3);
        assertReads(1, 2_999);
    }

    /** RFC 5681, section 4.2: two segments are acknowledged at once, one waits. */
    @Test
    void twoSegmentsAreAcknowledgedAtOnce() {
        peer.send(TcpHeader.ACK, 1, 1, 1_000);
        assertThat(acknowledged()).isEmpty();
        peer.after(500 * MILLISECOND);
        assertThat(acknowledged()).containsExactly(1_001);
        peer.sendMerged(1_001, 1, 1_000, true, 1_000, 1_000);
        assertThat(acknowledged()).containsExactly(3_001);
        peer.send(TcpHeader.ACK, 3_001, 1, 1_000);
        peer.send(TcpHeader.ACK, 4_001, 1, 1_000);
        assertThat(acknowledged()).as("a full segment is still one of 1,000 bytes").containsExactly(5_001);
    }

    /** What came before ends anywhere: in the first part, between two of them, in another one. */
    @ParameterizedTest
    @ValueSource(ints = {1, 30, 31, 32, 500, 1_000, 1_001, 1_700, 1_900})
    void whatHasComeBeforeIsLeftOut(int before) {
        peer.send(TcpHeader.ACK, 1, 1, before);
        peer.sendMerged(1, 1, 1_000, true, 31, 969, 1_000);
        assertReads(1, 2_000);
    }

    @Test
    void whatHasAllComeBeforeIsAcknowledgedAgain() {
        peer.sendMerged(1, 1, 1_000, true, 1_000, 1_000);
        peer.drain();
        peer.sendMerged(1, 1, 1_000, true, 1_000, 1_000);
        assertThat(acknowledged()).containsExactly(2_001);
        assertReads(1, 2_000);
    }

    /** RFC 5681, section 4.2: without SACK the peer counts. */
    @Test
    void everySegmentBehindAGapIsADuplicateAcknowledgement() {
        peer.sendMerged(1_001, 1, 1_000, true, 1_000, 1_000, 500);
        assertThat(acknowledged()).containsExactly(1, 1, 1);
        peer.send(TcpHeader.ACK, 1, 1, 1_000);
        assertThat(acknowledged()).containsExactly(3_501);
        assertReads(1, 3_500);
    }

    /** Some of it has come early: inside of a part, over the end of one, and over the end of all. */
    @Test
    void whatCameEarlyIsPutInBetween() {
        peer.send(TcpHeader.ACK, 901, 1, 200);
        peer.send(TcpHeader.ACK, 1_501, 1, 100);
        peer.send(TcpHeader.ACK, 2_301, 1, 400);
        peer.sendMerged(1, 1, 1_000, true, 1_000, 1_000, 600);
        assertReads(1, 2_700);
    }

    /** What does not fit any more is sent again: nothing is acknowledged that is not there (RFC 2018, section 4). */
    @Test
    void onlyWhatIsKeptBehindAGapIsAcknowledged() {
        peer = new ScriptedPeer(ScriptedPeer.plain().with(Setting.SACK, 1).with(Setting.EARLY_SEGMENTS, 16));
        connection = peer.withMss(1_000).withSackPermitted().accept(peer.host.listen(ScriptedPeer.PORT, 10));
        int[] ten = IntStream.generate(() -> 600).limit(10).toArray();
        peer.sendMerged(1_001, 1, 600, true, ten);
        assertThat(sacked()).containsExactly(1_001, 7_001);
        peer.sendMerged(8_001, 1, 600, true, ten);
        assertThat(sacked()).containsExactly(8_001, 11_601);
        assertThat(peer.host.counters().get(Counter.TOO_MANY_SEGMENTS)).isEqualTo(1);
        peer.send(TcpHeader.ACK, 7_001, 1, 1_000);
        assertThat(peer.drain()).as("there is no room behind the gap").isEmpty();
        peer.send(TcpHeader.ACK, 1, 1, 1_000);
        assertThat(acknowledged()).containsExactly(7_001);
        peer.send(TcpHeader.ACK, 7_001, 1, 1_000);
        assertThat(acknowledged()).containsExactly(11_601);
        peer.send(TcpHeader.ACK, 11_601, 1, 600);
        assertReads(1, 12_200);
    }

    private List<Integer> sacked() {
        Sent last = peer.drain().getLast();
        return List.of(last.firstSackLeft(), last.firstSackRight());
    }

    /** The buffer has room for 20,000 bytes; where that ends is in the middle of a part, or between two of them. */
    @ParameterizedTest
    @CsvSource({"19500, 500", "19000, 1000", "18999, 1001", "18000, 2000"})
    void whatIsBeyondTheWindowIsLeftOut(int before, int room) {
        for (int at = 0; at < before; at += 500) {
            peer.send(TcpHeader.ACK, 1 + at, 1, Math.min(500, before - at));
        }
        peer.drain();
        peer.sendMerged(1 + before, 1, 1_000, true, 1_000, 1_000, 1_000);
        assertThat(acknowledged()).containsExactly(1 + before + room);
        assertReads(1, before + room);
    }

    /** Parts of odd lengths, at odd places: the checksum covers all, and a wrong bit anywhere is found. */
    @Test
    void aSegmentInSeveralBuffersIsCheckedAsAWhole() {
        peer.sendMerged(1, 1, 0, false, 31, 969, 1, 0, 2, 1_001);
        assertReads(1, 2_004);
        long before = peer.host.counters().get(Counter.CORRUPT_SEGMENT);
        IntStream.of(0, 30, 31, 999, 1_000, 1_001, 2_002).forEach(wrong -> {
            peer.wrongByte = wrong;
            peer.sendMerged(2_005, 1, 0, false, 31, 969, 1, 0, 2, 1_000);
        });
        assertThat(peer.host.counters().get(Counter.CORRUPT_SEGMENT) - before).isEqualTo(7);
        assertThat(connection.readable()).isZero();
    }
}
