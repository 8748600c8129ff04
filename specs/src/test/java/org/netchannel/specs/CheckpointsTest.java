package org.netchannel.specs;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.netchannel.specs.ModelResult.Verdict;

/** Runs are killed as by kill -9, and go on. */
class CheckpointsTest {
    private static final Duration EVERY = Duration.ofHours(1);

    /** What TLC generates when nobody interrupts it: two from each state, one at two borders, and the first. */
    private static final long ALL_GENERATED = 2 * 800 * 801 + 1;

    @TempDir
    private Path folder;
    /** Of a process that is killed, and so does not clear up. */
    @TempDir
    private Path temporary;

    private final List<String> notes = new ArrayList<>();

    /** Ends when TLC has written a checkpoint and its parent was killed then. */
    private void killAfterACheckpoint(Model model) throws IOException {
        Process process = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-Djava.io.tmpdir=" + temporary, "-cp", System.getProperty("java.class.path"),
                        Toys.Interruptible.class.getName(), folder.toString(), model.config())
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
        try (BufferedReader said = process.inputReader()) {
            assertThat(said.readLine()).isEqualTo(model.name() + ": checkpoint written");
            List<ProcessHandle> children = process.descendants().toList();
            assertThat(children).isNotEmpty();
            process.destroyForcibly();
            process.onExit().join();
            children.forEach(child -> child.onExit().join());
        } finally {
            process.destroyForcibly();
        }
    }

    private ModelResult goOn(SpecFiles files, Model model) throws IOException, InterruptedException {
        RunListener listener = new RunListener() {
            @Override
            public void note(String text) {
                notes.add(text);
            }
        };
        try (Checkpoints kept = Checkpoints.open(folder, EVERY).orElseThrow()) {
            return new ModelRunner(files, Toys.SETTINGS, new RunMode.Interruptible(kept))
                    .run(List.of(model), listener)
                    .getFirst();
        }
    }

    @Test
    void killedRunGoesOnToTheSameNumberOfStates() throws Exception {
        killAfterACheckpoint(Toys.GRID);
        ModelResult result = goOn(Toys.files(), Toys.GRID);
        assertThat(notes).containsExactly("Grid: goes on from its checkpoint");
        assertThat(result.differences()).isEmpty();
        assertThat(result.verdict()).isEqualTo(Verdict.OK);
        assertThat(result.counts().distinct()).isEqualTo(801 * 801);
        assertThat(result.counts().generated()).isLessThan(ALL_GENERATED);

        notes.clear();
        assertThat(goOn(Toys.files(), Toys.GRID)).isEqualTo(new ModelResult(
                Toys.GRID, result.finding(), result.counts(), Duration.ofMillis(result.duration().toMillis()),
                Duration.ofMillis(result.processorTime().toMillis()), Optional.empty(), List.of()));
        assertThat(notes).containsExactly("Grid: was finished before the interruption");
    }

    @Test
    void killedRunFindsTheViolationWithTheWholeWayThere() throws Exception {
        killAfterACheckpoint(Toys.GRID_CORNER);
        ModelResult result = goOn(Toys.files(), Toys.GRID_CORNER);
        assertThat(notes).containsExactly("GridCorner: goes on from its checkpoint");
        assertThat(result.verdict()).isEqualTo(Verdict.OK);
        assertThat(result.counterexample().orElseThrow().steps()).hasSize(1_601);
        assertThat(folder.resolve("GridCorner")).doesNotExist();
    }

    @Test
    void tornCheckpointIsNotUsed() throws Exception {
        killAfterACheckpoint(Toys.GRID);
        Files.delete(folder.resolve("Grid").resolve("tlc").resolve("complete"));
        ModelResult result = goOn(Toys.files(), Toys.GRID);
        assertThat(notes).containsExactly("Grid: was interrupted without a checkpoint; it starts again");
        assertThat(result.counts()).isEqualTo(new Counts(ALL_GENERATED, 801 * 801, 0));
    }

    @Test
    void checkpointOfAnotherSpecificationIsNotUsed(@TempDir Path changed) throws Exception {
        killAfterACheckpoint(Toys.GRID);
        Toys.files().extractTo(changed);
        Files.writeString(changed.resolve("Grid.cfg"), "CONSTANT Size = 9\nINIT Init\nNEXT Next\nINVARIANT Inside\n");
        ModelResult result = goOn(SpecFiles.in(changed), Toys.GRID);
        assertThat(notes).containsExactly(
                "Grid: the specification or --workers changed since it was interrupted; it starts again");
        assertThat(result.counts().distinct()).isEqualTo(100);
    }

    @Test
    void changedRecordOfAFinishedModelIsNotBelieved() throws Exception {
        Model small = Toys.holds("Counter", "CounterPlain.cfg", 6);
        goOn(Toys.files(), small);
        Path finished = folder.resolve(small.name()).resolve("finished.properties");
        assertThat(finished).exists();
        Files.writeString(finished, "distinct = many\n");
        assertThat(goOn(Toys.files(), small).counts().distinct()).isEqualTo(6);
    }

    @Test
    void folderIsForOneRunAtATime() throws Exception {
        try (Checkpoints kept = Checkpoints.open(folder, EVERY).orElseThrow()) {
            assertThat(Checkpoints.open(folder, EVERY)).isEmpty();
            assertThat(kept.isEmpty()).isTrue();
        }
        try (Checkpoints kept = Checkpoints.open(folder, EVERY).orElseThrow()) {
            Files.createDirectory(folder.resolve("left"));
            assertThat(kept.isEmpty()).isFalse();
            kept.clear();
            assertThat(kept.isEmpty()).isTrue();
        }
    }
}
