package org.netchannel.optimized.tcp;

import static org.assertj.core.api.Assertions.assertThat;
import static org.netchannel.optimized.tcp.ScriptedPeer.SECOND;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.netchannel.optimized.tcp.ScriptedPeer.Sent;
import org.netchannel.optimized.tcp.wire.TcpHeader;

/** Establishing connections, and what may go wrong with that (RFC 9293, section 3.5). */
class HandshakeTest {
    private static final int SYN_ACK = TcpHeader.SYN | TcpHeader.ACK;
    private ScriptedPeer peer = new ScriptedPeer(ScriptedPeer.plain());

    private TcpConnection connect() {
        TcpConnection connection = peer.host.connect(ScriptedPeer.PEER, 5_000);
        peer.transmit();
        return connection;
    }

    private Sent only() {
        List<Sent> all = peer.drain();
        assertThat(all).hasSize(1);
        return all.getFirst();
    }

    @Test
    void listenerAnswersSynAndEstablishesWithTheLastAck() {
        TcpListener listener = peer.host.listen(ScriptedPeer.PORT, 10);
        peer.withMss(1_000).send(TcpHeader.SYN, 0, 0, 0);
        Sent answer = only();
        assertThat(answer.flags()).isEqualTo(SYN_ACK);
        assertThat(answer.ack()).isEqualTo(1);
        assertThat(answer.mss()).isEqualTo(1_000);
        assertThat(listener.accept()).isNull();
        peer.send(TcpHeader.ACK, 1, 1, 0);
        assertThat(listener.accept().state()).isEqualTo(State.ESTABLISHED);
        assertThat(peer.drain()).isEmpty();
    }

    /** RFC 6298: one second at first, doubled; RFC 9293, MUST-23: three minutes in all. */
    @Test
    void synIsRepeatedAndInTheEndGivenUp() {
        TcpConnection connection = connect();
        long began = peer.now;
        peer.after(179 * SECOND);
        assertThat(peer.drain()).allMatch(it -> it.flags() == TcpHeader.SYN)
                .extracting(it -> (it.atNs() - began) / SECOND)
                .containsExactly(0L, 1L, 3L, 7L, 15L, 31L, 63L, 123L);
        assertThat(connection.state()).isEqualTo(State.SYN_SENT);
        peer.after(2 * SECOND);
        assertThat(connection.failure()).isEqualTo(TcpConnection.Failure.TIMEOUT);
        assertThat(peer.host.tcp().connections()).isZero();
    }

    /** RFC 5681, section 3.1, and RFC 6298, rule 5.7. */
    @Test
    void afterALostSynTheWindowIsOneSegmentAndTheTimeoutThreeSeconds() {
        TcpConnection connection = connect();
        peer.after(1_100 * ScriptedPeer.MILLISECOND);
        peer.withMss(1_000).send(SYN_ACK, 0, 1, 0);
        assertThat(connection.state()).isEqualTo(State.ESTABLISHED);
        assertThat(connection.congestion.window()).isEqualTo(1_000);
        assertThat(connection.roundTrip.timeout()).isEqualTo(3 * SECOND);
    }

    /** Section 3.10.7.3. */
    @Test
    void acknowledgementOfWhatWasNotSentIsAnsweredByReset() {
        TcpConnection connection = connect();
        peer.drain();
        peer.send(SYN_ACK, 0, 2, 0);
        Sent reset = only();
        assertThat(reset.flags()).isEqualTo(TcpHeader.RST);
        assertThat(reset.sequence()).isEqualTo(2);
        assertThat(connection.state()).isEqualTo(State.SYN_SENT);
        peer.send(TcpHeader.RST | TcpHeader.ACK, 0, 2, 0);
        peer.send(TcpHeader.RST, 0, 0, 0);
        assertThat(connection.state()).isEqualTo(State.SYN_SENT);
        peer.send(TcpHeader.RST | TcpHeader.ACK, 0, 1, 0);
        assertThat(connection.failure()).isEqualTo(TcpConnection.Failure.REFUSED);
    }

