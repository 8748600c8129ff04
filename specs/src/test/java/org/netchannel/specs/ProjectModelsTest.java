package org.netchannel.specs;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ProjectModelsTest {
    /** Races whose harm and repair the models must show. */
    private static final Set<String> RACES = Set.of("R1", "R3", "R10", "R13", "R15", "R18", "R21", "R23", "R27");

    @TempDir
    private Path directory;

    @Test
    void manifestOfTheProjectFitsItsFiles() throws Exception {
        Manifest manifest = Manifest.read(SpecFiles.builtIn());
        assertThat(manifest.models().stream().flatMap(model -> model.races().stream()).collect(Collectors.toSet()))
                .containsAll(RACES);
    }

    @Test
    void builtInFilesCanBeTakenOut() throws Exception {
        SpecFiles files = SpecFiles.builtIn();
        assertThat(files.names()).contains("NetChannel.tla", "MCNetChannel.tla", Manifest.FILE);
        files.extractTo(directory);
        assertThat(Files.readString(directory.resolve("NetChannel.tla"))).isEqualTo(files.text("NetChannel.tla"));
    }
}
