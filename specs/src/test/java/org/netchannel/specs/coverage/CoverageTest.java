package org.netchannel.specs.coverage;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.netchannel.specs.Expected;
import org.netchannel.specs.ManifestException;
import org.netchannel.specs.Model;
import org.netchannel.specs.ModelResult;
import org.netchannel.specs.ModelRunner;
import org.netchannel.specs.ModelSize;
import org.netchannel.specs.RunListener;
import org.netchannel.specs.RunMode;
import org.netchannel.specs.RunSettings;
import org.netchannel.specs.Simulation;
import org.netchannel.specs.SpecFiles;
import org.netchannel.specs.Toys;

class CoverageTest {
    private static final Explanation NEVER =
            new Explanation("Gaps", "Never", "Never", "It is there to be never taken.");
    private static final Explanation BRANCH = new Explanation("Gaps", "Next1", "n - n", "Count stops before.");
    private static final Explanation REST = new Explanation("Gaps", "Never", "x' = 0", "It is never taken.");
    private static final Explanation BODY = new Explanation("Gaps", "Table", "n * n", "No index is as large.");
    private static final Explanation STATE = new Explanation("Gaps", "IsFull", "x = n", "It is asked of Most only.");
    private static final Explanation STEP = new Explanation("Gaps", "Grows", "x' = x", "Count stops at Most.");
    private static final Explanation[] ALL = {NEVER, BRANCH, REST, BODY, STATE, STEP};

    private static final Model MODEL = new Model(
            "gaps", "Gaps", "Gaps.cfg", "A toy.", List.of(), List.of(), new Expected.Holds(), Optional.empty(), false,
            OptionalLong.of(4), 1, 128, ModelSize.QUICK, Optional.empty());
    private static final Coverage COUNTED = new Coverage();

    @TempDir
    private static Path only;

    private static ModelResult result;

    @TempDir
    private Path directory;

    @BeforeAll
    static void runOnce() throws Exception {
        for (String name : List.of("Gaps.tla", "Gaps.cfg")) {
            Files.writeString(only.resolve(name), Toys.files().text(name));
        }
        result = run(MODEL, COUNTED);
    }

    private static ModelResult run(Model model, Coverage coverage) throws IOException, InterruptedException {
        return new ModelRunner(SpecFiles.in(only), RunSettings.DEFAULT, new RunMode.Covering(coverage))
                .run(List.of(model), RunListener.NONE)
                .getFirst();
    }

    private static CoverageReport report(Explanation... explanations) throws IOException {
        return CoverageReport.of(COUNTED, SpecFiles.in(only), List.of(explanations));
    }

    @Test
    void countingChangesNoResult() {
        assertThat(result.differences()).isEmpty();
    }

    @Test
    void actionThatIsNeverTakenAndBranchThatIsNeverReachedAreGaps() throws Exception {
        CoverageReport report = report();
        assertThat(report.gaps()).extracting(Gap::toString).containsExactly(
                "Gaps.tla:14:18 in Next1: n - n",
                "Gaps.tla:19:1 in Never: Never",
                "Gaps.tla:19:26 in Never: x' = 0",
                "Gaps.tla:29:50 in Table: n * n",
                "Gaps.tla:33:31 in IsFull: x = n",
                "Gaps.tla:38:40 in Grows: x' = x");
        assertThat(report.isGood()).isFalse();
        assertThat(report.lines()).contains("no model reaches Gaps.tla:14:18 in Next1: n - n");
    }

    @Test
    void modelThatTellsNothingIsAnError() throws Exception {
        Model walks = new Model(
                MODEL.name(), MODEL.module(), MODEL.config(), MODEL.description(), MODEL.races(), MODEL.clauses(),
                MODEL.expected(), MODEL.twin(), false, OptionalLong.empty(), 1, 128, ModelSize.SIMULATION,
                Optional.of(new Simulation(10, 10, 1, Optional.empty())));
        Coverage coverage = new Coverage();
        ModelResult silent = run(walks, coverage);
        assertThat(coverage.size()).isZero();
        assertThat(silent.asExpected()).isFalse();
        assertThat(silent.finding()).hasToString("TLC failed: nothing was told of what was evaluated");
    }

