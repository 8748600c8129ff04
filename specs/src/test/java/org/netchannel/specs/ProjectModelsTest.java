package org.netchannel.specs;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.netchannel.specs.report.CounterexampleFiles;

class ProjectModelsTest {
    /** Tests run in the folder of their module. */
    private static final Path RACES = Path.of("..", "docs", "races.md");

    private static final Path COUNTEREXAMPLES = Path.of(CounterexampleFiles.FOLDER);

    @TempDir
    private Path directory;

    @Test
    void manifestOfTheProjectFitsItsFiles() throws Exception {
        Manifest manifest = Manifest.read(SpecFiles.builtIn());
        assertThat(manifest.models()).isNotEmpty();
    }

    /** A race in the manifest has a model that violates and one that holds, or the manifest is refused. */
    @Test
    void everyRaceMarkedMIsShownByModels() throws Exception {
        Set<String> marked = Pattern.compile("^\\| (R\\d+) M \\|", Pattern.MULTILINE)
                .matcher(Files.readString(RACES))
                .results()
                .map(row -> row.group(1))
                .collect(Collectors.toSet());
        assertThat(marked).hasSizeGreaterThan(30);
        assertThat(Manifest.read(SpecFiles.builtIn()).models().stream().flatMap(model -> model.races().stream()))
                .containsAll(marked);
    }

    @Test
    void everyPropertyIsViolatedBySomeModel() throws Exception {
        SpecFiles files = SpecFiles.builtIn();
        assertThat(Manifest.read(files).toothless(files)).isEmpty();
    }

    @Test
    void everyModelThatViolatesHasItsCounterexample() throws Exception {
        Manifest manifest = Manifest.read(SpecFiles.builtIn());
        for (Model model : manifest.models()) {
            if (CounterexampleFiles.isKept(model)) {
                assertThat(COUNTEREXAMPLES.resolve(CounterexampleFiles.nameOf(model)))
                        .as("written by ./netchannel specs --update --only %s", model.name())
                        .exists()
                        .content()
                        .startsWith(String.join("\n", CounterexampleFiles.heading(model)));
            }
        }
        assertThat(CounterexampleFiles.orphans(COUNTEREXAMPLES, manifest)).isEmpty();
        assertThat(COUNTEREXAMPLES.resolve(CounterexampleFiles.INDEX)).content()
                .isEqualTo(CounterexampleFiles.index(manifest));
    }

    @Test
    void builtInFilesCanBeTakenOut() throws Exception {
        SpecFiles files = SpecFiles.builtIn();
        assertThat(files.names()).contains("NetChannel.tla", "MCNetChannel.tla", Manifest.FILE);
        files.extractTo(directory);
        assertThat(Files.readString(directory.resolve("NetChannel.tla"))).isEqualTo(files.text("NetChannel.tla"));
    }
}
