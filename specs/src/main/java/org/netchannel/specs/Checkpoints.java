package org.netchannel.specs;

import java.io.IOException;
import java.io.Reader;
import java.io.Writer;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Properties;
import java.util.stream.Stream;
import org.netchannel.specs.tlc.Checkpoint;
import org.netchannel.specs.tlc.Workspace;

/**
 * What an interrupted run of models leaves in a folder, so that another run goes on from there: for a model that held,
 * what was counted; for a model that was running, TLC's last checkpoint. Each belongs to one version of the
 * specification, and is of no use for another. One run at a time uses the folder. Safe for threads that each run a
 * model of their own.
 */
public final class Checkpoints implements AutoCloseable {
    private static final String LOCK = "lock";
    private static final String STAMP = "stamp.properties";
    private static final String FINISHED = "finished.properties";
    private static final String TLC = "tlc";
    private static final String KEY = "key";

    private final Path root;
    private final Duration every;
    private final FileChannel channel;

    private Checkpoints(Path root, Duration every, FileChannel channel) {
        this.root = root;
        this.every = every;
        this.channel = channel;
    }

    /**
     * Opens the folder.
     *
     * @param root the folder; it is made when it is not there
     * @param every time between two checkpoints of a model
     * @return the checkpoints; empty when another run uses the folder
     * @throws IOException when it can't be made or written to
     */
    public static Optional<Checkpoints> open(Path root, Duration every) throws IOException {
        Files.createDirectories(root);
        FileChannel channel = FileChannel.open(
                root.resolve(LOCK), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
        try {
            FileLock lock = channel.tryLock();
            if (lock != null) {
                return Optional.of(new Checkpoints(root.toAbsolutePath(), every, channel));
            }
        } catch (OverlappingFileLockException e) {
            // A run in this JVM uses it: the same as one in another.
            assert channel.isOpen();
        }
        channel.close();
        return Optional.empty();
    }

    /**
     * Whether an interrupted run left something.
     *
     * @return true when there is
     * @throws IOException when the folder can't be read
     */
    public boolean isEmpty() throws IOException {
        return folders().isEmpty();
    }

    /**
     * Removes all of it.
     *
     * @throws IOException when that fails
     */
    public void clear() throws IOException {
        for (Path folder : folders()) {
            Workspace.removeAll(folder);
        }
    }

    private List<Path> folders() throws IOException {
        try (Stream<Path> inside = Files.list(root)) {
            return inside.filter(Files::isDirectory).toList();
        }
    }

    /** Where a model keeps its part; what is there of another version goes, and the listener is told. */
    Part part(Model model, String key, RunListener listener) throws IOException {
        Path folder = root.resolve(model.name());
        if (Files.exists(folder) && !key.equals(read(folder.resolve(STAMP)).getProperty(KEY))) {
            listener.note(model.name() + ": the specification or --workers changed since it was interrupted; "
                    + "it starts again");
            Workspace.removeAll(folder);
        }
        boolean isNew = !Files.exists(folder);
        Files.createDirectories(folder.resolve(TLC));
        if (isNew) {
            Properties stamp = new Properties();
            stamp.setProperty(KEY, key);
            write(folder.resolve(STAMP), stamp);
        }
        return new Part(model, folder, isNew);
    }

    /** What is kept of one model. */
    final class Part {
        private final Model model;
        private final Path folder;
        private final boolean isNew;

        private Part(Model model, Path folder, boolean isNew) {
            this.model = model;
            this.folder = folder;
            this.isNew = isNew;
        }

        /** What came out, when the model held before the interruption. */
        Optional<ModelResult> finished() throws IOException {
            Properties kept = read(folder.resolve(FINISHED));
            try {
                return kept.isEmpty() ? Optional.empty() : Optional.of(result(kept));
            } catch (NumberFormatException e) {
                // Somebody changed the file: TLC has to find out again.
                Files.delete(folder.resolve(FINISHED));
                return Optional.empty();
            }
        }

        private ModelResult result(Properties kept) {
            Counts counts = new Counts(number(kept, "generated"), number(kept, "distinct"), 0);
            Finding holds = new Finding.Holds();
            return new ModelResult(
                    model, holds, counts, Duration.ofMillis(number(kept, "milliseconds")),
                    Duration.ofMillis(number(kept, "processorMilliseconds")), Optional.empty(),
                    Comparison.differences(model, holds, counts));
        }

        /** Where TLC goes on, or begins; the listener is told which, when the model was begun before. */
        Checkpoint checkpoint(RunListener listener) throws IOException {
            Checkpoint checkpoint = new Checkpoint(folder.resolve(TLC), every);
            boolean found = checkpoint.found().isPresent();
            if (found) {
                listener.note(model.name() + ": goes on from its checkpoint");
            } else {
                Workspace.removeAll(checkpoint.folder());
                Files.createDirectory(checkpoint.folder());
                if (!isNew) {
                    listener.note(model.name() + ": was interrupted without a checkpoint; it starts again");
                }
            }
            return checkpoint;
        }

        /** TLC has ended by itself: what held is remembered, anything else has to be found again. */
        void ended(ModelResult result) throws IOException {
            if (result.finding() instanceof Finding.TimedOut) {
                return;
            }
            if (result.finding() instanceof Finding.Holds) {
                Properties kept = new Properties();
                kept.setProperty("generated", Long.toString(result.counts().generated()));
                kept.setProperty("distinct", Long.toString(result.counts().distinct()));
                kept.setProperty("milliseconds", Long.toString(result.duration().toMillis()));
                kept.setProperty("processorMilliseconds", Long.toString(result.processorTime().toMillis()));
                write(folder.resolve(FINISHED), kept);
                Workspace.removeAll(folder.resolve(TLC));
            } else {
                Workspace.removeAll(folder);
            }
        }
    }

    private static long number(Properties kept, String name) {
        return Long.parseLong(kept.getProperty(name));
    }

    private static Properties read(Path file) throws IOException {
        Properties properties = new Properties();
        if (Files.exists(file)) {
            try (Reader reader = Files.newBufferedReader(file)) {
                properties.load(reader);
            } catch (IllegalArgumentException e) {
                return new Properties();
            }
        }
        return properties;
    }

    private static void write(Path file, Properties properties) throws IOException {
        Path temporary = file.resolveSibling(file.getFileName() + ".new");
        try (Writer writer = Files.newBufferedWriter(temporary)) {
            properties.store(writer, null);
        }
        Files.move(temporary, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    }

    /** Lets others use the folder. */
    @Override
    public void close() throws IOException {
        channel.close();
    }
}
