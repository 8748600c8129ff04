package org.netchannel.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.netchannel.optimized.dpdk.Dpdk;

/** Files that go over a device of DPDK at one side and over the kernel's TCP at the other one. */
class DeviceCopyTest {
    private static final int SECONDS = 120;

    @TempDir
    private Path folder;

    @ParameterizedTest
    @ValueSource(ints = {1, 2})
    void filesArriveIntactWhicheverSideHasTheDevice(int queues) throws IOException, InterruptedException {
        requireDpdk();
        assumeTrue(Files.isWritable(Path.of("/dev/net/tun")), "/dev/net/tun can't be opened");
        assumeTrue(new ProcessBuilder("unshare", "--net", "true").start().waitFor() == 0, "no namespaces");
        Path said = folder.resolve("said");
        // Java finds out at its start whether there is IPv6: by an address.
        Process process = new ProcessBuilder("unshare", "--net", "sh", "-c", "ip link set lo up && exec \"$@\"", "sh",
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-XX:TieredStopAtLevel=1",
                        "--enable-native-access=ALL-UNNAMED", "--add-opens=java.base/jdk.internal.misc=ALL-UNNAMED",
                        "-cp", System.getProperty("java.class.path"), DeviceCopyMain.class.getName(),
                        Files.createDirectory(folder.resolve("files")).toString(),
                        "--queues", Integer.toString(queues))
                .redirectErrorStream(true)
                .redirectOutput(said.toFile())
                .start();
        boolean ended = process.waitFor(SECONDS, TimeUnit.SECONDS);
        process.destroyForcibly().waitFor();
        assertThat(ended).as(Files.readString(said)).isTrue();
        assertThat(Files.readString(said)).contains("intact");
        assertThat(process.exitValue()).isZero();
    }

    private static void requireDpdk() {
        if (System.getenv("CI") != null) {
            assertThat(Dpdk.missing()).isEmpty();
        }
        assumeTrue(Dpdk.missing().isEmpty(), () -> Dpdk.missing().orElseThrow());
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', value = {
        "--device net_ring0 --address 10.0.0.2/24 | --device is 'net_ring0', legal is net_memifN",
        "--device net_tap0 | --address is missing, with --device",
        "--device net_tap0 --address 10.0.0.2 | --address is '10.0.0.2', legal is the IPv4 address",
        "--device net_tap0 --address 10.0.0.255/24 | --address is '10.0.0.255/24'",
        "--device net_tap0 --address 10.0.0.2/24 --gateway 10.0.1.1 | --gateway is '10.0.1.1', legal is the IPv4",
        "--device net_tap0 --address fd00::2/64 | --address is missing, with --device: the IPv4 address",
        "--device net_tap0 --address 10.0.0.2/24 --address ::1/64 | --address is '::1/64', legal is the IPv6 address",
        "--device net_tap0 --address 10.0.0.2/24 --address 10.0.0.3/24 | '10.0.0.3/24', legal is one of each version",
        "--device net_tap0 --address 10.0.0.2/24 --gateway fd00::1 | 'fd00::1', legal is an IPv6 address only with",
        "--device net_tap0 --address 10.0.0.2/24 --address fd00::2/64 --gateway fd01::1 | 'fd01::1', legal is the IPv6",
        "--device net_tap0 --address 10.0.0.2/24 --mtu 575 | --mtu is '575', legal is 576 to 65535",
        "--device net_tap0 --address 10.0.0.2/24 --queues 65 | --queues is '65', legal is 1 to 64",
        "--device net_af_packet0,iface=nowhere --address 10.0.0.2/24 | legal is a device that can be opened",
        "--device net_tap0 --address 10.0.0.2/24 --hugepages 1 | --hugepages is '1', legal is",
        "--mtu 9000 | --mtu is '9000', legal is nothing but with --device",
        "--gateway 10.0.0.1 | --gateway is '10.0.0.1', legal is nothing but with --device",
    })
    void whatIsTypedWrongIsNamedInOneLine(String typed, String named) {
        Console console = new Console();
        String[] arguments = ("serve --dir target " + typed.strip()).split(" ");
        assertThat(console.run(arguments)).isEqualTo(ExitStatus.USAGE);
        assertThat(console.err()).contains(named.strip()).hasLineCount(1);
        assertThat(console.out()).isEmpty();
    }
}
