package org.netchannel.specs.report;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.netchannel.specs.Counts;
import org.netchannel.specs.Expected;
import org.netchannel.specs.Finding;
import org.netchannel.specs.Manifest;
import org.netchannel.specs.Model;
import org.netchannel.specs.ModelResult;
import org.netchannel.specs.ModelSize;
import org.netchannel.specs.PropertyKind;
import org.netchannel.specs.counterexample.ActionCall;
import org.netchannel.specs.counterexample.Counterexample;
import org.netchannel.specs.counterexample.Ending;
import org.netchannel.specs.counterexample.Step;
import org.netchannel.specs.value.TlaState;

class CounterexampleFilesTest {
    private static final Model BAD = new Model(
            "stop-r18", "Stop", "StopR18.cfg", "It does not.", List.of("R18"), List.of(),
            new Expected.Violates(PropertyKind.INVARIANT, Optional.of("Fits")), Optional.of("stop"), false,
            OptionalLong.empty(), 3, 64, ModelSize.QUICK, Optional.empty());
    private static final Manifest MANIFEST = new Manifest(List.of(BAD));

    @TempDir
    private Path directory;

    private Path file() {
        return directory.resolve("kept").resolve("stop-r18.txt");
    }

    private List<String> write(Finding finding) throws Exception {
        Step first = new Step(1, ActionCall.named("Initial state"), "", "x = 0", TlaState.parse("x = 0\n"));
        Step second = new Step(2, ActionCall.named("Stop"), "line 3", "x = 1", TlaState.parse("x = 1\n"));
        Counterexample counterexample = new Counterexample(
                List.of(first, second), new Ending.BackTo(ActionCall.named("Undo"), 1), Optional.empty());
        ModelResult result = new ModelResult(
                BAD, finding, new Counts(9, 5, 1), Duration.ofSeconds(1), Duration.ofSeconds(1),
                Optional.of(counterexample), List.of());
        return CounterexampleFiles.write(directory.resolve("kept"), MANIFEST, List.of(result));
    }

    private static Finding violated(String property) {
        return new Finding.Violated(PropertyKind.INVARIANT, List.of(property));
    }

    @Test
    void counterexampleIsWrittenOnceUnderItsHeading() throws Exception {
        assertThat(write(violated("Fits"))).containsExactly("stop-r18.txt: written", "README.md: written");
        assertThat(file()).content().startsWith("stop-r18 violates the invariant Fits.\nIt does not.\n\n1  Initial");
        assertThat(file()).content().contains("2  Stop").endsWith("\n").doesNotContain(" \n");
        assertThat(write(violated("Fits"))).isEmpty();
    }

    @Test
    void counterexampleOfAnotherPropertyIsNotKept() throws Exception {
        assertThat(write(violated("Fair"))).containsExactly("README.md: written");
        assertThat(file()).doesNotExist();
    }

    @Test
    void fileThatDiffersIsReplacedAndFileWithoutModelIsRemoved() throws Exception {
        Files.createDirectories(file().getParent());
        Files.writeString(file(), "old");
        Path orphan = Files.writeString(file().resolveSibling("gone.txt"), "old");
        Files.writeString(file().resolveSibling("notes.md"), "stays");
        assertThat(write(violated("Fits")))
                .containsExactly(
                        "stop-r18.txt: written", "README.md: written", "gone.txt: removed, no model has it");
        assertThat(orphan).doesNotExist();
        assertThat(file().resolveSibling("notes.md")).exists();
        assertThat(file()).content().startsWith("stop-r18 violates");
    }

    @Test
    void indexNamesRacePropertyTwinAndFile() {
        assertThat(CounterexampleFiles.index(MANIFEST))
                .endsWith("| R18 | It does not. | Fits | stop | [stop-r18](stop-r18.txt) |\n");
    }
}
