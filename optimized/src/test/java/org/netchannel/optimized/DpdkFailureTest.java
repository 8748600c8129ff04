package org.netchannel.optimized;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Queue;
import java.util.concurrent.Callable;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.netchannel.optimized.counters.CountersFile;
import org.netchannel.optimized.counters.CountersSnapshot;
import org.netchannel.optimized.dpdk.Device;
import org.netchannel.optimized.dpdk.DpdkException;
import org.netchannel.optimized.dpdk.MbufBurst;
import org.netchannel.optimized.dpdk.MbufPool;
import org.netchannel.optimized.dpdk.Port;
import org.netchannel.optimized.dpdk.PortSettings;
import org.netchannel.optimized.dpdk.WithDpdk;
import org.netchannel.optimized.dpdk.host.DpdkHost;
import org.netchannel.optimized.dpdk.host.FrameDevice;
import org.netchannel.optimized.dpdk.host.RingHosts;
import org.netchannel.optimized.tcp.host.Interface;
import org.netchannel.optimized.tcp.wire.SegmentChecksum;
import org.netchannel.traces.ChannelClass;
import org.netchannel.traces.Config;

/** What can go wrong below channels over devices of DPDK: each is a clear error, and channels come back. */
@ExtendWith(WithDpdk.class)
@Timeout(120)
class DpdkFailureTest {
    private static final int PORT = 7_000;

    private final ExecutorService applications = Executors.newCachedThreadPool();
    private final Queue<String> errors = new ConcurrentLinkedQueue<>();
    @TempDir
    private Path directory;

    @AfterEach
    void end() {
        applications.shutdownNow();
    }

    private static NetStack stack() {
        return new NetStack(Config.DEFAULTS, NetStack.Mode.DEDICATED, SchedulingPolicies.ROUND_ROBIN, 32 << 20);
    }

    private static RingHosts ring() throws DpdkException {
        return new RingHosts("failure", DpdkHost.settings(9_000), SegmentChecksum.SOFTWARE, device -> device);
    }

    private void connect(NetStack left, NetStack right, RingHosts hosts) {
        left.host().statistics.onErrors(error -> errors.add(error.getMessage()));
        DpdkLink.open(right, hosts.host(1)).listen(PORT);
        DpdkLink.open(left, hosts.host(0)).dial(hosts.address(1), PORT, 0, 2);
    }

    private Future<?>[] transfer(NetStack left, NetStack right) throws IOException {
        VirtualServerSocket server = right.listen(80, 1);
        VirtualSocket a = left.connect(80, ChannelClass.THROUGHPUT);
        VirtualSocket b = server.accept();
        return new Future<?>[] {
            applications.submit(() -> Streams.sendAll(a, 1, 50_000)),
            applications.submit(() -> Streams.receiveAll(b, 1, 50_000))};
    }

    private static void finish(Future<?>... futures) throws Exception {
        for (Future<?> future : futures) {
            future.get();
        }
    }

    private static void awaitChannels(NetStack stack, int count) {
        while (stack.activeChannels(ChannelClass.THROUGHPUT).length != count) {
            Thread.onSpinWait();
        }
    }

    @Test
    void aLinkThatIsDownFailsItsChannelsAndBringsThemBack() throws Exception {
        try (RingHosts hosts = ring(); NetStack left = stack(); NetStack right = stack()) {
            connect(left, right, hosts);
            awaitChannels(left, 2);
            hosts.link().port(0).setUp(false);
            awaitChannels(left, 0);
            assertThat(errors).contains("channel over net_ring failure: the link of net_ring failure is down");
            hosts.link().port(0).setUp(true);
            finish(transfer(left, right));
        }
    }

    @Test
    void bytesArriveWhenMbufsAreThereAgain() throws Exception {
        Path counted = directory.resolve("left.counters");
        try (RingHosts hosts = ring(); NetStack left = stack(); NetStack right = stack()) {
            left.countInto(CountersFile.create(counted));
            connect(left, right, hosts);
            awaitChannels(left, 2);
            MbufBurst all = new MbufBurst(hosts.pool(0).count());
            while (hosts.host(0).exhausted() == 0) {
                if (!hosts.pool(0).allocate(all, Math.min(all.space(), 32)) && all.space() > 0) {
                    hosts.pool(0).allocate(all, 1);
                }
                if (all.count() > 0 && hosts.pool(0).available() == 0) {
                    // Somebody has to have something to send.
                    left.startConnecting(81, ChannelClass.THROUGHPUT).abort();
                }
            }
            Future<?>[] transfer = transferWhileExhausted(left, right);
            all.free();
            finish(transfer);
            assertThat(errors).isEmpty();
            long exhausted = hosts.host(0).exhausted();
            while (counter(counted, "dpdk: frames not sent for want of mbufs") < exhausted) {
                Thread.onSpinWait();
            }
            assertThat(counter(counted, "dpdk tcp: segments sent")).isPositive();
            assertThat(counter(counted, "dpdk: frames dropped, too many mbufs held")).isZero();
        }
    }

    private static long counter(Path file, String label) throws IOException {
        return CountersSnapshot.of(file).counters().getOrDefault(label, -1L);
    }

