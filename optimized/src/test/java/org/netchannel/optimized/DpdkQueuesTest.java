package org.netchannel.optimized;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.netchannel.optimized.dpdk.DpdkException;
import org.netchannel.optimized.dpdk.Port;
import org.netchannel.optimized.dpdk.WithDpdk;
import org.netchannel.optimized.dpdk.host.DpdkHost;
import org.netchannel.optimized.dpdk.host.WildHosts;
import org.netchannel.traces.ChannelClass;
import org.netchannel.traces.Config;

/** A device with several queues that delivers frames wherever it likes: no byte may depend on that. */
@ExtendWith(WithDpdk.class)
@Timeout(120)
class DpdkQueuesTest {
    private static final int PORT = 7_000;

    private static NetStack stack(int queues) {
        Threading threading = Threading.of(NetStack.Mode.DEDICATED).withChannelAgents(queues);
        return new NetStack(Config.DEFAULTS, threading, SchedulingPolicies.ROUND_ROBIN, 64 << 20);
    }

    /** Closed by {@link #everyMbufComesBack}. */
    private WildHosts hosts;

    @AfterEach
    void everyMbufComesBack() {
        assertThat(hosts.close()).as("mbufs that are missing").isZero();
    }

    @ParameterizedTest
    @CsvSource({"2, 1500, RANDOM", "3, 1500, WRONG", "2, 9000, WRONG", "2, 65535, FIRST"})
    void bytesArriveInOrderBothWays(int queues, int mtu, WildHosts.Choice choice) throws Exception {
        hosts = new WildHosts(queues, mtu, choice);
        transfer(queues, () -> { });
        assertThat(hosts.handedOver()).isPositive();
    }

    /** Each of the threads keeps away from its queue before one of them resets the port. */
    @Test
    void aPortMayBeResetInTheMiddle() throws Exception {
        hosts = new WildHosts(3, 9_000, WildHosts.Choice.SAME);
        transfer(3, () -> {
            for (int i = 0; i < 20; i++) {
                Port port = hosts.port(i % 2);
                long resets = port.resets();
                port.requestReset();
                while (port.resets() == resets) {
                    Thread.onSpinWait();
                }
            }
        });
    }

    private void transfer(int queues, Runnable meanwhile) throws Exception {
        try (NetStack left = stack(queues);
                NetStack right = stack(queues);
                ExecutorService applications = Executors.newCachedThreadPool()) {
            DpdkLinks.open(right, hosts.hosts(1)).listen(PORT);
            DpdkLinks.open(left, hosts.hosts(0)).dial(WildHosts.address(1), PORT, 1, queues);
            VirtualServerSocket server = right.listen(80, 10);
            VirtualSocket a = left.connect(80, ChannelClass.THROUGHPUT);
            VirtualSocket b = server.accept();
            List<Callable<Void>> tasks = List.of(
                    () -> Streams.sendAll(a, 1, 300_000), () -> Streams.sendAll(b, 2, 300_000),
                    () -> Streams.receiveAll(a, 2, 70_000), () -> Streams.receiveAll(b, 1, 5_000));
            List<Future<Void>> running = new ArrayList<>();
            tasks.forEach(task -> running.add(applications.submit(task)));
            meanwhile.run();
            for (Future<Void> future : running) {
                future.get();
            }
            for (DpdkHost host : hosts.hosts(0)) {
                assertThat(host.ip().tcp().connections()).as("connections of %s", host).isPositive();
            }
        }
    }

    @Test
    void eachQueueNeedsAnAgent() throws DpdkException {
        hosts = new WildHosts(2, 1_500, WildHosts.Choice.RANDOM);
        try (NetStack stack = stack(1)) {
            assertThatIllegalArgumentException().isThrownBy(() -> DpdkLinks.open(stack, hosts.hosts(0)))
                    .withMessage("2 hosts, legal is 1 to 1, one for each channel agent");
        }
    }
}
