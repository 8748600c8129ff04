package org.netchannel.optimized.tcp;

import static org.assertj.core.api.Assertions.assertThat;
import static org.netchannel.optimized.tcp.ScriptedPeer.MILLISECOND;
import static org.netchannel.optimized.tcp.ScriptedPeer.SECOND;

import java.lang.foreign.MemorySegment;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.netchannel.optimized.tcp.ScriptedPeer.Sent;
import org.netchannel.optimized.tcp.congestion.CongestionAlgorithm;
import org.netchannel.optimized.tcp.wire.TcpHeader;

/** What is given to a device that splits, and what is done when pieces of it are lost: worked by hand, as ever. */
@Timeout(60)
class LargeSegmentsTest {
    private static final int BUFFER_BYTES = 1 << 17;

    private ScriptedPeer peer;
    private TcpConnection connection;

    private void connect(Settings settings, int segmentBytes) {
        peer = new ScriptedPeer(settings.with(Setting.MTU, segmentBytes + 40), BUFFER_BYTES);
        peer.splits = true;
        peer.withMss(segmentBytes).withSackPermitted().withScale(2);
        connection = peer.accept(peer.host.listen(ScriptedPeer.PORT, 10));
    }

    private void connect() {
        connect(ScriptedPeer.plain().with(Setting.SACK, 1).with(Setting.WINDOW_SCALE, 1), 1_000);
    }

    private void write(int bytes) {
        assertThat(ScriptedPeer.write(peer, connection, bytes)).isEqualTo(bytes);
    }

    private void ack(int position) {
        peer.send(TcpHeader.ACK, 1, position, 0);
    }

    /** Position, length and the length of pieces of each segment since the last call. */
    private List<List<Integer>> sent() {
        return peer.drain().stream().map(it -> List.of(it.sequence(), it.length(), it.pieceBytes())).toList();
    }

    private static List<Integer> segment(int sequence, int length) {
        return List.of(sequence, length, 0);
    }

    private static List<Integer> large(int sequence, int length) {
        return List.of(sequence, length, 1_000);
    }

    /** RFC 6928: ten segments; then as many as the window has room for. */
    @Test
    void aWindowGoesOutAtOnce() {
        connect();
        write(50_000);
        assertThat(sent()).containsExactly(large(1, 10_000));
        assertThat(peer.host.counters().get(Counter.LARGE_SEGMENTS)).isEqualTo(1);
        // Slow start grows by one segment an acknowledgement: two are sent for each.
        ack(1_001);
        assertThat(sent()).containsExactly(large(10_001, 2_000));
        ack(10_001);
        assertThat(sent()).containsExactly(large(12_001, 10_000));
    }

    @Test
    void thePeersWindowIsKept() {
        connect();
        peer.window = 3_500 / 4;
        ack(1);
        write(50_000);
        assertThat(sent()).containsExactly(large(1, 3_000));
    }

    @Test
    void whatIsNoWholeSegmentGoesWithTheOthers() {
        connect();
        write(2_500);
        assertThat(sent()).containsExactly(large(1, 2_500));
        ack(2_501);
        write(1_999);
        assertThat(sent()).containsExactly(segment(2_501, 1_000), segment(3_501, 999));
    }

    /** RFC 9293, section 3.7.4: it waits until everything before it is acknowledged. */
    @Test
    void whatNagleHoldsBackIsHeldBack() {
        connect();
        connection.setNagle(true);
        write(2_500);
        assertThat(sent()).containsExactly(large(1, 2_000));
        ack(2_001);
        assertThat(sent()).containsExactly(segment(2_001, 500));
    }

    /** The window has room for more. */
    @ParameterizedTest
    @CsvSource({"63999, 63999", "64000, 64000", "64001, 64000", "65000, 64000"})
    void noSegmentHasMoreThanTheMostPieces(int bytes, int first) {
        connect();
        write(130_000);
        for (int acknowledged = 1_001; acknowledged <= 130_001; acknowledged += 1_000) {
            ack(acknowledged);
        }
        sent();
        write(bytes);
        List<List<Integer>> sent = sent();
        assertThat(sent.getFirst()).isEqualTo(large(130_001, first));
        assertThat(sent).hasSize(first < bytes ? 2 : 1);
    }

    @Test
    void nothingIsLargeForADeviceThatDoesNotSplit() {
        connect();
        peer.splits = false;
        write(3_000);
        assertThat(sent()).containsExactly(segment(1, 1_000), segment(1_001, 1_000), segment(2_001, 1_000));
    }

    @Test
    void anAcknowledgementInsideMeasuresTheRoundTrip() {
        connect();
        write(10_000);
        peer.after(30 * MILLISECOND);
        ack(4_001);
        // An eighth: that of the handshake was 0 (RFC 6298, rule 2.3).
        assertThat(connection.roundTrip.smoothed()).isEqualTo(30 * MILLISECOND / 8);
        assertThat(connection.unacknowledged - connection.initialSend).isEqualTo(4_001);
        assertThat(connection.recovery.pipe()).isEqualTo(6_000);
        // Half a piece is possible, too.
        ack(4_501);
        assertThat(connection.recovery.pipe()).isEqualTo(5_500);
    }

