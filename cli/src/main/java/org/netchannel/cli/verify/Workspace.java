package org.netchannel.cli.verify;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * The files of one run: they stand in a temporary folder that goes with the run, also when it is ended from outside,
 * unless they show a violation or are to be kept.
 */
public final class Workspace implements AutoCloseable {
    private final Path folder;
    private final Optional<Path> keep;
    private final Path evidence;
    private final Thread cleaner = new Thread(this::deleteQuietly);

    /**
     * Makes the temporary folder.
     *
     * @param keep where everything goes in the end, if it is to be kept; made when there is something to put there
     * @param evidence where what shows a violation goes when nothing else is kept
     * @throws IOException when no folder can be made
     */
    public Workspace(Optional<Path> keep, Path evidence) throws IOException {
        this.folder = Files.createTempDirectory(prefix());
        this.keep = keep;
        this.evidence = evidence;
        Runtime.getRuntime().addShutdownHook(cleaner);
    }

    /**
     * How the names of this process's temporary folders begin.
     *
     * @return the beginning of a file name
     */
    public static String prefix() {
        return "netchannel-verify-" + ProcessHandle.current().pid() + "-";
    }

    /**
     * Where parts put their files.
     *
     * @return a directory
     */
    public Path folder() {
        return folder;
    }

    /**
     * Keeps a file if files are to be kept.
     *
     * @param file in {@link #folder}
     * @throws IOException when it can't be put there
     */
    public void keep(Path file) throws IOException {
        if (keep.isPresent()) {
            put(file, keep.get());
        }
    }

    /**
     * Keeps files that show a violation.
     *
     * @param files in {@link #folder}
     * @return where they are from now on
     * @throws IOException when they can't be put there
     */
    public List<Path> evidence(List<Path> files) throws IOException {
        Path target = keep.orElse(evidence);
        for (Path file : files) {
            put(file, target);
        }
        return files.stream().map(file -> target.resolve(file.getFileName())).toList();
    }

    /** Whole or not at all: another file system may be in between. */
    private static void put(Path file, Path target) throws IOException {
        Files.createDirectories(target);
        Path there = target.resolve(file.getFileName());
        Path part = Files.createTempFile(target, ".", ".part");
        try {
            Files.copy(file, part, StandardCopyOption.REPLACE_EXISTING);
            Files.move(part, there, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        } finally {
            Files.deleteIfExists(part);
        }
    }

    @Override
    public void close() throws IOException {
        Runtime.getRuntime().removeShutdownHook(cleaner);
        delete();
    }

    private void deleteQuietly() {
        for (int attempt = 0; attempt < 3; attempt++) {
            try {
                delete();
                return;
            } catch (IOException e) { // somebody who is ending too has just written something
                Thread.onSpinWait();
            }
        }
    }

    private void delete() throws IOException {
        try (Stream<Path> all = Files.walk(folder)) {
            for (Path file : all.sorted(Comparator.reverseOrder()).toList()) {
                Files.deleteIfExists(file);
            }
        }
    }
}
