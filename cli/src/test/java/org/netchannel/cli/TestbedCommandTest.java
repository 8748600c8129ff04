package org.netchannel.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import org.assertj.core.api.Assertions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.netchannel.cli.testbed.Namespaces;
import org.netchannel.cli.testbed.PassingNamespaces;
import org.netchannel.optimized.dpdk.Dpdk;

/** Two hosts, in namespaces where they are permitted, and over something that is called like ssh. */
@Timeout(300)
class TestbedCommandTest {
    private static final String[] SHORT = {"--rounds", "1", "--milliseconds", "5"};

    @TempDir
    private Path folder;

    private final Console console = new Console();
    private final Namespaces namespaces = new Namespaces("ip");

    private int run(String... arguments) {
        String[] all = new String[arguments.length + SHORT.length + 2];
        all[0] = "testbed";
        all[1] = "run";
        System.arraycopy(arguments, 0, all, 2, arguments.length);
        System.arraycopy(SHORT, 0, all, 2 + arguments.length, SHORT.length);
        return console.run(all);
    }

    /** Makes sure that namespaces can be made, and that none of a person's are in the way. */
    private void assumeNamespaces() throws IOException {
        Process id = new ProcessBuilder("sh", "-c", "command -v ip && ip netns add netchannel-try && "
                + "ip netns delete netchannel-try").start();
        id.getInputStream().readAllBytes();
        assumeTrue(id.onExit().join().exitValue() == 0, "network namespaces are not permitted here");
        assumeTrue(namespaces.there().isEmpty(), "a testbed is up");
    }

    @Test
    void namespacesAreMadeForARunAndRemoved() throws IOException {
        assumeNamespaces();
        Path results = folder.resolve("results.json");
        Path mine = Files.writeString(folder.resolve("results.json.part"), "mine");
        assertThat(run("stream", "--results", results.toString())).isEqualTo(ExitStatus.HELD);
        assertThat(console.out()).contains("stream: ", "nio", "tcp-invoker");
        JsonNode tree = new ObjectMapper().readTree(results.toFile());
        assertThat(tree.get("hosts")).hasSize(2);
        assertThat(tree.get("answers").get(0).get("figures").get(0).get("median").asDouble()).isPositive();
        assertThat(mine).hasContent("mine");
        assertThat(folder.toFile().list()).containsExactlyInAnyOrder("results.json", "results.json.part");
        assertThat(Files.getPosixFilePermissions(results)).isEqualTo(Files.getPosixFilePermissions(mine));
        assertThat(namespaces.there()).isEmpty();
    }

    @Test
    void theStackIsMeasuredOnDevicesOfNamespaces() throws IOException {
        assumeNamespaces();
        assumeTrue(Dpdk.missing().isEmpty() || System.getenv("CI") != null, "DPDK is missing");
        assertThat(run("stream", "--dpdk", "--mtu", "1400")).isEqualTo(ExitStatus.HELD);
        assertThat(console.out()).contains("dpdk-invoker", "dpdk-to-tcp", "dpdk-to-tcp Gbit/s is ", "times testpmd");
        assertThat(namespaces.there()).isEmpty();
    }

    @Test
    void namespacesOfOnesOwnStayUntilTheyAreTakenDown() throws IOException {
        assumeNamespaces();
        try {
            assertThat(console.run("testbed", "up", "--mtu", "9000")).isEqualTo(ExitStatus.HELD);
            assertThat(console.run("testbed", "up")).isEqualTo(ExitStatus.USAGE);
            assertThat(console.err()).contains("are there already").hasLineCount(1);
            assertThat(run("ping-pong", "--json")).isEqualTo(ExitStatus.HELD);
            assertThat(namespaces.there()).hasSize(2);
        } finally {
            assertThat(console.run("testbed", "down")).isEqualTo(ExitStatus.HELD);
        }
        assertThat(namespaces.there()).isEmpty();
    }

    /** For a run with devices they are off, and one after it without devices has to find them as they were. */
    @Test
    void theKernelGetsItsOffloadsBackInNamespacesThatStay() throws IOException {
        assumeNamespaces();
        assumeTrue(Dpdk.missing().isEmpty() || System.getenv("CI") != null, "DPDK is missing");
        namespaces.up(1_500);
        try {
            String before = features();
            assertThat(before).contains("tx-checksumming: on", "tcp-segmentation-offload: on");
            assertThat(run("no-such-question", "--dpdk")).isEqualTo(ExitStatus.BROKEN);
            assertThat(features()).isEqualTo(before);
            try (PassingNamespaces passing = new PassingNamespaces(namespaces, Assertions::fail)) {
                assertThat(passing.hostsWithDevices()).hasSize(2);
                assertThat(features()).contains("tx-checksumming: off", "tcp-segmentation-offload: off",
                        "generic-segmentation-offload: off", "generic-receive-offload: off");
            }
            assertThat(features()).isEqualTo(before);
        } finally {
            namespaces.down();
        }
    }

    /** Of both ends of the link. */
    private static String features() throws IOException {
        return new String(new ProcessBuilder("sh", "-c", "for n in netchannel-a netchannel-b; do "
                + "ip netns exec $n ethtool -k veth0; done").start().getInputStream().readAllBytes(),
                StandardCharsets.UTF_8);
    }

    @Test
    void namespacesAreRemovedWhenTheRunFails() throws IOException {
        assumeNamespaces();
        assertThat(run("no-such-question")).isEqualTo(ExitStatus.BROKEN);
        assertThat(console.err()).contains("netchannel-a failed with status 2");
        assertThat(namespaces.there()).isEmpty();
    }

