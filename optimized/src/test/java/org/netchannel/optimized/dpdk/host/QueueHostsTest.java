package org.netchannel.optimized.dpdk.host;

import static org.assertj.core.api.Assertions.assertThat;

import java.lang.foreign.MemorySegment;
import java.util.ArrayList;
import java.util.List;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import org.netchannel.optimized.Until;
import org.netchannel.optimized.dpdk.DpdkException;
import org.netchannel.optimized.dpdk.WithDpdk;
import org.netchannel.optimized.tcp.Counter;
import org.netchannel.optimized.tcp.Flow;
import org.netchannel.optimized.tcp.State;
import org.netchannel.optimized.tcp.TcpConnection;

/** Hosts of the queues of one device, in one thread: who connects from where, and who answers. */
@ExtendWith(WithDpdk.class)
@Timeout(60)
class QueueHostsTest {
    private static final int QUEUES = 3;

    private WildHosts hosts;

    @BeforeEach
    void open() throws DpdkException {
        hosts = new WildHosts(QUEUES, 1_500, WildHosts.Choice.WRONG);
    }

    @AfterEach
    void everyMbufComesBack() {
        assertThat(hosts.close()).isZero();
    }

    private void until(BooleanSupplier reached) {
        Until.reached(reached, () -> {
            hosts.hosts(0).forEach(DpdkHost::work);
            hosts.hosts(1).forEach(DpdkHost::work);
        });
    }

    @Test
    void aHostThatHandsFramesOverIsNotIdle() {
        hosts.hosts(1).forEach(host -> host.ip().listen(80, 10));
        TcpConnection connection = hosts.hosts(0).getFirst().ip().connect(WildHosts.address(1), 80);
        until(() -> connection.state() == State.ESTABLISHED);
        int owner = QueueOwners.of(QUEUES).of(new Flow().setIpv4(
                WildHosts.address(1), 80, WildHosts.address(0), connection.flow().localPort()));
        DpdkHost other = hosts.hosts(1).get((owner + 1) % QUEUES);
        until(() -> other.work() == 0);
        connection.send(MemorySegment.ofArray(new byte[1]), 0, 1);
        hosts.hosts(0).getFirst().work();
        assertThat(other.work()).isEqualTo(1);
        assertThat(other.ip().counters().get(Counter.SEGMENTS_RECEIVED)).isZero();
    }

    private long answered(DpdkHost host) {
        return host.ip().counters().get(Counter.ARP_ANSWERED);
    }

    @Test
    void eachHostConnectsFromItsOwnPortsAndTheFirstAnswersForAll() {
        hosts.hosts(1).forEach(host -> host.ip().listen(80, 10));
        List<TcpConnection> connections = new ArrayList<>();
        for (DpdkHost host : hosts.hosts(0)) {
            connections.add(host.ip().connect(WildHosts.address(1), 80));
        }
        until(() -> connections.stream().allMatch(connection -> connection.state() == State.ESTABLISHED));
        for (int queue = 0; queue < QUEUES; queue++) {
            assertThat(QueueOwners.of(QUEUES).of(connections.get(queue).flow())).isEqualTo(queue);
        }
        assertThat(hosts.hosts(1)).satisfiesExactly(
                first -> assertThat(answered(first)).isBetween(1L, (long) QUEUES),
                second -> assertThat(answered(second)).isZero(),
                third -> assertThat(answered(third)).isZero());
        assertThat(hosts.hosts(1)).allSatisfy(host -> assertThat(host.ip().neighbours()).isEqualTo(1));
    }
}
