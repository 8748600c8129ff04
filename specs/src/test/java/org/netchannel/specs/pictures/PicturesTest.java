package org.netchannel.specs.pictures;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.netchannel.specs.SpecFiles;
import org.netchannel.specs.engine.SpecEngine;

/**
 * The pictures of docs/ show the state machines of the specification as it is now. {@code -Dpictures.write=true} draws
 * them anew.
 */
class PicturesTest {
    private static final boolean WRITE = Boolean.getBoolean("pictures.write");
    private static final Path SOURCES = Path.of("pictures");
    private static final Path DOCS = Path.of("../docs");

    enum Picture {
        CONNECTION("Connection", "connection.svg", "A connection at one of its ends",
                List.of("ConnectionToA", "ConnectionToB", "ConnectionFailing")),
        STOP("Stop", "stop.svg", "STOP and RESUME for the bytes from A to B", List.of("Stop"));

        private final String operator;
        private final String file;
        private final String title;
        private final List<String> configs;

        Picture(String operator, String file, String title, List<String> configs) {
            this.operator = operator;
            this.file = file;
            this.title = title;
            this.configs = configs;
        }
    }

    @TempDir
    Path directory;

    @ParameterizedTest
    @EnumSource
    void thePictureShowsTheSpecification(Picture picture) throws IOException {
        StateMachine machine = machine(picture);
        String svg = Svg.of(Drawing.of(machine), machine.initial(), picture.title);
        assertThat(Svg.of(Drawing.of(machine), machine.initial(), picture.title)).isEqualTo(svg);
        Path file = DOCS.resolve(picture.file);
        if (WRITE) {
            Files.writeString(file, svg);
        }
        assertThat(Files.readString(file)).isEqualTo(svg);
    }

    /** What all configurations show together; the machine begins as in the first one. */
    private StateMachine machine(Picture picture) throws IOException {
        SpecFiles.builtIn().extractTo(directory);
        try (Stream<Path> files = Files.list(SOURCES)) {
            for (Path own : (Iterable<Path>) files::iterator) {
                Files.copy(own, directory.resolve(own.getFileName()));
            }
        }
        SortedSet<String> initial = new TreeSet<>();
        var edges = new TreeMap<StateMachine.Edge, SortedSet<String>>();
        for (String config : picture.configs) {
            SpecEngine engine = SpecEngine.load(directory, "StateMachines", config, Set.of());
            StateMachine part = StateMachine.of(engine, picture.operator);
            initial.addAll(initial.isEmpty() ? part.initial() : Set.of());
            part.edges().forEach((edge, causes) ->
                    edges.computeIfAbsent(edge, missing -> new TreeSet<>()).addAll(causes));
        }
        return new StateMachine(initial, edges);
    }
}
