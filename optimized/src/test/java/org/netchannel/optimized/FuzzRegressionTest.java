package org.netchannel.optimized;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.netchannel.optimized.tcp.FramesFuzz;

/**
 * Inputs that fuzzing began with, those that found something, and those that reach the most, run as they are and with a
 * few bytes changed. Fuzzing itself: {@code mvn -Pfuzz}, see README.md.
 */
@Timeout(120)
class FuzzRegressionTest {
    private static final int CHANGED = 20;

    /** A fuzz target. */
    private interface Target {
        void run(byte[] input) throws IOException;
    }

    private static void run(String folder, int atLeast, Target target) throws Exception {
        List<Path> inputs;
        try (Stream<Path> files = Files.list(Path.of(FuzzRegressionTest.class.getResource("fuzz/" + folder).toURI()))) {
            inputs = files.sorted().toList();
        }
        assertThat(inputs).hasSizeGreaterThanOrEqualTo(atLeast);
        SplittableRandom random = new SplittableRandom(4);
        for (Path file : inputs) {
            byte[] input = Files.readAllBytes(file);
            run(target, file.getFileName().toString(), input);
            for (int i = 0; i < CHANGED && input.length > 0; i++) {
                byte[] changed = input.clone();
                for (int j = random.nextInt(3); j >= 0; j--) {
                    changed[random.nextInt(changed.length)] = (byte) random.nextInt(256);
                }
                run(target, file.getFileName() + " changed: " + Arrays.toString(changed), changed);
            }
        }
    }

    private static void run(Target target, String name, byte[] input) {
        try {
            target.run(input);
        } catch (IOException | RuntimeException | AssertionError e) {
            throw new AssertionError(name, e);
        }
    }

    @Test
    void bytesOfChannelsHarmNobodyElse() throws Exception {
        run("receive-path", 10, ReceivePathFuzz::fuzzerTestOneInput);
    }

    @Test
    void framesHarmNobodyElse() throws Exception {
        run("frames", 8, FramesFuzz::fuzzerTestOneInput);
    }
}
