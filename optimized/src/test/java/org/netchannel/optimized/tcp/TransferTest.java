package org.netchannel.optimized.tcp;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Named;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.netchannel.optimized.tcp.congestion.CongestionAlgorithm;

/** Whatever the link does: every byte arrives, in order and intact, both ways at once, and nothing is left behind. */
class TransferTest {
    private static final long MINUTE = 60_000_000_000L;

    static Stream<Arguments> linksAndSettings() {
        LinkFaults link = LinkFaults.NONE;
        List<Named<LinkFaults>> links = List.of(
                Named.of("no fault", link),
                Named.of("0.1 % loss", link.withLoss(1_000)),
                Named.of("1 % loss", link.withLoss(10_000)),
                Named.of("5 % loss", link.withLoss(50_000)),
                Named.of("5 % duplication", link.withDuplication(50_000)),
                Named.of("10 % reordering", link.withReordering(100_000)),
                Named.of("1 % corruption", link.withCorruption(10_000)),
                Named.of("a slow link with a short queue", link.withRate(100_000_000, 20)),
                Named.of("everything", link.withLoss(10_000).withDuplication(10_000).withReordering(50_000)
                        .withCorruption(10_000).withRate(1_000_000_000, 50)));
        List<Arguments> all = new ArrayList<>();
        long seed = 1;
        for (Named<LinkFaults> one : links) {
            for (CongestionAlgorithm algorithm : CongestionAlgorithm.values()) {
                all.add(Arguments.of(seed++, one, Settings.DEFAULTS.with(algorithm)));
            }
            Settings old = Settings.DEFAULTS.with(CongestionAlgorithm.NEW_RENO);
            all.add(Arguments.of(seed++, one, old.with(Setting.SACK, 0)));
            all.add(Arguments.of(seed++, one, old.with(Setting.SACK, 0).with(Setting.TIMESTAMPS, 0)
                    .with(Setting.WINDOW_SCALE, 0)));
            all.add(Arguments.of(seed++, one, old.with(Setting.MTU, 9_000).with(Setting.NAGLE, 0)));
            all.add(Arguments.of(seed++, one, old.with(Setting.MTU, 65_535)));
            all.add(Arguments.of(seed++, one, old.with(Setting.RECEIVE_BUFFER, 20_000)
                    .with(Setting.SEND_BUFFER, 8_000)));
        }
        return all.stream();
    }

    @ParameterizedTest
    @MethodSource("linksAndSettings")
    void everyByteArrivesInOrderAndIntactBothWaysAtOnce(long seed, LinkFaults faults, Settings settings) {
        transfer(seed, faults, new SimulatedNetwork(seed, settings));
    }

    /** Single pieces of large segments are lost, repeated, overtaken, damaged. */
    @ParameterizedTest
    @MethodSource("linksAndSettings")
    void theSameWithDevicesThatSplitLargeSegments(long seed, LinkFaults faults, Settings settings) {
        SimulatedNetwork network = SimulatedNetwork.splitting(seed, settings, 1 << 16);
        transfer(seed, faults, network);
        boolean large = settings.get(Setting.MTU) < 20_000 && settings.get(Setting.SEND_BUFFER) > 10_000;
        if (large) {
            assertThat(network.left.host.counters().get(Counter.LARGE_SEGMENTS)).isPositive();
            assertThat(network.right.host.counters().get(Counter.LARGE_SEGMENTS)).isPositive();
        }
    }

    private static void transfer(long seed, LinkFaults faults, SimulatedNetwork network) {
        long bytes = 1_500_000;
        network.setFaults(faults);
        TcpConnection[] ends = network.connect();
        Application client = new Application(ends[0], 1, 2, bytes, seed);
        Application server = new Application(ends[1], 2, 1, bytes / 2, seed + 1);
        boolean done = network.runUntil(() -> client.isDone(bytes / 2) && server.isDone(bytes), () -> {
            client.step();
            server.step();
        }, 20 * MINUTE);
        assertThat(done).as("seed %d: sent %d and %d, received %d and %d, states %s and %s, failures %s and %s", seed,
                client.sent, server.sent, client.received, server.received, ends[0].state(), ends[1].state(),
                ends[0].failure(), ends[1].failure()).isTrue();
        network.run(30 * MINUTE);
        assertThat(ends[0].state()).as("seed %d", seed).isEqualTo(State.CLOSED);
        assertThat(ends[1].state()).as("seed %d", seed).isEqualTo(State.CLOSED);
        assertThat(network.left.host.tcp().connections() + network.right.host.tcp().connections()).isZero();
        assertThat(network.isClean()).as("seed %d: every buffer is free", seed).isTrue();
    }
}
