package org.netchannel.optimized.dpdk;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIf;
import org.junit.jupiter.api.io.TempDir;

/** Where DPDK or a compiler is missing the build goes on, and says so. */
class ShimBuildTest {
    @TempDir
    private Path folder;

    private void assertMissing(String variable, String value, String message) throws IOException, InterruptedException {
        Path library = Files.writeString(folder.resolve("libnetchannel-dpdk.so"), "of an earlier build");
        ProcessBuilder build = new ProcessBuilder("sh", "src/main/c/build.sh", folder.toString());
        build.environment().put("PKG_CONFIG_PATH", "");
        build.environment().put(variable, value);
        Path said = folder.resolve("said");
        int status = build.redirectErrorStream(true).redirectOutput(said.toFile()).start().waitFor();
        assertThat(status).isZero();
        assertThat(Files.readString(said)).isEqualTo("DPDK channels are left out: " + message + "\n");
        assertThat(folder.resolve("missing.txt")).hasContent(message);
        assertThat(library).doesNotExist();
    }

    @Test
    @EnabledIf("hasCompilerAndPkgConfig")
    void withoutDpdkItSaysThatDpdkIsMissing() throws IOException, InterruptedException {
        assertMissing("PKG_CONFIG_LIBDIR", folder.toString(), "pkg-config finds no libdpdk");
    }

    static boolean hasCompilerAndPkgConfig() throws IOException, InterruptedException {
        return new ProcessBuilder("sh", "-c", "command -v ${CC:-cc} && command -v pkg-config")
                        .start().waitFor() == 0;
    }

    @Test
    void withoutACompilerItSaysThatOneIsMissing() throws IOException, InterruptedException {
        assertMissing("CC", "no-such-compiler", "there is no C compiler (cc)");
    }
}