    /** Section 3.10.7.1. */
    @Test
    void segmentForNobodyIsAnsweredByReset() {
        peer.send(TcpHeader.SYN, 0, 0, 0);
        Sent reset = only();
        assertThat(reset.flags()).isEqualTo(TcpHeader.RST | TcpHeader.ACK);
        assertThat(reset.ack()).isEqualTo(1);
        peer.send(TcpHeader.ACK, 5, 77, 10);
        reset = only();
        assertThat(reset.flags()).isEqualTo(TcpHeader.RST);
        assertThat(reset.sequence()).isEqualTo(77);
        peer.send(TcpHeader.RST, 5, 0, 0);
        assertThat(peer.drain()).isEmpty();
    }

    @Test
    void synThatComesAgainIsAnsweredAgain() {
        peer.host.listen(ScriptedPeer.PORT, 10);
        peer.send(TcpHeader.SYN, 0, 0, 0).send(TcpHeader.SYN, 0, 0, 0);
        assertThat(peer.drain()).hasSize(2).allMatch(it -> it.flags() == SYN_ACK && it.sequence() == 0);
        assertThat(peer.host.tcp().connections()).isEqualTo(1);
    }

    /** Section 3.10.7.4, SYN_RECEIVED: a reset takes a child back. */
    @Test
    void resetOfAHalfOpenConnectionForgetsIt() {
        TcpListener listener = peer.host.listen(ScriptedPeer.PORT, 10);
        peer.send(TcpHeader.SYN, 0, 0, 0).send(TcpHeader.RST, 1, 0, 0);
        assertThat(listener.halfOpen()).isZero();
        assertThat(peer.host.tcp().connections()).isZero();
    }

    /** A SYN flood takes a bounded number of connections, and who is honest still gets through. */
    @Test
    void synFloodIsBounded() {
        peer = new ScriptedPeer(ScriptedPeer.plain().with(Setting.SYN_BACKLOG, 20));
        TcpListener listener = peer.host.listen(ScriptedPeer.PORT, 10);
        for (int port = 10_000; port < 12_000; port++) {
            peer.peerPort = port;
            peer.send(TcpHeader.SYN, 0, 0, 0);
        }
        assertThat(listener.halfOpen()).isEqualTo(20);
        assertThat(peer.host.tcp().connections()).isEqualTo(20);
        assertThat(peer.host.counters().get(Counter.HALF_OPEN_EVICTED)).isEqualTo(1_980);
        peer.peerPort = 5_000;
        assertThat(peer.accept(listener)).isNotNull();
    }

    @Test
    void fullAcceptQueueTakesNoMore() {
        TcpListener listener = peer.host.listen(ScriptedPeer.PORT, 2);
        for (int port = 1; port <= 4; port++) {
            peer.peerPort = port;
            peer.send(TcpHeader.SYN, 0, 0, 0).send(TcpHeader.ACK, 1, 1, 0);
        }
        assertThat(peer.host.counters().get(Counter.ACCEPT_QUEUE_FULL)).isPositive();
        assertThat(listener.accept()).isNotNull();
        assertThat(listener.accept()).isNotNull();
        assertThat(listener.accept()).isNull();
    }

    @Test
    void closingAListenerResetsWhatWasNotAccepted() {
        TcpListener listener = peer.host.listen(ScriptedPeer.PORT, 10);
        peer.send(TcpHeader.SYN, 0, 0, 0).send(TcpHeader.ACK, 1, 1, 0);
        peer.peerPort++;
        peer.send(TcpHeader.SYN, 0, 0, 0);
        peer.drain();
        listener.close();
        peer.transmit();
        assertThat(peer.drain()).hasSize(2).allMatch(it -> it.has(TcpHeader.RST));
        assertThat(peer.host.tcp().connections()).isZero();
        assertThat(peer.host.listen(ScriptedPeer.PORT, 1)).isNotNull();
    }

