package org.netchannel.optimized.dpdk;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;

/** DPDK refuses to start: that is one clear line, each time somebody tries. In a process of its own. */
@ExtendWith(WithDpdk.class)
class EalRefusedTest {
    /** Asks for more hugepages than any machine has that runs this. */
    static final class Main {
        private Main() {}

        /** Tries twice, for the second time with options that are good. */
        public static void main(String[] arguments) {
            tryToStart(new EalOptions(true, 65_536, List.of()));
            tryToStart(EalOptions.withoutHugepages(16));
        }

        private static void tryToStart(EalOptions options) {
            try {
                Eal.start(options);
                System.out.println("it has started");
            } catch (DpdkException e) {
                System.out.println(e.getMessage());
            }
        }
    }

    @Test
    @Timeout(60)
    void aRefusalIsOneLineAndStaysOne() throws IOException {
        Process process = new ProcessBuilder(Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-XX:TieredStopAtLevel=1", "--enable-native-access=ALL-UNNAMED",
                        "-cp", System.getProperty("java.class.path"),
                        Main.class.getName())
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
        try (BufferedReader said = process.inputReader()) {
            List<String> lines = said.readAllLines();
            assertThat(lines).hasSize(2).allMatch(line -> line.startsWith("DPDK does not start: "));
            assertThat(lines.get(1)).isEqualTo(lines.get(0));
        } finally {
            process.destroyForcibly();
        }
    }
}
