package org.netchannel.optimized.tcp;

import static org.assertj.core.api.Assertions.assertThat;
import static org.netchannel.optimized.tcp.ScriptedPeer.MILLISECOND;
import static org.netchannel.optimized.tcp.ScriptedPeer.SECOND;

import java.lang.foreign.MemorySegment;
import java.util.EnumSet;
import org.junit.jupiter.api.Test;
import org.netchannel.optimized.tcp.wire.TcpHeader;

/** Ending connections (RFC 9293, section 3.6), and asking whether the peer lives (section 3.8.4). */
class ClosingTest {
    private static final int FIN_ACK = TcpHeader.FIN | TcpHeader.ACK;
    private ScriptedPeer peer = new ScriptedPeer(ScriptedPeer.plain());
    private TcpConnection connection = peer.accept();
    private final MemorySegment bytes = MemorySegment.ofArray(new byte[10_000]);

    /** Figure 12, and two maximum segment lifetimes. */
    @Test
    void whoClosesFirstWaitsForAMinute() {
        connection.shutdown();
        peer.transmit();
        assertThat(connection.state()).isEqualTo(State.FIN_WAIT_1);
        assertThat(peer.drain()).singleElement().satisfies(it -> assertThat(it.flags()).isEqualTo(FIN_ACK));
        peer.send(TcpHeader.ACK, 1, 2, 0);
        assertThat(connection.state()).isEqualTo(State.FIN_WAIT_2);
        peer.send(FIN_ACK, 1, 2, 0);
        assertThat(connection.state()).isEqualTo(State.TIME_WAIT);
        assertThat(peer.drain().getLast().ack()).isEqualTo(2);
        peer.after(59 * SECOND);
        assertThat(connection.state()).isEqualTo(State.TIME_WAIT);
        // The peer's FIN comes again: its acknowledgement was lost. The minute begins anew.
        peer.send(FIN_ACK, 1, 2, 0);
        assertThat(peer.drain().getLast().ack()).isEqualTo(2);
        peer.after(59 * SECOND);
        assertThat(connection.state()).isEqualTo(State.TIME_WAIT);
        peer.after(2 * SECOND);
        assertThat(connection.state()).isEqualTo(State.CLOSED);
        assertThat(connection.failure()).isNull();
    }

    @Test
    void whoClosesSecondIsDoneWithTheLastAck() {
        peer.send(FIN_ACK, 1, 1, 0);
        assertThat(connection.state()).isEqualTo(State.CLOSE_WAIT);
        assertThat(connection.receive(bytes, 0, 10)).isEqualTo(TcpConnection.END_OF_STREAM);
        assertThat(ScriptedPeer.write(peer, connection, 1_000)).as("half-closed").isEqualTo(1_000);
        connection.shutdown();
        peer.transmit();
        assertThat(connection.state()).isEqualTo(State.LAST_ACK);
        peer.send(TcpHeader.ACK, 2, 1_001, 0);
        assertThat(connection.state()).isEqualTo(State.LAST_ACK);
        peer.send(TcpHeader.ACK, 2, 1_002, 0);
        assertThat(connection.state()).isEqualTo(State.CLOSED);
    }

    /** Section 3.10.7.1: there is no such connection any more, whoever had the last segment. */
    @Test
    void segmentsForAConnectionThatIsGoneAreAnsweredByReset() {
        peer.send(TcpHeader.RST | TcpHeader.ACK, 1, 1, 0);
        assertThat(connection.state()).isEqualTo(State.CLOSED);
        peer.drain();

        peer.send(TcpHeader.ACK, 1, 1, 10);

        assertThat(peer.drain()).singleElement().satisfies(it -> assertThat(it.flags()).isEqualTo(TcpHeader.RST));
    }

    /** Figure 13. */
    @Test
    void bothSidesCloseAtOnce() {
        connection.shutdown();
        peer.transmit();
        peer.send(FIN_ACK, 1, 1, 0);
        assertThat(connection.state()).isEqualTo(State.CLOSING);
        peer.send(TcpHeader.ACK, 2, 2, 0);
        assertThat(connection.state()).isEqualTo(State.TIME_WAIT);
    }

    @Test
    void twoHostsThatCloseAtOncePassThroughClosing() {
        SimulatedNetwork network = new SimulatedNetwork(1, Settings.DEFAULTS);
        TcpConnection[] ends = network.connect();
        EnumSet<State> seen = EnumSet.noneOf(State.class);
        ends[0].close();
        ends[1].close();
        assertThat(network.runUntil(() -> ends[0].state() == State.CLOSED && ends[1].state() == State.CLOSED,
                () -> seen.add(ends[0].state()), 100 * SECOND)).isTrue();
        assertThat(seen).contains(State.FIN_WAIT_1, State.CLOSING, State.TIME_WAIT);
    }

