package org.netchannel.bench.hosts;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.net.InetAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.netchannel.optimized.dpdk.Dpdk;
import org.netchannel.optimized.tcp.host.Ipv4Interface;

/** Another process, with and without net_memif between. */
@Timeout(120)
class ChildHostTest {
    private static final int SIZE = 100_000;

    @Test
    void bytesComeOverMemifForOneMeasurementAfterTheOther() throws IOException {
        assumeTrue(Dpdk.missing().isEmpty() || System.getenv("CI") != null, "DPDK is missing");
        try (ChildHost child = ChildHost.withMemif(9_000)) {
            Exchange.of(child.client(), Order.Task.SOURCE, HostTransport.DPDK_INVOKER, SIZE);
            Exchange.of(child.client(), Order.Task.SOURCE, HostTransport.MBUF_COPIES, SIZE);
            Exchange.of(child.client(), Order.Task.ECHO, HostTransport.DPDK_INVOKER, SIZE);
            Exchange.of(child.client(), Order.Task.ECHO, HostTransport.NIO, SIZE);
        }
    }

    @Test
    void nobodyServesWhenItWasClosed() throws IOException {
        ChildHost child = ChildHost.start();
        Exchange.of(child.client(), Order.Task.ECHO, HostTransport.TCP_INVOKER, SIZE);
        child.close();
        assertThatThrownBy(() -> Exchange.of(child.client(), Order.Task.ECHO, HostTransport.NIO, SIZE))
                .isInstanceOf(IOException.class);
    }

    /** The end of its standard input is what it notices when the process that started it was killed. */
    @Test
    void itEndsWithItsStandardInputAlsoWhileItServesAndLeavesNothing() throws Exception {
        Path directory = Files.createTempDirectory("netchannel-child");
        Process process = new ProcessBuilder(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "--add-opens=java.base/jdk.internal.misc=ALL-UNNAMED", "--enable-native-access=ALL-UNNAMED",
                "-cp", System.getProperty("java.class.path"), ChildHost.class.getName(),
                directory.resolve("memif").toString(), "1500", "false"))
                .redirectError(ProcessBuilder.Redirect.INHERIT).start();
        try {
            Place place = Place.parse(process.inputReader().readLine()).orElseThrow();
            HostClient client = new HostClient(place.at(InetAddress.getLoopbackAddress()), Optional.empty());
            try (Ordered ordered = client.order(new Order(Order.Task.SOURCE, HostTransport.TCP_DEDICATED, SIZE))
                    .orElseThrow()) {
                assertThat(ordered.at().getPort()).isPositive();
                process.getOutputStream().close();
                assertThat(process.waitFor(60, TimeUnit.SECONDS)).isTrue();
                assertThat(process.exitValue()).isZero();
                assertThat(directory).doesNotExist();
            }
        } finally {
            process.destroyForcibly();
        }
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', value = {
        "printf 'no\\nroom'; exit 3 | said 'no room'",
        "exit 3 | said nothing",
        "printf 401; exec cat | said '401'",
        "printf '401 nowhere\\033\\n'; exec cat | said '401 nowhere?'",
        "exec yes | said 'y",
        "exec tr '\\0' y < /dev/zero | said 'yyyy"
    })
    void whatDoesNotServeInTimeIsEndedAndHeard(String script, String heard) throws Exception {
        Process process = new ProcessBuilder("sh", "-c", script).start();
        assertThatThrownBy(() -> ChildHost.place(process, Duration.ofSeconds(1))).isInstanceOf(IOException.class)
                .message().contains("has 1 s to say where it serves", heard).hasSizeLessThan(600).hasLineCount(1);
        assertThat(process.isAlive()).isFalse();
    }

    @Test
    void onLinkIsWhoHasTheSamePrefix() {
        HostDevice device = Memif.server(Path.of("socket"), 1_500);
        assertThat(device.self()).isEqualTo(Ipv4Interface.of("10.78.77.1/24"));
        assertThat(device.isOnLink(InetAddress.ofLiteral("10.78.77.254"))).isTrue();
        assertThat(device.isOnLink(InetAddress.ofLiteral("10.78.76.254"))).isFalse();
        assertThat(device.isOnLink(InetAddress.ofLiteral("::1"))).isFalse();
    }
}
