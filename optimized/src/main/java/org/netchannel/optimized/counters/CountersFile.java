package org.netchannel.optimized.counters;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.MappedByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import org.agrona.concurrent.SystemEpochClock;
import org.agrona.concurrent.UnsafeBuffer;
import org.agrona.concurrent.errors.DistinctErrorLog;
import org.agrona.concurrent.status.CountersManager;

/**
 * The side that counts: a mapped file with counters and an error log, as Agrona lays them out. One thread counts; any
 * thread records errors. The file goes with the process that made it, unless that is killed.
 */
public final class CountersFile implements AutoCloseable {
    /** How many counters there may be at a time. */
    public static final int MOST_COUNTERS = 512;

    private static final String SUFFIX = ".counters";

    private final Path path;
    private final UnsafeBuffer header;
    private final CountersManager counters;
    private final DistinctErrorLog errors;

    private CountersFile(Path path, MappedByteBuffer mapped) {
        this.path = path;
        header = Layout.header(mapped);
        counters = new CountersManager(Layout.metadata(mapped), Layout.values(mapped));
        errors = new DistinctErrorLog(Layout.errors(mapped), SystemEpochClock.INSTANCE);
    }

    /**
     * The folder where stacks put their files and {@code netchannel stat} looks for them: of this user, and nobody
     * else may look into it.
     *
     * @return the folder, made if it was not there
     * @throws IOException when it can't be made
     */
    public static Path folder() throws IOException {
        Path folder = Path.of(System.getProperty("java.io.tmpdir"), "netchannel-" + System.getProperty("user.name"));
        try {
            return Files.createDirectory(
                    folder, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
        } catch (FileAlreadyExistsException e) {
            if (Files.isDirectory(folder) && Files.getOwner(folder).getName().equals(System.getProperty("user.name"))) {
                return folder;
            }
            throw e;
        }
    }

    /**
     * Makes a file in {@link #folder}.
     *
     * @param what what the stack is for, part of the file's name: letters and digits
     * @return the counters, none yet
     * @throws IOException when it can't be made
     */
    public static CountersFile create(String what) throws IOException {
        return create(Files.createTempFile(folder(), what + "-" + ProcessHandle.current().pid() + "-", SUFFIX));
    }

    /**
     * Makes a file, or takes one that is empty.
     *
     * @param path the file
     * @return the counters, none yet
     * @throws IOException when it can't be made
     */
    public static CountersFile create(Path path) throws IOException {
        try (FileChannel file = FileChannel.open(
                path, StandardOpenOption.READ, StandardOpenOption.WRITE, StandardOpenOption.CREATE)) {
            file.write(ByteBuffer.allocate(1), Layout.LENGTH - 1);
            MappedByteBuffer mapped = file.map(FileChannel.MapMode.READ_WRITE, 0, Layout.LENGTH);
            CountersFile counters = new CountersFile(path, mapped);
            path.toFile().deleteOnExit();
            Layout.begin(counters.header, ProcessHandle.current().pid(), System.currentTimeMillis());
            return counters;
        }
    }

    /**
     * Where it is.
     *
     * @return the path
     */
    public Path path() {
        return path;
    }

    /**
     * The counters; at most {@link #MOST_COUNTERS}. For the thread that counts.
     *
     * @return where counters are allocated and set
     */
    public CountersManager counters() {
        return counters;
    }

    /**
     * The error log: an error that happens again is counted, not written again.
     *
     * @return where errors are recorded, by any thread
     */
    public DistinctErrorLog errors() {
        return errors;
    }

    /**
     * Says that the stack is alive. For the thread that counts; allocates nothing.
     *
     * @param epochMs the time
     */
    public void beat(long epochMs) {
        Layout.beat(header, epochMs);
    }

    /**
     * Removes the file; readers that have it mapped see no more beats.
     *
     * @throws IOException when it can't be removed
     */
    @Override
    public void close() throws IOException {
        Files.deleteIfExists(path);
    }
}
