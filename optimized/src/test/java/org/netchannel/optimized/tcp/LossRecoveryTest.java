package org.netchannel.optimized.tcp;

import static org.assertj.core.api.Assertions.assertThat;
import static org.netchannel.optimized.tcp.ScriptedPeer.MILLISECOND;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.netchannel.optimized.tcp.ScriptedPeer.Sent;
import org.netchannel.optimized.tcp.wire.TcpHeader;

/** Which segments are sent again, when, and with which window: worked by hand with segments of 1,000 bytes. */
class LossRecoveryTest {
    private ScriptedPeer peer;
    private TcpConnection connection;

    private void connect(Settings settings, boolean sack) {
        peer = new ScriptedPeer(settings);
        peer.withMss(1_000);
        if (sack) {
            peer.withSackPermitted();
        }
        connection = peer.accept(peer.host.listen(ScriptedPeer.PORT, 10));
    }

    private List<Integer> sequences() {
        return peer.drain().stream().map(Sent::sequence).toList();
    }

    private void ack(int position) {
        peer.send(TcpHeader.ACK, 1, position, 0);
    }

    /** RFC 6928: ten segments; RFC 5681, section 3.1: then two for each that is acknowledged. */
    @Test
    void slowStartSendsTwoSegmentsForEachThatIsAcknowledged() {
        connect(ScriptedPeer.plain(), false);
        ScriptedPeer.write(peer, connection, 50_000);
        assertThat(sequences()).hasSize(10).startsWith(1, 1_001).endsWith(9_001);
        ack(1_001);
        assertThat(sequences()).containsExactly(10_001, 11_001);
        ack(2_001);
        assertThat(sequences()).containsExactly(12_001, 13_001);
    }

    /** RFC 6582, section 3.2, and RFC 3042. */
    @Test
    void thirdDuplicateSendsTheFirstSegmentAgainAndHalvesTheWindow() {
        connect(ScriptedPeer.plain(), false);
        ScriptedPeer.write(peer, connection, 50_000);
        sequences();
        ack(1);
        assertThat(sequences()).as("limited transmit").containsExactly(10_001);
        ack(1);
        assertThat(sequences()).as("limited transmit").containsExactly(11_001);
        ack(1);
        assertThat(sequences()).containsExactly(1);
        // FlightSize was 12,000.
        assertThat(connection.congestion.window()).isEqualTo(6_000);
        assertThat(connection.congestion.slowStartThreshold()).isEqualTo(6_000);
        assertThat(connection.recovery.mode()).isEqualTo(Recovery.Mode.RECOVERY);

        // ssthresh + 3 segments are less than the 12 in flight: three more duplicates change nothing, the next do.
        ack(1);
        ack(1);
        ack(1);
        assertThat(sequences()).isEmpty();
        ack(1);
        assertThat(sequences()).containsExactly(12_001);

        // A partial acknowledgement: the next hole is sent at once, and one new segment.
        ack(3_001);
        assertThat(sequences()).startsWith(3_001);
        assertThat(connection.recovery.mode()).isEqualTo(Recovery.Mode.RECOVERY);

        ack(12_001);
        assertThat(connection.recovery.mode()).isEqualTo(Recovery.Mode.OPEN);
        assertThat(connection.congestion.window()).isEqualTo(6_000);
    }

    /** RFC 5681, section 3.2: duplicates below three are reordering. */
    @Test
    void twoDuplicatesChangeNothing() {
        connect(ScriptedPeer.plain(), false);
        ScriptedPeer.write(peer, connection, 10_000);
        sequences();
        ack(1);
        ack(1);
        ack(10_001);
        assertThat(sequences()).isEmpty();
        assertThat(peer.host.counters().get(Counter.RETRANSMISSIONS)).isZero();
    }

