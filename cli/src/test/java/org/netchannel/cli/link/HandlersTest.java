package org.netchannel.cli.link;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.netchannel.optimized.dpdk.Device;
import org.netchannel.optimized.dpdk.Dpdk;
import org.netchannel.optimized.dpdk.DpdkException;
import org.netchannel.optimized.dpdk.Eal;
import org.netchannel.optimized.dpdk.EalOptions;
import org.netchannel.optimized.dpdk.PortSettings;
import org.netchannel.optimized.dpdk.host.DpdkHost;
import org.netchannel.optimized.dpdk.host.PortHosts;
import org.netchannel.optimized.tcp.host.Ipv4Interface;

@Timeout(60)
class HandlersTest {
    private static final PortSettings SETTINGS = new PortSettings(1, 1_024, 1_500);

    @Test
    void theyAreInterruptedAndAwaited() throws Exception {
        Handlers handlers = new Handlers(Transport.KERNEL);
        CountDownLatch running = new CountDownLatch(1);
        AtomicBoolean ended = new AtomicBoolean();
        assertThat(handlers.start(() -> {
            running.countDown();
            try {
                new CountDownLatch(1).await();
            } catch (InterruptedException e) {
                ended.set(true);
            }
        })).isTrue();
        running.await();
        handlers.close();
        assertThat(ended).isTrue();
        assertThat(handlers.start(() -> ended.set(false))).isFalse();
        assertThat(ended).isTrue();
    }

    private static PortHosts open() throws DpdkException {
        return PortHosts.open("handlers", Device.of("net_null0"), SETTINGS, Ipv4Interface.of("10.0.0.2/24"),
                DpdkHost.settings(1_500));
    }

    private static void startDpdk() throws DpdkException {
        assumeTrue(Dpdk.missing().isEmpty() || System.getenv("CI") != null, "DPDK is missing");
        Eal.start(EalOptions.withoutHugepages(PortHosts.megabytes(SETTINGS)));
    }

    @Test
    void theMemoryOfADeviceIsKeptForOneThatDoesNotEnd() throws Exception {
        startDpdk();
        try (PortHosts hosts = open()) {
            Transport transport = new DeviceTransport(hosts);
            Handlers handlers = new Handlers(transport, Duration.ofMillis(10));
            CountDownLatch read = new CountDownLatch(1);
            CountDownLatch ended = new CountDownLatch(1);
            handlers.start(() -> {
                awaitWhateverHappens(read);
                ended.countDown();
            });
            handlers.close();
            transport.close();
            assertThat(ended.getCount()).isOne();
            assertThatThrownBy(HandlersTest::open).isInstanceOf(DpdkException.class);
            read.countDown();
            ended.await();
        }
    }

    @Test
    void theMemoryOfADeviceIsGivenBackWhenAllHaveEnded() throws Exception {
        startDpdk();
        Transport transport = new DeviceTransport(open());
        Handlers handlers = new Handlers(transport);
        handlers.start(() -> { });
        handlers.close();
        transport.close();
        open().close();
    }

    private static void awaitWhateverHappens(CountDownLatch latch) {
        while (true) {
            try {
                latch.await();
                return;
            } catch (InterruptedException e) {
                // Whoever hangs in a system call does not hear it either.
                continue;
            }
        }
    }
}
