package org.netchannel.specs.report;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;
import org.netchannel.specs.Counts;
import org.netchannel.specs.Expected;
import org.netchannel.specs.Finding;
import org.netchannel.specs.Model;
import org.netchannel.specs.ModelResult;
import org.netchannel.specs.ModelSize;
import org.netchannel.specs.Progress;
import org.netchannel.specs.PropertyKind;
import org.netchannel.specs.counterexample.ActionCall;
import org.netchannel.specs.counterexample.Counterexample;
import org.netchannel.specs.counterexample.Ending;
import org.netchannel.specs.counterexample.Step;
import org.netchannel.specs.value.TlaState;

class ReportTest {
    private static final Model MODEL = new Model(
            "stop", "Stop", "Stop.cfg", "A stopped sender goes on.", List.of("R18"), List.of("NC-HOL-5"),
            new Expected.Holds(), Optional.empty(), false, OptionalLong.of(12), 3, 64, ModelSize.QUICK,
            Optional.empty());
    private static final ModelResult GOOD = new ModelResult(
            MODEL, new Finding.Holds(), new Counts(20_000, 1_200, 0), Duration.ofMillis(1_500), Duration.ofSeconds(1),
            Optional.empty(), List.of());
    private static final ModelResult BAD = new ModelResult(
            MODEL, new Finding.Violated(PropertyKind.TEMPORAL_PROPERTY, List.of("GoesOn")), new Counts(9, 5, 1),
            Duration.ofSeconds(125), Duration.ofSeconds(1), Optional.of(counterexample()),
            List.of("expected: holds; found: it does not"));

    private final StringWriter written = new StringWriter();

    private static Counterexample counterexample() {
        Step first = new Step(1, ActionCall.named("Initial state"), "", "x = 0", TlaState.parse("x = 0\n"));
        Step second = new Step(2, ActionCall.named("Stop"), "line 3", "x = 1", TlaState.parse("x = 1\n"));
        return new Counterexample(
                List.of(first, second), new Ending.BackTo(ActionCall.named("Undo"), 1), Optional.of("a note"));
    }

    private static Progress progress(int second) {
        return new Progress(MODEL, new Counts(4_000 * second, 2_000 * second, 7), 4_000, Duration.ofSeconds(second));
    }

    @Test
    void plainProgressHasALineEveryTenSecondsAndOneAtTheEnd() {
        ConsoleProgress console = ConsoleProgress.plain(new PrintWriter(written), 12);
        console.started(MODEL);
        for (int second = 1; second <= 25; second++) {
            console.progress(progress(second));
        }
        console.finished(GOOD);
        assertThat(written.toString().lines()).containsExactly(
                "stop: 40,000 generated, 20,000 distinct, queue 7, 4,000/s, 10.0 s",
                "stop: 80,000 generated, 40,000 distinct, queue 7, 4,000/s, 20.0 s",
                " 1/12 OK      stop: holds, 1,200 distinct states, 1.5 s");
    }

    @Test
    void liveProgressIsOneLineThatFits() {
        ConsoleProgress console = ConsoleProgress.live(new PrintWriter(written), 1, 40);
        console.started(MODEL);
        console.progress(progress(1));
        console.progress(progress(2));
        assertThat(written.toString()).doesNotContain("\n").contains("\r0/1 stop: 8,000 generated, 4,000 dist");
        assertThat(written.toString().split("\r")).allMatch(line -> line.length() < 40);
        console.finished(GOOD);
        assertThat(written.toString()).endsWith("\r1/1 OK      stop: holds, 1,200 distinct states, 1.5 s\n");
    }

    @Test
    void liveLineStaysWhileOtherModelsRun() {
        Model other = new Model(
                "other", "Stop", "Other.cfg", "Another.", List.of(), List.of(), new Expected.Holds(), Optional.empty(),
                false, OptionalLong.of(1), 3, 64, ModelSize.QUICK, Optional.empty());
        ConsoleProgress console = ConsoleProgress.live(new PrintWriter(written), 2, 200);
        console.started(MODEL);
        console.started(other);
        console.progress(progress(1));
        console.progress(new Progress(other, new Counts(1, 1, 1), 1, Duration.ofSeconds(1)));
        console.finished(GOOD);
        assertThat(written.toString())
                .contains("0/2 stop: 4,000 generated, 2,000 distinct, queue 7, 4,000/s, 1.0 s | other: 1 generated")
                .endsWith("\r1/2 other: 1 generated, 1 distinct, queue 1, 1/s, 1.0 s");
    }

