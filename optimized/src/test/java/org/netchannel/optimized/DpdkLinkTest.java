package org.netchannel.optimized;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
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
import org.netchannel.optimized.dpdk.host.LossyDevice;
import org.netchannel.optimized.dpdk.host.RingHosts;
import org.netchannel.optimized.tcp.host.Ipv6Interface;
import org.netchannel.optimized.tcp.wire.Ipv6Address;
import org.netchannel.optimized.tcp.wire.SegmentChecksum;
import org.netchannel.traces.ChannelClass;
import org.netchannel.traces.Config;
import org.netchannel.traces.Config.Setting;

/** Two stacks with threads of their own in one process, over net_ring. */
@ExtendWith(WithDpdk.class)
@Timeout(120)
class DpdkLinkTest {
    private static final int PORT = 7_000;

    private final ExecutorService applications = Executors.newCachedThreadPool();
    private final List<Future<?>> running = new ArrayList<>();
    private RingHosts hosts;
    private NetStack left;
    private NetStack right;
    private DpdkLink dialled;

    private void open(int mtu, double loss) throws DpdkException {
        open(mtu, loss, SegmentChecksum.SOFTWARE);
    }

    private void open(int mtu, double loss, SegmentChecksum checksum) throws DpdkException {
        long[] seed = {1};
        open(new RingHosts("link", DpdkHost.settings(mtu), checksum,
                device -> loss > 0 ? new LossyDevice(device, seed[0]++, loss) : device));
    }

    private void open(RingHosts opened) {
        open(opened, Ipv6Address.ofIpv4(opened.address(1)));
    }

    private void open(RingHosts opened, Ipv6Address peer) {
        hosts = opened;
        left = stack();
        right = stack();
        DpdkLink.open(right, hosts.host(1)).listen(PORT);
        dialled = DpdkLink.open(left, hosts.host(0));
        dialled.dial(peer, PORT, 1, 3);
    }

    private static NetStack stack() {
        return new NetStack(Config.DEFAULTS.with(Setting.SEND_BUFFER, 500_000), NetStack.Mode.DEDICATED,
                SchedulingPolicies.ROUND_ROBIN, 64 << 20);
    }

    @AfterEach
    void everyMbufComesBack() throws InterruptedException {
        left.close();
        right.close();
        applications.shutdownNow();
        assertThat(applications.awaitTermination(30, TimeUnit.SECONDS)).isTrue();
        hosts.link().close();
        for (int end = 0; end < 2; end++) {
            hosts.host(end).giveBack();
            assertThat(hosts.host(end).held()).isZero();
        }
        for (int end = 0; end < 2; end++) {
            assertThat(hosts.pool(end).available()).as("mbufs of host %d", end).isEqualTo(hosts.pool(end).count());
        }
        hosts.close();
    }

    private void start(Callable<?> task) {
        running.add(applications.submit(task));
    }

    private void finish() throws Exception {
        for (Future<?> future : running) {
            future.get();
        }
    }

    private void bytesArriveOneWay() throws Exception {
        VirtualServerSocket server = right.listen(80, 10);
        VirtualSocket a = left.connect(80, ChannelClass.THROUGHPUT);
        VirtualSocket b = server.accept();
        start(() -> Streams.sendAll(a, 1, 300_000));
        start(() -> Streams.receiveAll(b, 1, 70_000));
        finish();
    }

    /** Too short to be lent, and too long for the mbuf behind its headers: without the loan it was never sent. */
    @Test
    void segmentsThatDoNotFitIntoAnMbufAreSent() throws Exception {
        open(new RingHosts("link", DpdkHost.settings(1_500), SegmentChecksum.SOFTWARE, device -> device, 1_024));
        bytesArriveOneWay();
    }

    @Test
    void channelsRunOverIpv6() throws Exception {
        RingHosts opened = new RingHosts("link", DpdkHost.settings(1_500), SegmentChecksum.SOFTWARE, device -> device);
        Ipv6Address[] addresses = {new Ipv6Address(0xfd00L << 48, 1), new Ipv6Address(0xfd00L << 48, 2)};
        for (int end = 0; end < 2; end++) {
            opened.host(end).ip().with(new Ipv6Interface(addresses[end], 64, null));
        }
        open(opened, addresses[1]);
        bytesArriveOneWay();
    }

    @Test
    void peerThatNoHostCanHaveIsRefused() throws Exception {
        open(1_500, 0);
        assertThatThrownBy(() -> dialled.dial(new Ipv6Address(0xfd00L << 48, 2), PORT, 1, 1))
                .as("this host has no address of IPv6")
                .isInstanceOf(IllegalArgumentException.class).hasMessageContaining("fd00:0:0:0:0:0:0:2");
        assertThatThrownBy(() -> dialled.dial(hosts.address(0), PORT, 1, 1)).as("its own")
                .isInstanceOf(IllegalArgumentException.class).hasMessageContaining("10.78.67.1");
    }

    /** Its operator asks for it, and the thread that drives it does it. */
    @Test
    void aPortMayBeResetInTheMiddle() throws Exception {
        open(9_000, 0);
        VirtualServerSocket server = right.listen(80, 10);
        VirtualSocket a = left.connect(80, ChannelClass.THROUGHPUT);
        VirtualSocket b = server.accept();
        start(() -> Streams.sendAll(a, 1, 300_000));
        start(() -> Streams.sendAll(b, 2, 300_000));
        start(() -> Streams.receiveAll(a, 2, 70_000));
        start(() -> Streams.receiveAll(b, 1, 5_000));
        for (int i = 0; i < 10; i++) {
            Port port = hosts.link().port(i % 2);
            long resets = port.resets();
            port.requestReset();
            while (port.resets() == resets) {
                Thread.onSpinWait();
            }
        }
        finish();
    }

    @ParameterizedTest
    @CsvSource({"1500, 0, 100", "1500, 0, 300000", "9000, 0, 300000", "9000, 0, 6000", "65535, 0, 300000",
        "65535, 0, 4096", "1500, 0.01, 300000", "3000, 0.005, 300000", "9000, 0.01, 300000", "65535, 0.01, 300000"})
    void bytesArriveInOrderBothWays(int mtu, double loss, int most) throws Exception {
        open(mtu, loss);
        bytesArriveInOrderBothWays(most);
    }

    /** Nobody looks at checksums: received segments are merged. */
    @ParameterizedTest
    @CsvSource({"1500, 0, 300000", "9000, 0, 300000", "1500, 0.01, 300000", "3000, 0.005, 300000", "9000, 0.01, 6000"})
    void bytesArriveInOrderBothWaysInMergedSegments(int mtu, double loss, int most) throws Exception {
        open(mtu, loss, SegmentChecksum.DEVICE);
        bytesArriveInOrderBothWays(most);
    }

    private void bytesArriveInOrderBothWays(int most) throws Exception {
        VirtualServerSocket server = right.listen(80, 10);
        VirtualSocket a = left.connect(80, ChannelClass.THROUGHPUT);
        VirtualSocket b = server.accept();
        start(() -> Streams.sendAll(a, 1, most));
        start(() -> Streams.sendAll(b, 2, most));
        start(() -> Streams.receiveAll(a, 2, 70_000));
        start(() -> Streams.receiveAll(b, 1, 5_000));
        finish();
    }
}
