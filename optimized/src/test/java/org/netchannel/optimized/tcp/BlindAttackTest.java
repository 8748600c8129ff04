package org.netchannel.optimized.tcp;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.netchannel.optimized.tcp.wire.TcpHeader;

/** RFC 5961: who does not see the segments of a connection can't end it or put bytes into it. */
class BlindAttackTest {
    private final ScriptedPeer peer = new ScriptedPeer(ScriptedPeer.plain());
    private TcpConnection connection;

    @BeforeEach
    void connect() {
        connection = peer.accept();
        assertThat(connection.state()).isEqualTo(State.ESTABLISHED);
    }

    private long count(Counter counter) {
        return peer.host.counters().get(counter);
    }

    private void expectChallenge() {
        assertThat(peer.drain()).singleElement().satisfies(it -> {
            assertThat(it.flags()).isEqualTo(TcpHeader.ACK);
            assertThat(it.sequence()).isEqualTo(1);
            assertThat(it.ack()).isEqualTo(1);
        });
        assertThat(connection.state()).isEqualTo(State.ESTABLISHED);
    }

    /** Section 3.2. */
    @Test
    void resetAtTheExactPositionEndsTheConnection() {
        peer.send(TcpHeader.RST, 1, 0, 0);
        assertThat(connection.state()).isEqualTo(State.CLOSED);
        assertThat(connection.failure()).isEqualTo(TcpConnection.Failure.RESET);
        assertThat(peer.drain()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(ints = {2, 100, 60_000, 65_535})
    void resetElsewhereInTheWindowIsChallenged(int sequence) {
        peer.send(TcpHeader.RST, sequence, 0, 0);
        expectChallenge();
        assertThat(count(Counter.CHALLENGED)).isEqualTo(1);
    }

    @ParameterizedTest
    @ValueSource(ints = {0, -1, 65_537, 1 << 30, 1 << 31})
    void resetOutsideOfTheWindowIsIgnored(int sequence) {
        peer.send(TcpHeader.RST, sequence, 0, 0);
        assertThat(peer.drain()).isEmpty();
        assertThat(connection.state()).isEqualTo(State.ESTABLISHED);
        assertThat(count(Counter.UNACCEPTABLE_SEGMENT)).isEqualTo(1);
    }

    /** Section 4.2. */
    @ParameterizedTest
    @ValueSource(ints = {1, 2, 30_000})
    void synInTheWindowIsChallenged(int sequence) {
        peer.send(TcpHeader.SYN, sequence, 0, 0);
        expectChallenge();
    }

    @Test
    void synOutsideOfTheWindowIsAcknowledged() {
        peer.send(TcpHeader.SYN, 1 << 30, 0, 0);
        expectChallenge();
    }

    /** Section 5.2: SEG.ACK over SND.NXT, or further below SND.UNA than the largest window. */
    @ParameterizedTest
    @ValueSource(ints = {2, 1 << 30, -ScriptedPeer.WINDOW, 1 << 31})
    void dataWithAnAcknowledgementThatCanNotBeIsNotTaken(int ack) {
        peer.send(TcpHeader.ACK, 1, ack, 100);
        expectChallenge();
        assertThat(connection.readable()).isZero();
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 0, 1 - ScriptedPeer.WINDOW})
    void dataWithAnOldAcknowledgementAreTaken(int ack) {
        peer.send(TcpHeader.ACK, 1, ack, 100);
        assertThat(connection.readable()).isEqualTo(100);
    }

    /** Section 7: ten in five seconds. */
    @Test
    void challengesAreLimited() {
        for (int i = 0; i < 30; i++) {
            peer.send(TcpHeader.RST, 100, 0, 0);
        }
        assertThat(peer.drain()).hasSize(10);
        assertThat(count(Counter.ANSWERS_SUPPRESSED)).isEqualTo(20);
        peer.after(5 * ScriptedPeer.SECOND).send(TcpHeader.RST, 100, 0, 0);
        assertThat(peer.drain()).hasSize(1);
    }
}
