package org.netchannel.optimized.dpdk;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;

/** Where hardware finds what is lent to it. In a process of its own, because hugepages are. */
@ExtendWith(WithDpdk.class)
class LentMemoryTest {
    @Test
    @Timeout(60)
    void hardwareFindsLentMemoryWhereTheKernelHasPutIt() throws IOException {
        assumeTrue(EalOptions.withHugepagesWhereFree(LentMain.MEGABYTES, LentMain.MEGABYTES).hugepages(),
                () -> "needs " + LentMain.MEGABYTES + " MB of hugepages that are free");
        Process process = new ProcessBuilder(Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "--enable-native-access=ALL-UNNAMED", "-cp", System.getProperty("java.class.path"),
                        LentMain.class.getName())
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
        try (BufferedReader said = process.inputReader()) {
            List<String> lines = said.lines().toList();
            assertThat(lines.subList(0, LentMain.BUFFERS)).containsOnly("0");
            assumeTrue(lines.getLast().equals(LentMain.PHYSICAL), "devices see addresses as processes do here");
        } finally {
            process.destroyForcibly();
        }
    }
}