    @Test
    void moduleThatNoModelReadsIsAGap() throws Exception {
        Path more = Files.createDirectory(directory.resolve("more"));
        for (String name : List.of("Gaps.tla", "Gaps.cfg", "Counter.tla")) {
            Files.writeString(more.resolve(name), Toys.files().text(name));
        }
        List<Explanation> explanations = new ArrayList<>(List.of(ALL));
        explanations.add(new Explanation("Counter", "Init", "n = 0", "Said of a part of it."));
        CoverageReport report = CoverageReport.of(COUNTED, SpecFiles.in(more), explanations);
        assertThat(report.gaps()).extracting(Gap::toString)
                .containsExactly("Counter.tla:1:1 in the module: MODULE Counter");
        assertThat(report.stale()).as("nobody knows what is reached there").isEmpty();
        explanations.add(new Explanation("Counter", "the module", "MODULE Counter", "It is another toy."));
        assertThat(CoverageReport.of(COUNTED, SpecFiles.in(more), explanations).isGood()).isTrue();
    }

    @Test
    void explainedGapsAreGood() throws Exception {
        CoverageReport report = report(ALL);
        assertThat(report.gaps()).isEmpty();
        assertThat(report.explained()).hasSize(ALL.length);
        assertThat(report.isGood()).isTrue();
    }

    @Test
    void explanationOfWhatIsReachedFails() throws Exception {
        Explanation wrong = new Explanation("Gaps", "Next1", "n  + 1", "It is reached.");
        List<Explanation> explanations = new ArrayList<>(List.of(ALL));
        explanations.add(wrong);
        CoverageReport report = report(explanations.toArray(Explanation[]::new));
        assertThat(report.stale()).containsExactly(wrong);
        assertThat(report.isGood()).isFalse();
        assertThat(report.lines()).contains(
                "unreached.json explains what is reached, or is not there: Gaps in Next1: n  + 1");
    }

    @Test
    void placeThatOneModelReachesIsReached() {
        Coverage coverage = new Coverage();
        coverage.add("line 3, col 5 to line 3, col 9 of module Gaps: 0");
        coverage.add("line 17, col 1 to line 17, col 5 of module Gaps: 0");
        coverage.add("line 1, col 1 to line 1, col 2 of module Gaps: 4");
        assertThat(coverage.size()).isEqualTo(3);
        assertThat(coverage.unreached()).extracting(Place::line).containsExactly(3, 17);
        coverage.add("line 3, col 5 to line 3, col 9 of module Gaps: 2");
        coverage.add("line 17, col 1 to line 17, col 5 of module Gaps: 1");
        assertThat(coverage.unreached()).isEmpty();
    }

    @Test
    void whatIsNoPlaceIsRefused() {
        assertThatThrownBy(() -> new Coverage().add("something else"))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("not a place and a count: something else");
    }

    @Test
    void onlyTheOutermostPlaceIsAGap() {
        Coverage coverage = new Coverage();
        coverage.add("line 3, col 5 to line 4, col 9 of module Gaps: 0");
        coverage.add("line 3, col 5 to line 3, col 20 of module Gaps: 0");
        coverage.add("line 4, col 9 to line 4, col 9 of module Gaps: 0");
        coverage.add("line 4, col 10 to line 4, col 10 of module Gaps: 0");
        assertThat(coverage.unreached()).extracting(Place::toString).containsExactly("Gaps.tla:3:5", "Gaps.tla:4:10");
    }

    @Test
    void explanationsAreRead() throws Exception {
        Files.writeString(directory.resolve("unreached.json"), """
                [{"module": "Gaps", "definition": "Never", "expression": "Never",
                  "why": "It is there to be never taken."}]
                """);
        assertThat(Explanation.read(SpecFiles.in(directory))).containsExactly(NEVER);
        assertThat(Explanation.read(Toys.files())).isEmpty();
    }

    @Test
    void explanationWithoutAReasonIsRefused() throws Exception {
        Files.writeString(directory.resolve("unreached.json"),
                "[{\"module\": \"Gaps\", \"definition\": \"Never\", \"expression\": \"Never\"}]");
        assertThatThrownBy(() -> Explanation.read(SpecFiles.in(directory)))
                .isInstanceOf(ManifestException.class)
                .hasMessageStartingWith("unreached.json: each explanation has a module");
        Files.writeString(directory.resolve("unreached.json"), "[{\"modul\": 1}]");
        assertThatThrownBy(() -> Explanation.read(SpecFiles.in(directory)))
                .isInstanceOf(ManifestException.class)
                .hasMessageStartingWith("unreached.json: Unrecognized field \"modul\"");
    }
}
