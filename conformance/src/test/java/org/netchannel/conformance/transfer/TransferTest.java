package org.netchannel.conformance.transfer;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Two processes, and real TCP connections between them. */
class TransferTest {
    @TempDir
    Path folder;

    /** What the two processes run. */
    static final class Host {
        private Host() {}

        public static void main(String[] args) throws IOException {
            TransferHost.run(
                    new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8)),
                    new PrintWriter(System.out, true, StandardCharsets.UTF_8));
        }
    }

    private Transfer.Result transfer(int bytes, LinkPlan channels, boolean kill) throws Exception {
        long seed = System.nanoTime();
        byte[] content = new byte[bytes];
        new Random(seed).nextBytes(content);
        Path file = Files.write(folder.resolve("file"), content);
        List<String> command = List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-cp", System.getProperty("java.class.path"), Host.class.getName());
        return Transfer.run(
                new Transfer.Order(file, folder, "reference", "reference", channels, kill, seed, command),
                (received, total) -> assertThat(received).isBetween(0L, total));
    }

    private long mergedLines(Transfer.Result result) throws IOException {
        assertThat(result.traces()).hasSize(2);
        return TraceMerger.merge(result.traces().get(0), result.traces().get(1), folder.resolve("merged.ndjson"));
    }

    @Test
    void aFileArrivesOnBothSides() throws Exception {
        Transfer.Result result = transfer(3_000_001, new LinkPlan(1, 3), false);
        assertThat(result.problems()).isEmpty();
        assertThat(result.channelFailures()).isZero();
        assertThat(result.took()).isLessThan(Duration.ofSeconds(60));
        assertThat(mergedLines(result)).isPositive();
    }

    @Test
    void anEmptyFileArrivesToo() throws Exception {
        Transfer.Result result = transfer(0, new LinkPlan(0, 1), false);
        assertThat(result.problems()).isEmpty();
        assertThat(mergedLines(result)).isPositive();
    }

    @Test
    void aChannelKilledInTheMiddleLosesNothing() throws Exception {
        Transfer.Result result = transfer(5_000_000, new LinkPlan(0, 2), true);
        assertThat(result.problems()).isEmpty();
        assertThat(result.killedChannel()).isPositive();
        assertThat(result.channelFailures()).isGreaterThanOrEqualTo(2);
        assertThat(mergedLines(result)).isPositive();
    }
}
