package org.netchannel.optimized;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.netchannel.optimized.dpdk.WithDpdk;

/** A stack on a device of DPDK and one on the kernel's TCP understand each other, whoever dials. */
@ExtendWith(WithDpdk.class)
class DpdkKernelTest {
    private static final int SECONDS = 120;

    @TempDir
    private Path directory;

    @ParameterizedTest
    @CsvSource({"tap, false", "tap, true", "veth, false", "veth, true"})
    void bytesArriveBothWays(String device, boolean kernelDials) throws IOException, InterruptedException {
        assumeTrue(Files.isWritable(Path.of("/dev/net/tun")), "/dev/net/tun can't be opened");
        assumeTrue(new ProcessBuilder("unshare", "--net", "true").start().waitFor() == 0, "no namespaces");
        assumeTrue(!device.equals("veth") || System.getenv("CI") != null || isThere("ethtool"), "no ethtool");
        Path said = directory.resolve("said");
        Process process = new ProcessBuilder("unshare", "--net",
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "--enable-native-access=ALL-UNNAMED", "--add-opens=java.base/jdk.internal.misc=ALL-UNNAMED",
                        "-cp", System.getProperty("java.class.path"),
                        DpdkKernelMain.class.getName(), device, Boolean.toString(kernelDials))
                .redirectErrorStream(true)
                .redirectOutput(said.toFile())
                .start();
        boolean ended = process.waitFor(SECONDS, TimeUnit.SECONDS);
        process.destroyForcibly().waitFor();
        assertThat(ended).as(Files.readString(said)).isTrue();
        assertThat(Files.readString(said)).contains("carried");
        assertThat(process.exitValue()).isZero();
    }

    private static boolean isThere(String program) {
        return Arrays.stream(System.getenv().getOrDefault("PATH", "").split(File.pathSeparator))
                .anyMatch(folder -> Files.isExecutable(Path.of(folder, program)));
    }
}
