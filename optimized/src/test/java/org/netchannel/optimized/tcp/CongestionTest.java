package org.netchannel.optimized.tcp;

import static org.assertj.core.api.Assertions.assertThat;
import static org.netchannel.optimized.tcp.ScriptedPeer.MILLISECOND;
import static org.netchannel.optimized.tcp.ScriptedPeer.SECOND;

import java.lang.foreign.MemorySegment;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.netchannel.optimized.tcp.congestion.CongestionAlgorithm;

/** What congestion control is for: a link is full, its queue is not, and flows share it. */
class CongestionTest {
    private static final long BITS_PER_SECOND = 100_000_000;
    private static final MemorySegment BYTES = MemorySegment.ofArray(new byte[100_000]);

    private final List<TcpConnection> senders = new ArrayList<>();
    private final List<TcpConnection> receivers = new ArrayList<>();
    private final List<Long> received = new ArrayList<>();

    private void addFlow(SimulatedNetwork network, int port) {
        TcpListener listener = network.right.host.listen(port, 1);
        TcpConnection client = network.left.host.connect(SimulatedNetwork.RIGHT, port);
        TcpConnection[] server = new TcpConnection[1];
        network.runUntil(() -> (server[0] = listener.accept()) != null, this::step, 10 * SECOND);
        assertThat(server[0]).isNotNull();
        senders.add(client);
        receivers.add(server[0]);
        received.add(0L);
    }

    private void step() {
        for (int i = 0; i < senders.size(); i++) {
            senders.get(i).send(BYTES, 0, (int) BYTES.byteSize());
            int length = receivers.get(i).receive(BYTES, 0, (int) BYTES.byteSize());
            received.set(i, received.get(i) + Math.max(length, 0));
        }
    }

    private void run(SimulatedNetwork network, long lengthNs) {
        network.runUntil(() -> false, this::step, lengthNs);
    }

    /** 100 Mbit/s, 2 ms there and back, a queue of 40 frames: twice the product of bandwidth and delay. */
    @ParameterizedTest
    @EnumSource
    void twoFlowsFillTheLinkAndShareIt(CongestionAlgorithm algorithm) {
        SimulatedNetwork network = new SimulatedNetwork(9, Settings.DEFAULTS.with(algorithm));
        LinkFaults link = LinkFaults.NONE.withDelay(MILLISECOND).withRate(BITS_PER_SECOND, 40);
        network.setFaults(algorithm == CongestionAlgorithm.DCTCP ? link.withMarks(8) : link);
        addFlow(network, 80);
        run(network, SECOND);
        addFlow(network, 81);
        run(network, 2 * SECOND);
        long first = received.get(0);
        long second = received.get(1);
        int droppedBefore = network.dropped;
        run(network, 4 * SECOND);
        first = received.get(0) - first;
        second = received.get(1) - second;

        double possible = BITS_PER_SECOND / 8.0 * 4 * 1_448 / 1_538;
        assertThat(first + second).isBetween((long) (0.85 * possible), (long) (1.01 * possible));
        assertThat((double) Math.min(first, second) / Math.max(first, second)).isGreaterThan(0.5);
        assertThat(network.left.host.counters().get(Counter.TIMEOUTS)).isLessThan(6);
        if (algorithm == CongestionAlgorithm.DCTCP) {
            assertThat(network.dropped - droppedBefore).as("marks come before drops").isZero();
            assertThat(network.marked).isGreaterThan(100);
        } else {
            assertThat(network.dropped - droppedBefore).isPositive();
        }
    }
}
