package org.netchannel.cli.verify;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class WorkspaceTest {
    @TempDir
    Path folder;

    private Path file(Workspace workspace, String name) throws IOException {
        return Files.writeString(workspace.folder().resolve(name), name);
    }

    @Test
    void whenNothingIsKeptNothingIsLeft() throws IOException {
        Path temporary;
        try (Workspace workspace = new Workspace(Optional.empty(), folder.resolve("evidence"))) {
            temporary = workspace.folder();
            Files.createDirectories(temporary.resolve("a/b"));
            workspace.keep(file(workspace, "trace"));
        }
        assertThat(temporary).doesNotExist();
        assertThat(folder).isEmptyDirectory();
    }

    @Test
    void whatIsKeptIsWholeAndReplacesAnEarlierOne() throws IOException {
        Path keep = folder.resolve("keep");
        for (int run = 0; run < 2; run++) {
            try (Workspace workspace = new Workspace(Optional.of(keep), folder.resolve("evidence"))) {
                workspace.keep(file(workspace, "trace"));
            }
        }
        assertThat(keep).isDirectoryContaining("glob:**/trace");
        assertThat(keep.resolve("trace")).hasContent("trace");
        assertThat(keep.toFile().list()).containsExactly("trace");
        assertThat(folder.toFile().list()).containsExactly("keep");
    }

    @Test
    void whatShowsAViolationStays() throws IOException {
        List<Path> there;
        try (Workspace workspace = new Workspace(Optional.empty(), folder.resolve("evidence"))) {
            there = workspace.evidence(List.of(file(workspace, "trace")));
        }
        assertThat(there).containsExactly(folder.resolve("evidence/trace"));
        assertThat(there.getFirst()).hasContent("trace");
    }
}