    @Test
    void tableEndsWithASummary() {
        assertThat(ModelTable.of(List.of(GOOD, BAD), Duration.ofSeconds(130), 2)).containsExactly(
                "OK    stop  1,200 states     1.5 s  holds",
                "FAIL  stop      5 states  2:05 min  violates the temporal property GoesOn",
                "",
                "1 of 2 models as expected, 2:10 min",
                "2 thorough models left out; --thorough runs them");
    }

    @Test
    void listSaysWhatAModelIsAbout() {
        assertThat(ModelTable.of(List.of(MODEL))).containsExactly(
                "stop  quick  3 s  64 MB  holds", "    A stopped sender goes on. [R18, NC-HOL-5]");
    }

    @Test
    void detailsShowDifferencesAndCounterexample() {
        assertThat(ResultText.details(BAD, 80)).startsWith(
                "FAIL stop: A stopped sender goes on.",
                "  expected: holds; found: it does not",
                "  violates the temporal property GoesOn:").contains("2  Stop  x: 0 -> 1", "(a note)");
    }

    @Test
    void detailsOfAnErrorShowWhatTlcSaid() {
        ModelResult failed = new ModelResult(
                MODEL, new Finding.Failed(Finding.Stage.PARSING, "line 3\nis wrong"), Counts.NONE,
                Duration.ZERO, Duration.ZERO,
                Optional.empty(), List.of("expected: holds; found: parse error: line 3"));
        assertThat(ResultText.details(failed, 80)).containsExactly(
                "ERROR stop: A stopped sender goes on.",
                "  expected: holds; found: parse error: line 3",
                "  | line 3",
                "  | is wrong");
    }

    @Test
    void jsonHasResultsAndSteps() throws Exception {
        JsonNode json = new ObjectMapper().readTree(JsonReport.of(List.of(GOOD, BAD), Duration.ofMillis(1_250)));
        assertThat(json.at("/asExpected").asBoolean()).isFalse();
        assertThat(json.at("/seconds").asDouble()).isEqualTo(1.25);
        assertThat(json.at("/models/0/verdict").asText()).isEqualTo("OK");
        assertThat(json.at("/models/0/distinctStates").asLong()).isEqualTo(1_200);
        assertThat(json.at("/models/0/found/result").asText()).isEqualTo("holds");
        assertThat(json.at("/models/1/found/properties/0").asText()).isEqualTo("GoesOn");
        assertThat(json.at("/models/1/found/kind").asText()).isEqualTo("temporal property");
        assertThat(json.at("/models/1/differences/0").asText()).isEqualTo("expected: holds; found: it does not");
        assertThat(json.at("/models/1/clauses/0").asText()).isEqualTo("NC-HOL-5");
        JsonNode counterexample = json.at("/models/1/counterexample");
        assertThat(counterexample.at("/steps/1/action/name").asText()).isEqualTo("Stop");
        assertThat(counterexample.at("/steps/1/changes/0").toString())
                .isEqualTo("{\"path\":\"x\",\"what\":\"changed\",\"before\":\"0\",\"after\":\"1\"}");
        assertThat(counterexample.at("/steps/1/state/x").asText()).isEqualTo("1");
        assertThat(counterexample.at("/ending").asText()).isEqualTo("back");
        assertThat(counterexample.at("/steps/0/changes").isMissingNode()).isTrue();
        assertThat(counterexample.at("/backAction/name").asText()).isEqualTo("Undo");
        assertThat(counterexample.at("/note").asText()).isEqualTo("a note");
        assertThat(counterexample.at("/backToStep").asInt()).isEqualTo(1);
    }

    @Test
    void jsonListHasTheModels() throws Exception {
        JsonNode json = new ObjectMapper().readTree(JsonReport.of(List.of(MODEL)));
        assertThat(json.at("/models/0/expected/result").asText()).isEqualTo("holds");
        assertThat(json.at("/models/0/expectedDistinctStates").asInt()).isEqualTo(12);
        assertThat(json.at("/models/0/races/0").asText()).isEqualTo("R18");
    }
}