    @Test
    void namespacesOfAnotherRunStay() throws IOException {
        assumeNamespaces();
        namespaces.up(1_500);
        try {
            assertThatThrownBy(() -> namespaces.up(1_500)).isInstanceOf(IOException.class)
                    .hasMessageContaining("netchannel-a");
            assertThat(namespaces.there()).hasSize(2);
        } finally {
            namespaces.down();
        }
    }

    private Path hosts(String... lines) throws IOException {
        return Files.write(folder.resolve("lab.properties"), List.of(lines));
    }

    private Path script(String name, String... lines) throws IOException {
        Path script = Files.write(folder.resolve(name), List.of(lines));
        return Files.setPosixFilePermissions(script, PosixFilePermissions.fromString("rwx------"));
    }

    @Test
    void machinesAreReachedOverSshInTheirOwnDirectories() throws IOException {
        Path called = folder.resolve("called");
        script("netchannel", "#!/bin/sh", "exec '" + Path.of(System.getProperty("java.home"), "bin", "java")
                + "' -XX:TieredStopAtLevel=1 --add-opens=java.base/jdk.internal.misc=ALL-UNNAMED -cp '"
                + System.getProperty("java.class.path") + "' org.netchannel.cli.Main \"$@\"");
        Path ssh = script("ssh", "#!/bin/sh", "echo \"$1\" >> '" + called + "'", "exec sh -c \"$2\"");
        Path file = hosts("measure.ssh = me@alpha", "measure.address = 127.0.0.1", "measure.directory = " + folder,
                "serve.ssh = me@beta", "serve.address = 127.0.0.1", "serve.directory = " + folder);
        assertThat(run("messages", "--hosts", file.toString(), "--ssh", ssh.toString())).isEqualTo(ExitStatus.HELD);
        assertThat(console.out()).contains("messages: ", "tcp-dedicated");
        assertThat(Files.readAllLines(called)).containsExactly("me@alpha", "me@beta", "me@beta", "me@alpha");
    }

    /** Over IPv6: they have such addresses, and that is how one is asked. */
    @Test
    void machinesMeasureTheDevicesThatTheFileNames() throws IOException {
        assumeTrue(Dpdk.missing().isEmpty() || System.getenv("CI") != null, "DPDK is missing");
        script("netchannel", "#!/bin/sh", "exec '" + Path.of(System.getProperty("java.home"), "bin", "java")
                + "' -XX:TieredStopAtLevel=1 --add-opens=java.base/jdk.internal.misc=ALL-UNNAMED"
                + " --enable-native-access=ALL-UNNAMED -cp '"
                + System.getProperty("java.class.path") + "' org.netchannel.cli.Main \"$@\"");
        Path ssh = script("ssh", "#!/bin/sh", "exec sh -c \"$2\"");
        String device = ".device = net_memif0,socket-abstract=no,socket=" + folder.resolve("memif") + ",role=";
        Path file = hosts("measure.ssh = a", "measure.address = 127.0.0.1", "measure.directory = " + folder,
                "measure" + device + "client", "measure.device-address = 10.0.1.1/24 fd00::1/64",
                "serve.ssh = b", "serve.address = [::1]", "serve.directory = " + folder,
                "serve" + device + "server", "serve.device-address = 10.0.1.2/24 fd00::2/64");
        assertThat(run("messages", "--hosts", file.toString(), "--ssh", ssh.toString())).isEqualTo(ExitStatus.HELD);
        assertThat(console.out()).contains("dpdk-invoker messages/s is ", " times nio");
    }

    @Test
    void aMachineThatDoesNotAnswerIsNamed() throws IOException {
        Path file = hosts("measure.ssh = a", "measure.address = 127.0.0.1", "measure.directory = /",
                "serve.ssh = b", "serve.address = 127.0.0.1", "serve.directory = /");
        assertThat(run("--hosts", file.toString(), "--ssh", "false")).isEqualTo(ExitStatus.BROKEN);
        assertThat(console.err()).contains("measure failed with status 1").hasLineCount(1);
    }

    @Test
    void whatIsWrongInAFileOfHostsIsNamed() throws IOException {
        assertThat(run("--hosts", hosts("measure.ssh = a").toString())).isEqualTo(ExitStatus.USAGE);
        assertThat(console.err()).contains("measure.address is missing").hasLineCount(1);
        Path option = hosts("measure.ssh = -oProxyCommand=sh", "measure.address = 127.0.0.1");
        assertThat(run("--hosts", option.toString())).isEqualTo(ExitStatus.USAGE);
        assertThat(console.err()).contains("measure.ssh is '-oProxyCommand=sh'");
        Path unknown = hosts("measure.ssh = a", "measure.address = 127.0.0.1", "measure.directory = /",
                "serve.ssh = b", "serve.address = 127.0.0.1", "serve.directory = /", "third.ssh = c");
        assertThat(run("--hosts", unknown.toString())).isEqualTo(ExitStatus.USAGE);
        assertThat(console.err()).contains("third.ssh is no setting");
        Path without = hosts("measure.ssh = a", "measure.address = 127.0.0.1", "measure.directory = /",
                "measure.device-mtu = 9000", "serve.ssh = b", "serve.address = 127.0.0.1", "serve.directory = /");
        assertThat(run("--hosts", without.toString())).isEqualTo(ExitStatus.USAGE);
        assertThat(console.err()).contains("measure.device-mtu is no setting");
        assertThat(run("--dpdk", "--hosts", without.toString())).isEqualTo(ExitStatus.USAGE);
        assertThat(console.err()).contains("nothing with --hosts").hasLineCount(1);
    }

    @Test
    void anMtuOutOfBoundsIsNamed() {
        assertThat(console.run("testbed", "up", "--mtu", "575")).isEqualTo(ExitStatus.USAGE);
        assertThat(console.err()).contains("legal is 576 to 65535").hasLineCount(1);
    }
}
