package org.netchannel.optimized.dpdk;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** Frames to and from the kernel, in a network namespace that ends with the test. */
@ExtendWith(WithDpdk.class)
class TapTest {
    private static final int SECONDS = 90;

    @TempDir
    private Path directory;

    @Test
    void kernelAnswersAnArpRequestAlsoAfterAReset() throws IOException, InterruptedException {
        assumeTrue(Files.isWritable(Path.of("/dev/net/tun")), "/dev/net/tun can't be opened");
        assumeTrue(new ProcessBuilder("unshare", "--net", "true").start().waitFor() == 0, "no namespaces");
        Path said = directory.resolve("said");
        Process process = new ProcessBuilder("unshare", "--net",
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "--enable-native-access=ALL-UNNAMED", "-cp", System.getProperty("java.class.path"),
                        ArpMain.class.getName())
                .redirectErrorStream(true)
                .redirectOutput(said.toFile())
                .start();
        boolean ended = process.waitFor(SECONDS, TimeUnit.SECONDS);
        process.destroyForcibly().waitFor();
        assertThat(ended).as(Files.readString(said)).isTrue();
        assertThat(Files.readString(said)).contains("answered after a reset");
        assertThat(process.exitValue()).isZero();
    }
}