    @Test
    void finThatOvertakesDataWaitsForThem() {
        peer.send(FIN_ACK, 1_001, 1, 0);
        assertThat(connection.state()).isEqualTo(State.ESTABLISHED);
        peer.send(TcpHeader.ACK, 1, 1, 1_000);
        assertThat(connection.state()).isEqualTo(State.CLOSE_WAIT);
        assertThat(connection.receive(bytes, 0, 10_000)).isEqualTo(1_000);
        assertThat(connection.receive(bytes, 0, 10_000)).isEqualTo(TcpConnection.END_OF_STREAM);
    }

    @Test
    void dataBehindTheFinAreNotTaken() {
        peer.send(FIN_ACK, 501, 1, 0).send(TcpHeader.ACK, 1, 1, 1_000);
        assertThat(connection.readable()).isEqualTo(500);
    }

    /** RFC 1122, section 4.2.2.13. */
    @Test
    void dataThatNobodyWillReadAreAnsweredByReset() {
        connection.close();
        peer.transmit();
        peer.send(TcpHeader.ACK, 1, 2, 0).send(TcpHeader.ACK, 1, 2, 100);
        assertThat(peer.drain().getLast().has(TcpHeader.RST)).isTrue();
        assertThat(connection.state()).isEqualTo(State.CLOSED);
    }

    @Test
    void closingWithUnreadDataResets() {
        peer.send(TcpHeader.ACK, 1, 1, 100);
        connection.close();
        peer.transmit();
        assertThat(peer.drain().getLast().has(TcpHeader.RST)).isTrue();
        assertThat(peer.frames.freeBuffers()).isEqualTo(2_000);
    }

    @Test
    void peerThatNeverClosesIsForgottenAfterAMinute() {
        connection.close();
        peer.transmit();
        peer.send(TcpHeader.ACK, 1, 2, 0);
        assertThat(connection.state()).isEqualTo(State.FIN_WAIT_2);
        peer.after(59 * SECOND);
        assertThat(connection.state()).isEqualTo(State.FIN_WAIT_2);
        peer.after(2 * SECOND);
        assertThat(connection.state()).isEqualTo(State.CLOSED);
    }

    /** RFC 9293, MAY-2. */
    @Test
    void newConnectionMayTakeThePlaceOfOneInTimeWait() {
        connection.shutdown();
        peer.transmit();
        peer.send(FIN_ACK, 1, 2, 0);
        assertThat(connection.state()).isEqualTo(State.TIME_WAIT);
        peer.drain();
        peer.sendRaw(TcpHeader.SYN, ScriptedPeer.PEER_ISS, 0, 0);
        assertThat(connection.state()).as("an old SYN").isEqualTo(State.TIME_WAIT);
        peer.drain();
        peer.sendRaw(TcpHeader.SYN, ScriptedPeer.PEER_ISS + 1_000, 0, 0);
        assertThat(connection.state()).isEqualTo(State.CLOSED);
        assertThat(peer.drain()).singleElement()
                .satisfies(it -> assertThat(it.flags()).isEqualTo(TcpHeader.SYN | TcpHeader.ACK));
    }

    @Test
    void idlePeerIsAskedWhetherItLivesAndGivenUpWhenItIsSilent() {
        peer = new ScriptedPeer(ScriptedPeer.plain().with(Setting.KEEP_ALIVE, 100 * SECOND)
                .with(Setting.KEEP_ALIVE_INTERVAL, 10 * SECOND).with(Setting.KEEP_ALIVE_PROBES, 3));
        connection = peer.accept();
        peer.after(99 * SECOND);
        assertThat(peer.drain()).isEmpty();
        peer.after(2 * SECOND);
        assertThat(peer.drain()).singleElement().satisfies(it -> {
            assertThat(it.sequence()).isZero();
            assertThat(it.length()).isZero();
        });
        peer.send(TcpHeader.ACK, 1, 1, 0);
        peer.after(99 * SECOND);
        assertThat(peer.drain()).isEmpty();
        peer.after(30 * SECOND);
        assertThat(peer.drain()).hasSize(3);
        assertThat(connection.state()).isEqualTo(State.ESTABLISHED);
        peer.after(3 * SECOND);
        assertThat(connection.failure()).isEqualTo(TcpConnection.Failure.TIMEOUT);
    }

    @Test
    void keepAliveIsOffByDefault() {
        peer.after(1_000_000 * SECOND);
        assertThat(peer.drain()).isEmpty();
        assertThat(connection.state()).isEqualTo(State.ESTABLISHED);
    }

    @Test
    void finIsSentAgainUntilItIsAcknowledged() {
        connection.shutdown();
        peer.transmit();
        peer.after(700 * MILLISECOND);
        assertThat(peer.drain()).hasSize(3).allMatch(it -> it.flags() == FIN_ACK && it.sequence() == 1);
    }
}
