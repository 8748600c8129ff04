package org.netchannel.optimized.dpdk;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A device that makes and checks checksums, with the kernel as a witness: {@link TapOffloadMain}. */
@ExtendWith(WithDpdk.class)
class TapOffloadTest {
    private static final int SECONDS = 120;
    private static final long BYTES = 40L << 20;

    @TempDir
    private Path directory;

    @ParameterizedTest
    @ValueSource(ints = {1_500, 1_486})
    void everyByteArrivesBothWaysAndTheKernelFindsNothingDamaged(int mtu) throws IOException, InterruptedException {
        assumeTrue(Files.isWritable(Path.of("/dev/net/tun")), "/dev/net/tun can't be opened");
        assumeTrue(new ProcessBuilder("unshare", "--net", "true").start().waitFor() == 0, "no namespaces");
        Path said = directory.resolve("said");
        Process process = new ProcessBuilder("unshare", "--net",
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "--enable-native-access=ALL-UNNAMED", "--add-opens=java.base/jdk.internal.misc=ALL-UNNAMED",
                        "-cp", System.getProperty("java.class.path"),
                        TapOffloadMain.class.getName(), Integer.toString(mtu), Long.toString(BYTES))
                .redirectErrorStream(true)
                .redirectOutput(said.toFile())
                .start();
        boolean ended = process.waitFor(SECONDS, TimeUnit.SECONDS);
        process.destroyForcibly().waitFor();
        assertThat(ended).as(Files.readString(said)).isTrue();
        assertThat(Files.readString(said)).contains("carried");
        assertThat(process.exitValue()).isZero();
    }
}
