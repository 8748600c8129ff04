package org.netchannel.specs.coverage;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
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
import org.netchannel.specs.SpecFiles;
import org.netchannel.specs.Toys;

class CoverageTest {
    private static final Explanation NEVER =
            new Explanation("Gaps", "Never", "Never", "It is there to be never taken.");
    private static final Explanation BRANCH = new Explanation("Gaps", "Next1", "n - n", "Count stops before.");
    private static final Explanation REST = new Explanation("Gaps", "Never", "x' = 0", "It is never taken.");

    private static final Coverage COUNTED = new Coverage();
    private static ModelResult result;

    @TempDir
    private Path directory;

    @BeforeAll
    static void runOnce() throws Exception {
        Model model = new Model(
                "gaps", "Gaps", "Gaps.cfg", "A toy.", List.of(), List.of(), new Expected.Holds(),
                Optional.empty(), false, OptionalLong.of(4), 1, 128, ModelSize.QUICK,
                Optional.empty());
        result = new ModelRunner(Toys.files(), RunSettings.DEFAULT, new RunMode.Covering(COUNTED))
                .run(List.of(model), RunListener.NONE)
                .getFirst();
    }

    private static CoverageReport report(Explanation... explanations) throws IOException {
        return CoverageReport.of(COUNTED, Toys.files(), List.of(explanations));
    }

    @Test
    void countingChangesNoResult() {
        assertThat(result.differences()).isEmpty();
    }

    @Test
    void actionThatIsNeverTakenAndBranchThatIsNeverReachedAreGaps() throws Exception {
        CoverageReport report = report();
        assertThat(report.gaps()).extracting(Gap::toString).containsExactly(
                "Gaps.tla:12:18 in Next1: n - n",
                "Gaps.tla:17:1 in Never: Never",
                "Gaps.tla:17:26 in Never: x' = 0");
        assertThat(report.isGood()).isFalse();
        assertThat(report.lines()).contains("no model reaches Gaps.tla:12:18 in Next1: n - n");
    }

    @Test
    void explainedGapsAreGood() throws Exception {
        CoverageReport report = report(NEVER, BRANCH, REST);
        assertThat(report.gaps()).isEmpty();
        assertThat(report.explained()).hasSize(3);
        assertThat(report.isGood()).isTrue();
    }

    @Test
    void explanationOfWhatIsReachedFails() throws Exception {
        Explanation wrong = new Explanation("Gaps", "Next1", "n  + 1", "It is reached.");
        CoverageReport report = report(NEVER, BRANCH, REST, wrong);
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
        coverage.add("something else");
        assertThat(coverage.size()).isEqualTo(3);
        assertThat(coverage.unreached()).extracting(Place::line).containsExactly(3, 17);
        coverage.add("line 3, col 5 to line 3, col 9 of module Gaps: 2");
        coverage.add("line 17, col 1 to line 17, col 5 of module Gaps: 1");
        assertThat(coverage.unreached()).isEmpty();
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
