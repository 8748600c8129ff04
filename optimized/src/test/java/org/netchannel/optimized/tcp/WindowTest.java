package org.netchannel.optimized.tcp;

import static org.assertj.core.api.Assertions.assertThat;
import static org.netchannel.optimized.tcp.ScriptedPeer.MILLISECOND;
import static org.netchannel.optimized.tcp.ScriptedPeer.SECOND;

import java.lang.foreign.MemorySegment;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.netchannel.optimized.tcp.ScriptedPeer.Sent;
import org.netchannel.optimized.tcp.wire.TcpHeader;

/** Windows, acknowledgements and small segments (RFC 9293, section 3.8.6). */
class WindowTest {
    private ScriptedPeer peer = new ScriptedPeer(ScriptedPeer.plain());
    private TcpConnection connection = peer.accept();
    private final MemorySegment bytes = MemorySegment.ofArray(new byte[100_000]);

    private void ack(int position, int window) {
        peer.window = window;
        peer.send(TcpHeader.ACK, 1, position, 0);
    }

    /** Section 3.8.6.1: the first probe after a retransmission timeout, then doubled; one byte each. */
    @Test
    void shutWindowIsProbedMoreAndMoreSeldom() {
        ack(1, 0);
        ScriptedPeer.write(peer, connection, 5_000);
        assertThat(peer.drain()).isEmpty();
        long began = peer.now;
        peer.after(3_200 * MILLISECOND);
        List<Sent> probes = peer.drain();
        assertThat(probes).extracting(it -> (it.atNs() - began) / MILLISECOND)
                .containsExactly(200L, 600L, 1_400L, 3_000L);
        assertThat(probes).allMatch(it -> it.length() == 1 && it.sequence() == 1);
        assertThat(connection.congestion.window()).as("nothing was lost").isEqualTo(10_000);

        ack(1, 60_000);
        assertThat(peer.drain()).extracting(Sent::sequence).containsExactly(1, 2, 1_001, 2_001, 3_001, 4_001);
    }

    /** MUST-37: as long as the peer answers, it may keep its window shut. */
    @Test
    void peerThatAnswersProbesIsNotGivenUp() {
        ack(1, 0);
        ScriptedPeer.write(peer, connection, 5_000);
        for (int i = 0; i < 60; i++) {
            peer.after(60 * SECOND);
            ack(1, 0);
        }
        assertThat(connection.state()).isEqualTo(State.ESTABLISHED);
        peer.after(200 * SECOND);
        assertThat(connection.failure()).isEqualTo(TcpConnection.Failure.TIMEOUT);
    }

    @Test
    void probeThatIsTakenCountsAsSent() {
        ack(1, 0);
        ScriptedPeer.write(peer, connection, 3_000);
        peer.after(250 * MILLISECOND);
        peer.drain();
        ack(2, 60_000);
        assertThat(peer.drain()).extracting(Sent::sequence).containsExactly(2, 1_001, 2_001);
    }

    /** Section 3.8.6.2.1: a window of less than a segment and half the largest is not used at once. */
    @Test
    void sillyWindowIsNotFilled() {
        ack(1, 500);
        ScriptedPeer.write(peer, connection, 5_000);
        assertThat(peer.drain()).isEmpty();
        peer.after(250 * MILLISECOND);
        assertThat(peer.drain()).singleElement().satisfies(it -> assertThat(it.length()).isEqualTo(500));
        // The rest of the buffer, and no more: half a segment is left of the window.
        ack(501, 1_000);
        assertThat(peer.drain()).singleElement().satisfies(it -> assertThat(it.length()).isEqualTo(500));
    }

    /** Section 3.7.4. */
    @Test
    void nagleHoldsSmallSegmentsUntilEverythingIsAcknowledged() {
        connection.setNagle(true);
        ScriptedPeer.write(peer, connection, 10);
        assertThat(peer.drain()).hasSize(1);
        ScriptedPeer.write(peer, connection, 10);
        ScriptedPeer.write(peer, connection, 10);
        assertThat(peer.drain()).isEmpty();
        ack(11, 60_000);
        assertThat(peer.drain()).singleElement().satisfies(it -> assertThat(it.length()).isEqualTo(20));
        connection.setNagle(false);
        ScriptedPeer.write(peer, connection, 10);
        assertThat(peer.drain()).hasSize(1);
    }

