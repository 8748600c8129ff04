package org.netchannel.specs.tlc;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Where a run of TLC leaves its checkpoints, and maybe goes on from one. A file {@code complete} is there whenever the
 * files of TLC fit each other: TLC renames them one after the other, and may be killed meanwhile.
 *
 * @param folder an existing directory; TLC makes one of its own in it
 * @param every time between two checkpoints
 */
public record Checkpoint(Path folder, Duration every) {
    private static final String COMPLETE = "complete";

    Path complete() {
        return folder.resolve(COMPLETE);
    }

    /**
     * What a run can go on from.
     *
     * @return TLC's own directory, when there is a whole checkpoint in it
     * @throws IOException when the folder can't be read
     */
    public Optional<Path> found() throws IOException {
        if (!Files.exists(complete())) {
            return Optional.empty();
        }
        try (Stream<Path> inside = Files.list(folder)) {
            List<Path> directories = inside.filter(Files::isDirectory).toList();
            return directories.size() == 1 ? Optional.of(directories.getFirst()) : Optional.empty();
        } catch (UncheckedIOException e) {
            throw e.getCause();
        }
    }
}
