package org.netchannel.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.netchannel.cli.testbed.Namespaces;
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
        assertThat(run("stream", "--results", results.toString())).isEqualTo(ExitStatus.HELD);
        assertThat(console.out()).contains("stream: ", "nio", "tcp-invoker");
        JsonNode tree = new ObjectMapper().readTree(results.toFile());
        assertThat(tree.get("hosts")).hasSize(2);
        assertThat(tree.get("answers").get(0).get("figures").get(0).get("median").asDouble()).isPositive();
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
                + "' --add-opens=java.base/jdk.internal.misc=ALL-UNNAMED -cp '" + System.getProperty("java.class.path")
                + "' org.netchannel.cli.Main \"$@\"");
        Path ssh = script("ssh", "#!/bin/sh", "echo \"$1\" >> '" + called + "'", "exec sh -c \"$2\"");
        Path file = hosts("measure.ssh = me@alpha", "measure.address = 127.0.0.1", "measure.directory = " + folder,
                "serve.ssh = me@beta", "serve.address = 127.0.0.1", "serve.directory = " + folder);
        assertThat(run("messages", "--hosts", file.toString(), "--ssh", ssh.toString())).isEqualTo(ExitStatus.HELD);
        assertThat(console.out()).contains("messages: ", "tcp-dedicated");
        assertThat(Files.readAllLines(called)).containsExactly("me@alpha", "me@beta", "me@beta", "me@alpha");
    }

    @Test
    void machinesMeasureTheDevicesThatTheFileNames() throws IOException {
        assumeTrue(Dpdk.missing().isEmpty() || System.getenv("CI") != null, "DPDK is missing");
        script("netchannel", "#!/bin/sh", "exec '" + Path.of(System.getProperty("java.home"), "bin", "java")
                + "' --add-opens=java.base/jdk.internal.misc=ALL-UNNAMED --enable-native-access=ALL-UNNAMED -cp '"
                + System.getProperty("java.class.path") + "' org.netchannel.cli.Main \"$@\"");
        Path ssh = script("ssh", "#!/bin/sh", "exec sh -c \"$2\"");
        String device = ".device = net_memif0,socket-abstract=no,socket=" + folder.resolve("memif") + ",role=";
        Path file = hosts("measure.ssh = a", "measure.address = 127.0.0.1", "measure.directory = " + folder,
                "measure" + device + "client", "measure.device-address = 10.0.1.1/24",
                "serve.ssh = b", "serve.address = 127.0.0.1", "serve.directory = " + folder,
                "serve" + device + "server", "serve.device-address = 10.0.1.2/24");
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