    /** Section 3.8.6.3; RFC 5681, section 4.2: every second full segment, and the others a little later. */
    @Test
    void acknowledgementsAreDelayedButNotTheSecond() {
        long began = peer.now;
        peer.send(TcpHeader.ACK, 1, 1, 1_000);
        assertThat(peer.drain()).isEmpty();
        peer.send(TcpHeader.ACK, 1_001, 1, 1_000);
        assertThat(peer.drain()).singleElement().satisfies(it -> assertThat(it.ack()).isEqualTo(2_001));
        peer.send(TcpHeader.ACK, 2_001, 1, 1_000);
        peer.after(100 * MILLISECOND);
        assertThat(peer.drain()).singleElement().satisfies(it -> {
            assertThat(it.ack()).isEqualTo(3_001);
            assertThat(it.atNs() - began).isEqualTo(40 * MILLISECOND);
        });
    }

    /** RFC 5681, section 4.2: what comes out of order is acknowledged at once, and what fills the gap, too. */
    @Test
    void segmentOutOfOrderIsAcknowledgedAtOnce() {
        peer.send(TcpHeader.ACK, 1_001, 1, 1_000).send(TcpHeader.ACK, 2_001, 1, 1_000);
        assertThat(peer.drain()).hasSize(2).allMatch(it -> it.ack() == 1 && it.length() == 0);
        peer.send(TcpHeader.ACK, 1, 1, 1_000);
        assertThat(peer.drain()).singleElement().satisfies(it -> assertThat(it.ack()).isEqualTo(3_001));
        assertThat(connection.readable()).isEqualTo(3_000);
    }

    /** RFC 2018, section 4: the block that changed last comes first. */
    @Test
    void blocksThatCameTooEarlyAreTold() {
        peer = new ScriptedPeer(ScriptedPeer.plain().with(Setting.SACK, 1));
        connection = peer.withMss(1_000).withSackPermitted().accept(peer.host.listen(ScriptedPeer.PORT, 1));
        peer.send(TcpHeader.ACK, 1_001, 1, 500).send(TcpHeader.ACK, 3_001, 1, 500);
        Sent last = peer.drain().getLast();
        assertThat(last.sackBlocks()).isEqualTo(2);
        assertThat(last.firstSackLeft()).isEqualTo(3_001);
        assertThat(last.firstSackRight()).isEqualTo(3_501);
        peer.send(TcpHeader.ACK, 1_501, 1, 500);
        last = peer.drain().getLast();
        assertThat(last.firstSackLeft()).isEqualTo(1_001);
        assertThat(last.firstSackRight()).isEqualTo(2_001);
        peer.send(TcpHeader.ACK, 1, 1, 1_000);
        last = peer.drain().getLast();
        assertThat(last.ack()).isEqualTo(2_001);
        assertThat(last.sackBlocks()).isEqualTo(1);
    }

    /** Section 3.8.6.2.2: the window is opened by a segment or half the buffer, not byte by byte. */
    @Test
    void windowThatOpensALittleIsNotAnnounced() {
        peer = new ScriptedPeer(ScriptedPeer.plain().with(Setting.RECEIVE_BUFFER, 4_096));
        connection = peer.accept();
        for (int i = 0; i < 4; i++) {
            peer.send(TcpHeader.ACK, 1 + 1_000 * i, 1, 1_000);
        }
        peer.send(TcpHeader.ACK, 4_001, 1, 1_000);
        assertThat(connection.readable()).as("what fits").isEqualTo(4_096);
        assertThat(peer.drain().getLast().window()).isZero();
        connection.receive(bytes, 0, 900);
        peer.transmit();
        assertThat(peer.drain()).isEmpty();
        connection.receive(bytes, 0, 200);
        peer.transmit();
        assertThat(peer.drain()).singleElement().satisfies(it -> assertThat(it.window()).isEqualTo(1_100));
    }

    /** MUST-66: a shut window does not keep acknowledgements and resets out. */
    @Test
    void acknowledgementsAreHeardWhileTheWindowIsShut() {
        peer = new ScriptedPeer(ScriptedPeer.plain().with(Setting.RECEIVE_BUFFER, 4_096));
        connection = peer.accept();
        ScriptedPeer.write(peer, connection, 1_000);
        for (int i = 0; i < 5; i++) {
            peer.send(TcpHeader.ACK, 1 + 1_000 * i, 1, 1_000);
        }
        assertThat(connection.readable()).isEqualTo(4_096);
        peer.send(TcpHeader.ACK, 4_097, 1_001, 1);
        assertThat(connection.unacknowledged).isEqualTo(connection.nextSend);
        assertThat(connection.readable()).isEqualTo(4_096);
        peer.send(TcpHeader.RST, 4_097, 0, 0);
        assertThat(connection.failure()).isEqualTo(TcpConnection.Failure.RESET);
    }
}
