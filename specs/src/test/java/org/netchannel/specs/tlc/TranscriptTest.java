package org.netchannel.specs.tlc;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.netchannel.specs.Counts;
import org.netchannel.specs.Finding;
import org.netchannel.specs.Finding.Stage;
import org.netchannel.specs.PropertyKind;
import org.netchannel.specs.counterexample.Counterexample;
import org.netchannel.specs.counterexample.Step;
import tlc2.output.EC;

class TranscriptTest {
    private final Transcript transcript = new Transcript();

    private void say(int code, int severity, String text) {
        transcript.message(new ToolMessage(code, severity, text));
    }

    private Finding finding(int exitStatus) {
        return transcript.report(exitStatus, Duration.ZERO).finding();
    }

    private Stage stage(int exitStatus) {
        return ((Finding.Failed) finding(exitStatus)).stage();
    }

    @Test
    void successNeedsTheMessageAndTheStatus() {
        assertThat(stage(0)).isEqualTo(Stage.TOOL);
        say(EC.TLC_SUCCESS, 0, "Model checking completed.");
        assertThat(finding(0)).isEqualTo(new Finding.Holds());
        assertThat(finding(137)).isInstanceOf(Finding.Failed.class);
    }

    @Test
    void violationNeedsTheStatusOfItsKind() {
        say(EC.TLC_INVARIANT_VIOLATED_BEHAVIOR, 1, "Invariant Fits is violated.\n");
        assertThat(finding(12)).isEqualTo(new Finding.Violated(PropertyKind.INVARIANT, List.of("Fits")));
        assertThat(finding(13)).isInstanceOf(Finding.Failed.class);
        assertThat(finding(0)).isInstanceOf(Finding.Failed.class);
    }

    @ParameterizedTest
    @CsvSource({
        "1, TOOL", "10, EVALUATION", "14, EVALUATION", "75, EVALUATION", "76, EVALUATION", "77, EVALUATION",
        "137, TOOL", "150, PARSING", "151, PARSING", "255, TOOL"
    })
    void exitStatusSaysWhatFailed(int exitStatus, Stage stage) {
        assertThat(stage(exitStatus)).isEqualTo(stage);
    }

    @Test
    void status255WithAnErrorIsAnEvaluationErrorUnlessMemoryRanOut() {
        say(EC.GENERAL, 1, "Attempted to apply a function");
        assertThat(stage(255)).isEqualTo(Stage.EVALUATION);
        say(EC.SYSTEM_OUT_OF_MEMORY, 1, "Java ran out of memory.");
        assertThat(stage(255)).isEqualTo(Stage.TOOL);
    }

    @Test
    void countsWithGroupingAndRatesAreRead() {
        say(EC.TLC_PROGRESS_STATS, 0, "Progress(11) at 2026-11-21 10:24:14: 1,234,577 states generated (10,176 s/min), "
                + "39,000 distinct states found (5,154 ds/min), 12 states left on queue.");
        assertThat(transcript.report(0, Duration.ZERO).counts()).isEqualTo(new Counts(1_234_577, 39_000, 12));
    }

    @Test
    void messageOfAFailureHasErrorsAndOtherLinesInOneText() {
        transcript.line("Parsing file Stop.tla");
        transcript.line("Unknown operator: `Sop'.");
        say(EC.TLC_PARSING_FAILED, 1, "Parsing or semantic analysis failed.\n");
        Finding.Failed failed = (Finding.Failed) finding(150);
        assertThat(failed.message()).isEqualTo(
                "Parsing or semantic analysis failed.\nUnknown operator: `Sop'.\nTLC ended with exit status 150");
        assertThat(failed).hasToString("parse error: Parsing or semantic analysis failed.");
    }

    @Test
    void endlessOutputIsBounded() {
        for (int i = 0; i < 100_000; i++) {
            transcript.line("x".repeat(5_000));
            say(EC.GENERAL, 1, "error");
        }
        assertThat(((Finding.Failed) finding(255)).message().length()).isLessThan(250_000);
    }

    @Test
    void tooLongACounterexampleIsCutAndSaysSo() {
        say(EC.TLC_TEMPORAL_PROPERTY_VIOLATED, 1, "Temporal properties were violated.\n");
        for (int i = 1; i <= 10_002; i++) {
            say(EC.TLC_STATE_PRINT2, 4, i + ": <Next line 1, col 1 to line 1, col 2 of module Stop>\nx = " + i + "\n");
        }
        Counterexample found = transcript.report(13, Duration.ZERO).counterexample().orElseThrow();
        assertThat(found.steps()).hasSize(10_000);
        assertThat(found.note()).hasValue("the last 2 of 10002 states were dropped");
    }

    @Test
    void actionsHaveNameAndPlace() {
        say(EC.TLC_DEADLOCK_REACHED, 1, "Deadlock reached.\n");
        say(EC.TLC_STATE_PRINT2, 4, "1: <Initial predicate>\nx = 0\n");
        say(EC.TLC_STATE_PRINT2, 4, "2: <Send line 19, col 5 to line 22, col 59 of module Relay>\nx = 1\n");
        Counterexample found = transcript.report(11, Duration.ZERO).counterexample().orElseThrow();
        assertThat(found.steps().stream().flatMap(TranscriptTest::nameAndPlace)).containsExactly(
                "Initial state", "", "Send", "line 19, col 5 to line 22, col 59 of module Relay");
    }

    private static Stream<String> nameAndPlace(Step step) {
        return Stream.of(step.action().name(), step.location());
    }
}
