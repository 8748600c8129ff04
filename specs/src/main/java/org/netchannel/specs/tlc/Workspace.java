package org.netchannel.specs.tlc;

import java.io.IOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CancellationException;

/**
 * A private temporary directory and the processes that work in it. Closing it, also by the end of this JVM (Ctrl-C),
 * kills the processes and removes the directory. Any thread may call it.
 */
public final class Workspace implements AutoCloseable {
    private final Path root;
    private final Set<Process> running = new HashSet<>();
    private final Thread hook = new Thread(this::closeOnExit, "workspace-cleanup");
    private boolean closed;

    /**
     * Makes the directory.
     *
     * @throws IOException when that fails
     */
    public Workspace() throws IOException {
        root = Files.createTempDirectory("netchannel-specs-");
        Runtime.getRuntime().addShutdownHook(hook);
    }

    /**
     * Makes a directory inside.
     *
     * @param prefix beginning of its name
     * @return the directory, with a name of its own
     * @throws IOException when that fails
     */
    public Path directory(String prefix) throws IOException {
        return Files.createTempDirectory(root, prefix + "-");
    }

    /**
     * Starts a process that dies with this workspace.
     *
     * @param builder how
     * @return the process
     * @throws IOException when it can't be started
     */
    public synchronized Process start(ProcessBuilder builder) throws IOException {
        if (closed) {
            throw new CancellationException("the run was ended");
        }
        Process process = builder.start();
        running.add(process);
        return process;
    }

    /**
     * Kills a process, if it still runs, and waits for its end.
     *
     * @param process one that was started in this workspace
     */
    public void end(Process process) {
        // Not through the Process: that would close its streams, and what they still hold would be lost.
        process.toHandle().destroyForcibly();
        process.onExit().join();
        synchronized (this) {
            running.remove(process);
        }
    }

    @Override
    public void close() throws IOException {
        try {
            clean();
        } finally {
            removeHook();
        }
    }

    private void removeHook() {
        try {
            Runtime.getRuntime().removeShutdownHook(hook);
        } catch (IllegalStateException e) {
            // This JVM is ending, and the hook does what close did: nothing is left for it.
            assert closed;
        }
    }

    private void closeOnExit() {
        try {
            clean();
        } catch (IOException e) {
            System.err.println("can't remove " + root + ": " + e.getMessage());
        }
    }

    private void clean() throws IOException {
        List<Process> left;
        synchronized (this) {
            closed = true;
            left = List.copyOf(running);
        }
        left.forEach(this::end);
        remove(root);
    }

    /**
     * Removes a directory before the end: a large model fills the disk otherwise.
     *
     * @param directory one that was made by {@link #directory}
     * @throws IOException when that fails
     */
    public synchronized void remove(Path directory) throws IOException {
        removeAll(directory);
    }

    /**
     * Removes a directory, wherever it is.
     *
     * @param directory what to remove; it need not be there
     * @throws IOException when that fails
     */
    public static void removeAll(Path directory) throws IOException {
        if (!Files.exists(directory)) {
            return;
        }
        Files.walkFileTree(directory, new SimpleFileVisitor<>() {
            @Override
            public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) throws IOException {
                Files.deleteIfExists(file);
                return FileVisitResult.CONTINUE;
            }

            @Override
            public FileVisitResult visitFileFailed(Path file, IOException e) throws IOException {
                if (e instanceof NoSuchFileException) {
                    return FileVisitResult.CONTINUE;
                }
                throw e;
            }

            @Override
            public FileVisitResult postVisitDirectory(Path inner, IOException e) throws IOException {
                if (e != null) {
                    throw e;
                }
                Files.deleteIfExists(inner);
                return FileVisitResult.CONTINUE;
            }
        });
    }
}