    /** RFC 6675: the first of three SACKed segments' predecessors is lost; nothing that is SACKed is sent again. */
    @Test
    void sackedSegmentsAreNotSentAgain() {
        connect(ScriptedPeer.plain().with(Setting.SACK, 1), true);
        ScriptedPeer.write(peer, connection, 10_000);
        sequences();
        // 1 and 4,001 are lost.
        peer.withSack(1_001, 2_001).send(TcpHeader.ACK, 1, 1, 0);
        peer.withSack(1_001, 3_001).send(TcpHeader.ACK, 1, 1, 0);
        assertThat(sequences()).isEmpty();
        peer.withSack(1_001, 4_001).send(TcpHeader.ACK, 1, 1, 0);
        assertThat(sequences()).containsExactly(1);
        assertThat(connection.congestion.window()).isEqualTo(5_000);
        peer.withSack(5_001, 7_001).send(TcpHeader.ACK, 1, 1, 0);
        assertThat(sequences()).isEmpty();
        // pipe: 10 in flight, 6 SACKed, 2 lost, 1 sent again: 3 < 5.
        peer.withSack(5_001, 8_001).send(TcpHeader.ACK, 1, 1, 0);
        assertThat(sequences()).containsExactly(4_001);
        ack(10_001);
        assertThat(connection.recovery.mode()).isEqualTo(Recovery.Mode.OPEN);
        assertThat(connection.recovery.pipe()).isZero();
        assertThat(peer.host.counters().get(Counter.RETRANSMISSIONS)).isEqualTo(2);
    }

    /** RFC 6298, section 5: 200 ms at least here, doubled each time; RFC 5681: one segment is left of the window. */
    @Test
    void timeoutsAreDoubledAndLeaveOneSegment() {
        connect(ScriptedPeer.plain(), false);
        ScriptedPeer.write(peer, connection, 4_000);
        long began = peer.now;
        assertThat(sequences()).hasSize(4);
        peer.after(1_500 * MILLISECOND);
        List<Sent> again = peer.drain();
        assertThat(again).extracting(it -> (it.atNs() - began) / MILLISECOND).containsExactly(200L, 600L, 1_400L);
        assertThat(again).extracting(Sent::sequence).containsOnly(1);
        assertThat(connection.congestion.window()).isEqualTo(1_000);
        assertThat(connection.congestion.slowStartThreshold()).isEqualTo(2_000);
        // What comes now slow starts: two segments for the one that was acknowledged.
        ack(1_001);
        assertThat(sequences()).containsExactly(1_001, 2_001);
    }

    /** RFC 6298, section 3: Karn's algorithm; without timestamps nothing that was sent twice is measured. */
    @Test
    void whatWasSentTwiceIsNotMeasured() {
        connect(ScriptedPeer.plain(), false);
        ScriptedPeer.write(peer, connection, 1_000);
        long smoothed = connection.roundTrip.smoothed();
        peer.after(250 * MILLISECOND);
        ack(1_001);
        assertThat(connection.roundTrip.smoothed()).isEqualTo(smoothed);
        ScriptedPeer.write(peer, connection, 1_000);
        peer.after(80 * MILLISECOND);
        ack(2_001);
        assertThat(connection.roundTrip.smoothed()).isGreaterThan(smoothed);
    }

    /** RFC 9293, section 3.8.3: R2. */
    @Test
    void peerThatIsSilentForTooLongIsGivenUp() {
        connect(ScriptedPeer.plain(), false);
        ScriptedPeer.write(peer, connection, 1_000);
        peer.after(119_999 * MILLISECOND);
        assertThat(connection.state()).isEqualTo(State.ESTABLISHED);
        peer.after(2 * MILLISECOND);
        assertThat(connection.state()).isEqualTo(State.CLOSED);
        assertThat(connection.failure()).isEqualTo(TcpConnection.Failure.TIMEOUT);
        assertThat(peer.pool.freeBuffers()).isEqualTo(2_000);
    }

    /** RFC 3168, section 6.1.2, and RFC 9438's share: once for a window, and CWR says so. */
    @Test
    void congestionEchoReducesTheWindowOnceAndIsConfirmed() {
        peer = new ScriptedPeer(ScriptedPeer.plain().with(Setting.ECN, 1));
        TcpListener listener = peer.host.listen(ScriptedPeer.PORT, 10);
        peer.withMss(1_000).send(TcpHeader.SYN | TcpHeader.ECE | TcpHeader.CWR, 0, 0, 0);
        assertThat(peer.drain().getFirst().has(TcpHeader.ECE | TcpHeader.SYN)).isTrue();
        ack(1);
        connection = listener.accept();
        ScriptedPeer.write(peer, connection, 40_000);
        assertThat(peer.drain()).allMatch(it -> it.ecn() == 2).hasSize(10);
        peer.send(TcpHeader.ACK | TcpHeader.ECE, 1, 1_001, 0);
        assertThat(connection.congestion.window()).isEqualTo(4_500);
        peer.send(TcpHeader.ACK | TcpHeader.ECE, 1, 2_001, 0);
        assertThat(connection.congestion.window()).isLessThan(6_000);
        ack(9_001);
        assertThat(peer.drain().getFirst().has(TcpHeader.CWR)).isTrue();
    }
}
