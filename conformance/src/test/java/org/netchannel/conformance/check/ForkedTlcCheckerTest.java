package org.netchannel.conformance.check;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Stock TLC says the same as the oracle, shown with a specification small enough to know all its behaviours. */
class ForkedTlcCheckerTest {
    private static final Path PIPE = Path.of("src/test/resources/pipe");
    private static final Path SPECS = Path.of("../specs/tla");

    private static SpecOracle oracle;

    @TempDir
    private Path modules;

    @BeforeAll
    static void load() {
        oracle = new SpecOracle(PIPE);
    }

    @BeforeEach
    void putTheCheckingModuleBesideThePipe() throws IOException {
        for (String file : List.of("TraceNetChannel.tla", "TraceNetChannel.cfg")) {
            Files.copy(PIPE.resolve(file), modules.resolve(file));
        }
        Files.copy(SPECS.resolve("TraceCheck.tla"), modules.resolve("TraceCheck.tla"));
    }

    private Verdict fork(Lines lines) {
        return new ForkedTlcChecker(modules, Duration.ofMinutes(1)).check(Lines.HEADER, lines);
    }

    static List<Lines> traces() {
        return List.of(
                new Lines().send(0, 3).receive(0, 2).receive(2, 1).listen(3).receive(3, 0).accept(3).shutdown(5_000),
                new Lines().send(0, 3).receive(0, 2).receive(2, 2).receive(4, 9),
                new Lines(),
                new Lines().send(0, SpecNumbers.LARGEST).send(SpecNumbers.LARGEST, 1));
    }

    @ParameterizedTest
    @MethodSource("traces")
    void bothCheckersAgree(Lines lines) {
        Verdict expected = oracle.check(Lines.HEADER, lines);
        Verdict verdict = fork(lines);
        assertThat(verdict).hasSameClassAs(expected);
        switch (verdict) {
            case Verdict.Accepted accepted ->
                assertThat(accepted.lines()).isEqualTo(((Verdict.Accepted) expected).lines());
            case Verdict.Rejected rejected -> {
                assertThat(rejected.step()).isEqualTo(((Verdict.Rejected) expected).step());
                assertThat(rejected.clauses()).isEqualTo(((Verdict.Rejected) expected).clauses());
            }
            default -> assertThat(verdict).isEqualTo(expected);
        }
    }

    @Test
    void aRejectionShowsTheLineAndWhatWouldHaveBeenRight() {
        assertThat(fork(new Lines().send(0, 3).send(2, 1))).isInstanceOfSatisfying(Verdict.Rejected.class, rejected -> {
            assertThat(rejected.step()).isEqualTo(2);
            assertThat(rejected.clauses()).containsExactly("NC-DATA-1");
            assertThat(String.join("\n", rejected.explanation())).contains("\"offset\":2").contains("offset |-> 3");
        });
    }

    @Test
    void aMistakeInTheSpecificationIsAVerdictOfItsOwn() {
        assertThat(fork(new Lines().send(0, 1).abort(0)))
                .isInstanceOfSatisfying(Verdict.EvaluationError.class, error -> {
            assertThat(error.step()).isEqualTo(2);
            assertThat(error.reason()).contains("status").contains("\\div");
        });
    }

    @Test
    void aModuleThatTlcDoesNotAcceptIsAVerdictOfItsOwn() throws IOException {
        Files.writeString(modules.resolve("TraceNetChannel.tla"), "---- MODULE TraceNetChannel ----\nfoo\n====\n");
        assertThat(fork(new Lines().send(0, 1))).isInstanceOfSatisfying(Verdict.EvaluationError.class, error -> {
            assertThat(error.step()).isEqualTo(1);
            assertThat(error.reason()).contains("status");
        });
    }

    @Test
    void tlcIsStoppedAtItsTimeLimit() {
        Verdict verdict =
                new ForkedTlcChecker(modules, Duration.ofMillis(1)).check(Lines.HEADER, new Lines().send(0, 1));
        assertThat(verdict).isEqualTo(new Verdict.Incomplete(0, "TLC was stopped at its time limit"));
    }

    @Test
    void nothingIsLeftBehind(@TempDir Path temporary) {
        new ForkedTlcChecker(modules, Duration.ofMinutes(1), temporary).check(Lines.HEADER, new Lines().send(1, 1));
        assertThat(temporary).isEmptyDirectory();
    }
}
