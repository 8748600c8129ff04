package org.netchannel.specs;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ManifestUpdateTest {
    private static final String TEXT =
            """
            {"models": [
                {"seconds": 3,   "distinctStates": 1, "name": "stop", "module": "Stop", "config": "Stop.cfg",
                 "description": "Has \\"distinctStates\\": 5, \\u00e4.", "races": ["R18"],
                 "expected": {"result": "holds"}, "megabytes": 64, "size": "quick"},
                {"name": "bad", "module": "Stop", "config": "Bad.cfg", "description": "Ends.", "races": ["R18"],
                 "expected": {"result": "violates", "kind": "invariant", "property": "Fits"},
                 "twin": "stop", "seconds": 4, "megabytes": 64, "size": "quick"}
            ]}
            """;

    @TempDir
    private Path directory;

    private Manifest manifest;

    @BeforeEach
    void writeFiles() throws Exception {
        Files.writeString(directory.resolve("Stop.tla"), "---- MODULE Stop ----\n====\n");
        Files.writeString(directory.resolve("Stop.cfg"), "INVARIANT Fits\n");
        Files.writeString(directory.resolve("Bad.cfg"), "INVARIANT Fits\n");
        Files.writeString(directory.resolve(Manifest.FILE), TEXT);
        manifest = Manifest.read(SpecFiles.in(directory));
    }

    private ModelResult result(int model, Finding finding, long distinct, int milliseconds) {
        Counts counts = new Counts(2 * distinct, distinct, 0);
        return new ModelResult(
                manifest.models().get(model), finding, counts, Duration.ofHours(1), Duration.ofMillis(milliseconds),
                Optional.empty(), List.of());
    }

    private String text() throws IOException {
        return Files.readString(directory.resolve(Manifest.FILE));
    }

    @Test
    void numbersAreReplacedAndNothingElse() throws Exception {
        List<String> notes =
                ManifestUpdate.write(directory, List.of(result(0, new Finding.Holds(), 1_234_567_890_123L, 12_001)));
        assertThat(notes).containsExactly("stop: distinctStates 1 -> 1234567890123", "stop: seconds 3 -> 13");
        assertThat(text()).isEqualTo(TEXT
                .replace("\"distinctStates\": 1", "\"distinctStates\": 1234567890123")
                .replace("\"seconds\": 3", "\"seconds\": 13"));
        try (Stream<Path> files = Files.list(directory)) {
            assertThat(files).hasSize(4);
        }
    }

    @Test
    void timeThatIsAboutRightStays() throws Exception {
        Finding bad = new Finding.Violated(PropertyKind.INVARIANT, List.of("Fits"));
        assertThat(ManifestUpdate.write(directory, List.of(
                        result(0, new Finding.Holds(), 1, 5_900), result(1, bad, 77, 2_000))))
                .isEmpty();
        assertThat(text()).isEqualTo(TEXT);
        assertThat(ManifestUpdate.write(directory, List.of(
                        result(0, new Finding.Holds(), 1, 6_100), result(1, bad, 77, 1_000))))
                .containsExactly("stop: seconds 3 -> 7", "bad: seconds 4 -> 1");
    }

    @Test
    void numbersOfSeveralModelsAreReplacedEachInItsPlace() throws Exception {
        Finding bad = new Finding.Violated(PropertyKind.INVARIANT, List.of("Fits"));
        ManifestUpdate.write(
                directory, List.of(result(1, bad, 77, 100_000), result(0, new Finding.Holds(), 1_000, 4_000)));
        assertThat(text()).isEqualTo(TEXT
                .replace("\"distinctStates\": 1", "\"distinctStates\": 1000")
                .replace("\"seconds\": 3", "\"seconds\": 4")
                .replace("\"seconds\": 4, \"mega", "\"seconds\": 100, \"mega"));
    }

    @Test
    void resultThatIsNotAsExpectedIsNotWritten() throws Exception {
        Finding other = new Finding.Violated(PropertyKind.INVARIANT, List.of("Fair"));
        assertThat(ManifestUpdate.write(directory, List.of(
                        result(0, other, 99, 60_000),
                        result(1, new Finding.TimedOut(Duration.ofSeconds(9)), 99, 60_000))))
                .isEmpty();
        assertThat(text()).isEqualTo(TEXT);
    }
}
