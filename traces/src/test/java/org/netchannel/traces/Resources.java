package org.netchannel.traces;

import java.io.IOException;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/** Finds the files that the module ships. */
final class Resources {
    private Resources() {}

    static Path path(String name) {
        try {
            return Path.of(TraceReader.class.getResource(name).toURI());
        } catch (URISyntaxException e) {
            throw new IllegalArgumentException(e);
        }
    }

    static List<Path> traces(String folder) throws IOException {
        try (Stream<Path> files = Files.list(path(folder))) {
            return files.filter(file -> file.toString().endsWith(".ndjson")).sorted().toList();
        }
    }

    /** The lines of a text file without the comments. */
    static List<String> lines(String name) throws IOException {
        try (Stream<String> lines = Files.lines(path(name))) {
            return lines.filter(line -> !line.startsWith("#")).toList();
        }
    }
}