    /** RFC 7323, section 2.2: both or none, and never on a segment with SYN. */
    @ParameterizedTest
    @CsvSource({"0, 1000", "7, 128000", "14, 16384000", "255, 16384000"})
    void windowIsScaledByWhatThePeerSays(int shift, long window) {
        peer = new ScriptedPeer(ScriptedPeer.plain().with(Setting.WINDOW_SCALE, 1));
        TcpListener listener = peer.host.listen(ScriptedPeer.PORT, 10);
        peer.window = 1_000;
        peer.withScale(shift).send(TcpHeader.SYN, 0, 0, 0);
        assertThat(only().window()).isEqualTo(65_535);
        peer.send(TcpHeader.ACK, 1, 1, 0);
        TcpConnection connection = listener.accept();
        assertThat(connection.sendWindow).isEqualTo(window);
        peer.send(TcpHeader.ACK, 1, 1, 500).send(TcpHeader.ACK, 501, 1, 500);
        assertThat(peer.drain().getLast().window()).isBetween((1 << 20) - 2_000 >> 5, 1 << 20 >> 5);
    }

    @Test
    void windowIsNotScaledWhenThePeerDoesNotAsk() {
        peer = new ScriptedPeer(ScriptedPeer.plain().with(Setting.WINDOW_SCALE, 1));
        TcpConnection connection = peer.accept();
        assertThat(connection.sendShift).isZero();
        peer.send(TcpHeader.ACK, 1, 1, 500).send(TcpHeader.ACK, 501, 1, 500);
        assertThat(peer.drain().getLast().window()).isEqualTo(65_535);
    }

    /** RFC 9293, MUST-15, and a hostile peer. */
    @ParameterizedTest
    @CsvSource({"-1, 536", "0, 64", "63, 64", "500, 500", "65535, 1000"})
    void segmentSizeIsBetweenItsBounds(int announced, int segment) {
        TcpListener listener = peer.host.listen(ScriptedPeer.PORT, 10);
        if (announced >= 0) {
            peer.withMss(announced);
        }
        assertThat(peer.accept(listener).segmentBytes).isEqualTo(segment);
    }

    /** RFC 6528: numbers of one pair of ends grow with time, those of others tell nothing. */
    @Test
    void initialSequenceNumbersGrowByAQuarterOfAMillionASecond() {
        InitialSequence sequences = new InitialSequence(1, 2);
        Flow flow = new Flow().setIpv4(1, 2, 3, 4);
        long first = sequences.of(flow, 0);
        assertThat(sequences.of(flow, SECOND) - first & 0xffff_ffffL).isEqualTo(250_000);
        assertThat(sequences.of(new Flow().setIpv4(1, 2, 3, 5), 0)).isNotEqualTo(first);
        assertThat(new InitialSequence(1, 3).of(flow, 0)).isNotEqualTo(first);
        assertThat(first).isBetween(0L, 0xffff_ffffL);
    }

    /** Section 3.5, figure 7. */
    @Test
    void bothSidesConnectAtOnce() {
        SimulatedNetwork network = new SimulatedNetwork(1, Settings.DEFAULTS);
        // Both know where the other is.
        network.connect()[0].abort();
        network.run(SECOND);
        TcpConnection left = network.left.host.tcp().connect(
                new Flow().setIpv4(SimulatedNetwork.LEFT, 7, SimulatedNetwork.RIGHT, 8));
        TcpConnection right = network.right.host.tcp().connect(
                new Flow().setIpv4(SimulatedNetwork.RIGHT, 8, SimulatedNetwork.LEFT, 7));
        boolean[] crossed = new boolean[1];
        assertThat(network.runUntil(() -> left.state() == State.ESTABLISHED && right.state() == State.ESTABLISHED,
                () -> crossed[0] |= left.state() == State.SYN_RECEIVED && right.state() == State.SYN_RECEIVED,
                SECOND)).isTrue();
        assertThat(crossed[0]).isTrue();
        Application first = new Application(left, 1, 2, 100_000, 1);
        Application second = new Application(right, 2, 1, 100_000, 2);
        assertThat(network.runUntil(() -> first.isDone(100_000) && second.isDone(100_000), () -> {
            first.step();
            second.step();
        }, 10 * SECOND)).isTrue();
    }
}