    private Future<?>[] transferWhileExhausted(NetStack left, NetStack right) throws IOException {
        VirtualServerSocket server = right.listen(80, 1);
        VirtualSocket a = left.startConnecting(80, ChannelClass.THROUGHPUT);
        return new Future<?>[] {
            applications.submit(() -> {
                a.finishConnecting();
                return Streams.sendAll(a, 1, 50_000);
            }),
            applications.submit(() -> Streams.receiveAll(server.accept(), 1, 50_000))};
    }

    /** What is done while a stack here has channels to one of a process of its own. */
    private interface WithPeer {
        void run(Process peer, Port port, NetStack stack) throws Exception;
    }

    /** Two processes over shared memory. The stack here serves, or is the client: then the server is there first. */
    private void overMemif(boolean serves, int lives, WithPeer work) throws Exception {
        String device = ",bsize=9216,socket=" + directory.resolve("memif") + ",role=";
        String peerDevice = "net_memif4" + device + (serves ? "client" : "server");
        try (MbufPool pool = MbufPool.create("memif-failure", 4_095, 9_216)) {
            Process peer = serves ? null : start(peerDevice);
            try (Port port = Port.open(Device.of("net_memif3" + device + (serves ? "server" : "client")),
                            new PortSettings(1, 256, 1_500), pool);
                    NetStack stack = stack()) {
                stack.host().statistics.onErrors(error -> errors.add(error.getMessage()));
                DpdkHost host = new DpdkHost("memif", FrameDevice.of(port, 0), pool,
                        new Interface(0x0200_0000_0001L, StackMain.ADDRESS + 1, 24, 0), DpdkHost.settings(9_000),
                        SegmentChecksum.SOFTWARE);
                DpdkLink.open(stack, host).dial(StackMain.ADDRESS, PORT, 0, 2);
                for (int life = 0; life < lives; life++) {
                    peer = peer == null ? start(peerDevice) : peer;
                    awaitChannels(stack, 2);
                    work.run(peer, port, stack);
                    peer.destroyForcibly().waitFor();
                    peer = null;
                }
            } finally {
                if (peer != null) {
                    peer.destroyForcibly().waitFor();
                }
            }
            assertThat(pool.available()).isEqualTo(pool.count());
        }
    }

    /** One is killed, another one takes its place. */
    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void aPeerThatIsGoneFailsItsChannelsAndItsSuccessorGetsNewOnes(boolean serves) throws Exception {
        overMemif(serves, 2, (peer, port, stack) -> {
            echo(stack);
            peer.destroyForcibly().waitFor();
            awaitChannels(stack, 0);
            assertThat(errors).anyMatch(error -> error.startsWith("channel over net_memif3")
                    && (serves ? error.endsWith("is down") || error.endsWith("does not answer")
                            : error.endsWith("server is not there")));
            errors.clear();
        });
    }

    /** Frames that it has are lost, and the peer sees the link go down and come up again. */
    @Test
    void aDeviceThatIsResetInTheMiddleLosesNoBytes() throws Exception {
        overMemif(true, 1, (peer, port, stack) -> {
            Future<?> echo = applications.submit(() -> {
                echo(stack);
                return null;
            });
            for (int reset = 1; reset <= 3; reset++) {
                int reached = reset;
                port.requestReset();
                await(echo, () -> port.resets() == reached);
                long before = port.statistics().received();
                await(echo, () -> port.statistics().received() > before + 100);
            }
            echo.get();
        });
    }

    /** Before something else is over. */
    private static void await(Future<?> before, Callable<Boolean> reached) throws Exception {
        while (!reached.call()) {
            if (before.isDone()) {
                before.get();
                throw new AssertionError("it is over too early");
            }
            Thread.onSpinWait();
        }
    }

    private static Process start(String device) throws IOException {
        Process peer = new ProcessBuilder(Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-XX:TieredStopAtLevel=1",
                        "--enable-native-access=ALL-UNNAMED", "--add-opens=java.base/jdk.internal.misc=ALL-UNNAMED",
                        "-cp", System.getProperty("java.class.path"), StackMain.class.getName(), device)
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
        assertThat(peer.inputReader().readLine()).isEqualTo("ready");
        return peer;
    }

    private void echo(NetStack stack) throws Exception {
        try (VirtualSocket socket = stack.connect(80, ChannelClass.THROUGHPUT)) {
            Future<?> sent = applications.submit(() -> Streams.sendAll(socket, 3, 200_000));
            Streams.receiveAll(socket, 3, 100_000);
            sent.get();
        }
    }

    @Test
    void aLinkNeedsAnAgentAndAPort() throws Exception {
        try (RingHosts hosts = ring(); NetStack stack = stack()) {
            assertThatThrownBy(() -> DpdkLink.open(stack, hosts.host(0), 1)).hasMessage("agent is 1, legal is 0 to 0");
            DpdkLink link = DpdkLink.open(stack, hosts.host(0));
            assertThatThrownBy(() -> link.listen(0)).hasMessage("port is 0, legal is 1 to 65535");
            int peer = hosts.address(1);
            assertThatThrownBy(() -> link.dial(peer, 65_536, 1, 1)).hasMessage("port is 65536, legal is 1 to 65535");
            assertThatThrownBy(() -> link.dial(peer, 1, 65, 1)).hasMessage("latency is 65, legal is 0 to 64");
        }
    }
}
