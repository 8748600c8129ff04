package org.netchannel.optimized;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.netchannel.optimized.dpdk.Device;
import org.netchannel.optimized.dpdk.DpdkException;
import org.netchannel.optimized.dpdk.EalOptions;
import org.netchannel.optimized.dpdk.MbufPool;
import org.netchannel.optimized.dpdk.Port;
import org.netchannel.optimized.dpdk.WithDpdk;
import org.netchannel.optimized.dpdk.host.PortHosts;
import org.netchannel.traces.Config;

/** The server of a net_memif reads what its client sends in the client's memory. */
@ExtendWith(WithDpdk.class)
class ZeroCopyTest {
    @TempDir
    private Path directory;

    private String device(int number, String more) {
        return "net_memif" + number + ",id=60,socket-abstract=no,socket=" + directory.resolve("memif") + more;
    }

    /** A server that sends back what it gets. */
    private final class Server implements AutoCloseable {
        private final PortHosts hosts;
        private final NetStack stack;

        private Server() throws IOException {
            hosts = ZeroCopyMain.open(
                    Device.of(device(60, ",role=server" + ZeroCopyMain.RING)), ZeroCopyMain.SERVER);
            stack = new NetStack(
                    Config.DEFAULTS, NetStack.Mode.DEDICATED, SchedulingPolicies.ROUND_ROBIN, 32 << 20);
            VirtualServerSocket server = stack.listen(ZeroCopyMain.PORT, 10);
            DpdkLinks.open(stack, hosts.hosts()).listen(ZeroCopyMain.LINK_PORT);
            Thread.ofPlatform().daemon().start(() -> accept(server));
        }

        private void accept(VirtualServerSocket server) {
            try {
                while (!Thread.interrupted()) {
                    VirtualSocket socket = server.accept();
                    Thread.ofPlatform().daemon().start(() -> StackMain.echo(socket));
                }
            } catch (IOException e) {
                System.err.println("the server is closed: " + e.getMessage());
            }
        }

        @Override
        public void close() {
            stack.close();
            hosts.close();
        }
    }

    @Test
    @Timeout(value = 120, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
    void whatAPeerReadsInOurMemoryIsWhatWasSentAndTheMemoryComesBack() throws Exception {
        assumeTrue(EalOptions.withHugepagesWhereFree(ZeroCopyMain.MEGABYTES, ZeroCopyMain.MEGABYTES).hugepages(),
                () -> "needs " + ZeroCopyMain.MEGABYTES + " MB of hugepages that are free");
        Server server = new Server();
        Process client = start();
        try (BufferedReader said = client.inputReader()) {
            assertThat(said.readLine()).isEqualTo("exchanged");
            assertThat(said.readLine()).isEqualTo("exchanged");
            assertThat(said.readLine()).isEqualTo("sending");
            server.close();
            assertThat(said.readLine()).isEqualTo("alone");
            server = new Server();
            client.outputWriter().append('\n').flush();
            assertThat(said.readLine()).isEqualTo("exchanged");
            assertThat(client.waitFor()).isZero();
        } finally {
            client.destroyForcibly().waitFor();
            server.close();
        }
    }

    private Process start() throws IOException {
        return new ProcessBuilder(Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-XX:TieredStopAtLevel=1", "--enable-native-access=ALL-UNNAMED",
                        "--add-opens=java.base/jdk.internal.misc=ALL-UNNAMED",
                        "-cp", System.getProperty("java.class.path"), ZeroCopyMain.class.getName(),
                        device(61, ",role=client,zero-copy=yes" + ZeroCopyMain.RING))
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
    }

    /** This process has none. */
    @Test
    void zeroCopyWithoutHugepagesIsRefused() throws Exception {
        try (Server server = new Server(); MbufPool pool = MbufPool.create("zero-refused", 63, 2_048)) {
            assertThat(server.hosts.host(0).readsAllMemory()).isTrue();
            Device client = Device.of(device(62, ",role=client,zero-copy=yes"));
            for (int time = 0; time < 2; time++) {
                assertThatThrownBy(() -> Port.open(client, ZeroCopyMain.SETTINGS, pool))
                        .isInstanceOf(DpdkException.class)
                        .hasMessageContaining("Zero-copy doesn't support multi-file segments");
            }
        }
    }
}