    /** RFC 6675: three segments arrived behind the lost one, though they were sent in one. */
    @Test
    void onlyTheLostPieceIsSentAgain() {
        connect();
        write(10_000);
        sent();
        ack(2_001);
        peer.withSack(3_001, 4_001);
        ack(2_001);
        peer.withSack(3_001, 5_001);
        ack(2_001);
        assertThat(sent()).as("two are not enough").isEmpty();
        peer.withSack(3_001, 6_001);
        ack(2_001);
        assertThat(sent()).containsExactly(segment(2_001, 1_000));
        assertThat(connection.recovery.mode()).isEqualTo(Recovery.Mode.RECOVERY);
        ack(10_001);
        assertThat(connection.recovery.mode()).isEqualTo(Recovery.Mode.OPEN);
        assertThat(peer.host.counters().get(Counter.RETRANSMISSIONS)).isEqualTo(1);
    }

    @Test
    void timeoutSendsOnePieceAgain() {
        connect();
        write(10_000);
        sent();
        peer.after(250 * MILLISECOND);
        assertThat(sent()).containsExactly(segment(1, 1_000));
        assertThat(connection.congestion.window()).isEqualTo(1_000);
        ack(10_001);
        assertThat(connection.sending.sent.isEmpty()).isTrue();
    }

    /** A device leaves PSH to the last piece, so that it has to be there only when nothing follows. */
    @Test
    void pshGoesWithTheLastOne() {
        connect();
        write(13_000);
        assertThat(peer.drain()).singleElement().matches(it -> !it.has(TcpHeader.PSH));
        ack(10_001);
        assertThat(peer.drain()).singleElement().matches(it -> it.length() == 3_000 && it.has(TcpHeader.PSH));
    }

    @Test
    void finGoesBehindIt() {
        connect();
        connection.send(MemorySegment.ofArray(new byte[3_000]), 0, 3_000);
        connection.shutdown();
        peer.transmit();
        List<Sent> sent = peer.drain();
        assertThat(sent).hasSize(2);
        assertThat(sent.get(0)).matches(it -> it.length() == 3_000 && !it.has(TcpHeader.FIN));
        assertThat(sent.get(1)).matches(it -> it.sequence() == 3_001 && it.length() == 0 && it.has(TcpHeader.FIN));
        ack(3_002);
        assertThat(connection.state()).isEqualTo(State.FIN_WAIT_2);
    }

    /** RFC 3168, section 6.1.2: once, with new data. */
    @Test
    void reductionIsToldByOneSegmentAndMarksMayBePutOnAll() {
        peer = new ScriptedPeer(ScriptedPeer.plain().with(CongestionAlgorithm.DCTCP), BUFFER_BYTES);
        peer.splits = true;
        TcpListener listener = peer.host.listen(ScriptedPeer.PORT, 10);
        peer.withMss(1_000).send(TcpHeader.SYN | TcpHeader.ECE | TcpHeader.CWR, 0, 0, 0);
        ack(1);
        peer.drain();
        connection = listener.accept();
        write(40_000);
        assertThat(peer.drain()).singleElement().matches(it -> it.length() == 10_000 && it.ecn() == 2);
        peer.send(TcpHeader.ACK | TcpHeader.ECE, 1, 10_001, 0);
        List<Sent> sent = peer.drain();
        assertThat(sent.get(0)).matches(it -> it.length() == 1_000 && it.has(TcpHeader.CWR));
        assertThat(sent.get(1)).matches(it -> it.length() > 1_000 && !it.has(TcpHeader.CWR));
    }

    /** RFC 5681, section 4.1: the window is the initial one again before anything goes out. */
    @Test
    void afterIdleTimeTheInitialWindowGoesOut() {
        connect();
        write(60_000);
        for (int acknowledged = 1_001; acknowledged <= 60_001; acknowledged += 1_000) {
            ack(acknowledged);
        }
        assertThat(connection.congestion.window()).isGreaterThan(20_000);
        sent();
        peer.after(5 * SECOND);
        write(50_000);
        assertThat(sent()).containsExactly(large(60_001, 10_000));
    }

    /** 64 pieces, which is what net_tap makes at most; or the 65,535 bytes of an IPv4 packet. */
    @Test
    void itIsNeverTooLargeForADevice() {
        assertThat(largest(1_000)).isEqualTo(64_000);
        assertThat(largest(1_460)).isEqualTo(44 * 1_460);
    }

    private int largest(int segmentBytes) {
        connect(ScriptedPeer.plain().with(Setting.SACK, 1).with(Setting.WINDOW_SCALE, 1)
                .with(Setting.SEND_BUFFER, 4 << 20), segmentBytes);
        int largest = 0;
        int acknowledged = 1;
        while (connection.congestion.window() < 150_000) {
            ScriptedPeer.write(peer, connection, 100_000);
            for (Sent sent : peer.drain()) {
                largest = Math.max(largest, sent.length());
                acknowledged = Math.max(acknowledged, sent.sequence() + sent.length());
            }
            ack(acknowledged);
        }
        return largest;
    }
}
