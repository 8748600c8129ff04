package org.netchannel.conformance.exec;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.BufferedReader;
import java.io.File;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.netchannel.conformance.Patience;
import org.netchannel.conformance.suite.Arrangement;
import org.netchannel.conformance.suite.Part;
import org.netchannel.conformance.suite.PartResult;
import org.netchannel.conformance.suite.Plan;
import org.netchannel.conformance.suite.Result;
import org.netchannel.conformance.suite.Subject;
import org.netchannel.conformance.suite.Suite;
import org.netchannel.conformance.suite.Topic;

/** The examples, which were written from the texts alone, pass the drills and some scenarios against the reference. */
class ExamplesTest {
    private static final Path C = Path.of("examples/c");
    private static final Path BUILT = Path.of("target/examples").toAbsolutePath();
    private static final Duration ANSWER = Duration.ofSeconds(60);
    private static final long SEED = 20;
    private static final int SCENARIOS = 12;

    @Test
    @Timeout(value = 10, unit = TimeUnit.MINUTES)
    void exampleInPythonKeepsToTheProtocol() throws Exception {
        assumePresent("python3");
        keepsToTheProtocol("'" + python() + "' examples/python/endpoint.py", "netchannel-python-example 1");
    }

    @Test
    @Timeout(value = 10, unit = TimeUnit.MINUTES)
    void exampleInCKeepsToTheProtocol() throws Exception {
        assumePresent("cc");
        assumePresent("make");
        compile();
        keepsToTheProtocol("'" + BUILT.resolve("endpoint") + "'", "netchannel-c-example 1");
    }

    private static void keepsToTheProtocol(String command, String identity) throws InterruptedException {
        Plan plan = new Plan(Set.of(Part.LINES, Part.DRILLS, Part.SCENARIOS), EnumSet.allOf(Topic.class),
                List.of(Arrangement.SELF, Arrangement.BEFORE_REFERENCE, Arrangement.BEHIND_REFERENCE),
                SEED, SCENARIOS, Duration.ofMinutes(5), 1, 2);
        try (ExecImplementation example = new ExecImplementation(command, ANSWER, 2)) {
            Result result = new Suite(new Subject(identity, example, Patience.ofWatched(Duration.ofSeconds(60))), plan,
                    Path.of("../specs/tla")).run(told -> {});
            assertThat(result.findings()).as("seed " + SEED)
                    .extracting(finding -> finding.smallest().name() + ": " + finding.smallest().violation())
                    .isEmpty();
            assertThat(result.identity()).isEqualTo(identity);
            assertThat(result.parts()).extracting(PartResult::failed).containsOnly(0L);
            assertThat(result.parts()).extracting(PartResult::runs).last().isEqualTo((long) SCENARIOS);
        }
    }

    /** The interpreter itself: what stands on the PATH may be a script that takes long to find it. */
    private static String python() throws Exception {
        Process python = new ProcessBuilder("python3", "-c", "import sys; print(sys.executable)").start();
        try (BufferedReader reader = python.inputReader()) {
            return reader.readLine();
        }
    }

    private static void assumePresent(String program) {
        boolean present = Arrays.stream(System.getenv().getOrDefault("PATH", "").split(File.pathSeparator))
                .anyMatch(folder -> Files.isExecutable(Path.of(folder, program)));
        assumeTrue(present, program + " is missing: install it and have it on the PATH to test this example");
    }

    private static void compile() throws Exception {
        Files.createDirectories(BUILT);
        Path said = BUILT.resolve("make.log");
        Process make = new ProcessBuilder("make", "-C", C.toString(), "OUT=" + BUILT)
                .redirectErrorStream(true).redirectOutput(said.toFile()).start();
        assertThat(make.waitFor()).as(Files.readString(said)).isZero();
    }
}
