package org.netchannel.optimized.tcp;

import static org.assertj.core.api.Assertions.assertThat;
import static org.netchannel.optimized.tcp.ScriptedPeer.MILLISECOND;
import static org.netchannel.optimized.tcp.ScriptedPeer.SECOND;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.netchannel.optimized.tcp.wire.TcpHeader;

/** RFC 7323: timestamps, and sequence numbers that wrap. */
class TimestampTest {
    private final ScriptedPeer peer = new ScriptedPeer(ScriptedPeer.plain().with(Setting.TIMESTAMPS, 1));

    private TcpConnection accept(int value) {
        TcpListener listener = peer.host.listen(ScriptedPeer.PORT, 1);
        peer.withMss(1_000).withTimestamps(value, 0).send(TcpHeader.SYN, 0, 0, 0);
        peer.withTimestamps(value, 0).send(TcpHeader.ACK, 1, 1, 0);
        peer.drain();
        return listener.accept();
    }

    private void data(int value, int sequence) {
        peer.withTimestamps(value, 0).send(TcpHeader.ACK, sequence, 1, 100);
    }

    /** Section 5.3, R1: a clock value of the past is one of an old segment, also when the clock wraps. */
    @ParameterizedTest
    @CsvSource({"1000, 999, false", "1000, 1000, true", "1000, 1001, true", "-1, 0, true", "-1, -2, false",
        "0, -1, false", "2147483647, -2147483648, true", "5, -2147483644, true", "5, -2147483643, false"})
    void segmentWithAnOldTimestampIsDroppedAndAnswered(int recent, int value, boolean taken) {
        TcpConnection connection = accept(recent);
        data(value, 1);
        assertThat(connection.readable()).isEqualTo(taken ? 100 : 0);
        assertThat(peer.host.counters().get(Counter.OLD_TIMESTAMP)).isEqualTo(taken ? 0 : 1);
        if (!taken) {
            assertThat(peer.drain()).singleElement().satisfies(it -> assertThat(it.ack()).isEqualTo(1));
        }
    }

    /** Section 5.5: after 24 days the clock may have wrapped. */
    @Test
    void afterTwentyFourDaysAnyTimestampIsTaken() {
        TcpConnection connection = accept(1_000);
        peer.after(24L * 86_400 * SECOND + SECOND);
        data(999, 1);
        assertThat(connection.readable()).isEqualTo(100);
    }

    /** Section 3.2. */
    @Test
    void segmentWithoutATimestampIsDropped() {
        TcpConnection connection = accept(1_000);
        peer.send(TcpHeader.ACK, 1, 1, 100);
        assertThat(connection.readable()).isZero();
        assertThat(peer.host.counters().get(Counter.NO_TIMESTAMP)).isEqualTo(1);
        peer.send(TcpHeader.RST, 1, 0, 0);
        assertThat(connection.state()).as("but a reset needs none").isEqualTo(State.CLOSED);
    }

    /** Section 4.3: a segment behind a gap does not change what is echoed. */
    @Test
    void timestampOfASegmentOutOfOrderIsNotKept() {
        TcpConnection connection = accept(1_000);
        data(2_000, 101);
        assertThat(connection.recentTimestamp).isEqualTo(1_000);
        data(1_500, 1);
        assertThat(connection.recentTimestamp).isEqualTo(1_500);
    }

    /** Section 4.1: what was sent twice is measured by its timestamp. */
    @Test
    void whatWasSentTwiceIsMeasured() {
        TcpConnection connection = accept(1_000);
        ScriptedPeer.write(peer, connection, 988);
        peer.after(250 * MILLISECOND);
        int clock = peer.host.tcp().timestamp(connection);
        peer.after(30 * MILLISECOND);
        long before = connection.roundTrip.smoothed();
        peer.withTimestamps(1_001, clock).send(TcpHeader.ACK, 1, 989, 0);
        assertThat(connection.roundTrip.smoothed()).isNotEqualTo(before);
        assertThat(connection.roundTrip.timeout()).as("the backoff is over").isEqualTo(200 * MILLISECOND);
    }

    /** Positions go on where the 32 bits of the wire wrap, on both sides at once. */
    @Test
    void bytesArriveWhereSequenceNumbersWrap() {
        SimulatedNetwork network = new SimulatedNetwork(5, Settings.DEFAULTS);
        Flow flow = new Flow().setIpv4(SimulatedNetwork.LEFT, 7, SimulatedNetwork.RIGHT, 80);
        long first = network.left.host.tcp().sequences().of(flow, network.now);
        network.run(((1L << 32) - first - 300_000) * 4_000);
        network.setFaults(LinkFaults.NONE.withLoss(10_000).withReordering(20_000));
        TcpListener listener = network.right.host.listen(80, 1);
        TcpConnection client = network.left.host.tcp().connect(flow);
        TcpConnection[] server = new TcpConnection[1];
        network.runUntil(() -> (server[0] = listener.accept()) != null, () -> { }, 100 * SECOND);
        assertThat(client.initialSend).isBetween((1L << 32) - 1_000_000, (1L << 32) - 1);
        Application left = new Application(client, 1, 2, 2_000_000, 1);
        Application right = new Application(server[0], 2, 1, 1_000, 2);
        assertThat(network.runUntil(() -> left.isDone(1_000) && right.isDone(2_000_000), () -> {
            left.step();
            right.step();
        }, 1_000 * SECOND)).isTrue();
        assertThat(client.nextSend).isGreaterThan(1L << 32);
    }

    @Test
    void positionIsTheNearestOne() {
        assertThat(Position.near(5, -1)).isEqualTo(-1);
        assertThat(Position.near(0xffff_ffffL, 3)).isEqualTo(0x1_0000_0003L);
        assertThat(Position.near(0x1_0000_0003L, -1)).isEqualTo(0xffff_ffffL);
        assertThat(Position.near(1L << 40, Integer.MAX_VALUE)).isEqualTo((1L << 40) + Integer.MAX_VALUE);
    }
}
