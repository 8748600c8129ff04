package org.netchannel.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.netchannel.specs.SpecFiles;

/** The specification's modules in a folder of their own, for as long as a benchmark takes. */
record Modules(Path folder) implements AutoCloseable {
    static Modules extracted() throws IOException {
        Path folder = Files.createTempDirectory("modules");
        SpecFiles.builtIn().extractTo(folder);
        return new Modules(folder);
    }

    @Override
    public void close() throws IOException {
        try (var files = Files.newDirectoryStream(folder)) {
            for (Path file : files) {
                Files.delete(file);
            }
        }
        Files.delete(folder);
    }
}
