package org.netchannel.specs.tlc;

import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.Reader;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/** Reads what a process says on several streams at once, each in a thread of its own, so that none of them fills up. */
public final class StreamReaders implements AutoCloseable {
    private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
    private final List<Future<?>> reading = new ArrayList<>();

    /** Makes one that reads nothing yet. */
    public StreamReaders() {}

    /** What reads a stream to its end. */
    @FunctionalInterface
    public interface Task {
        /**
         * Reads all of it, in a thread of its own.
         *
         * @param stream text in UTF-8
         * @throws IOException when it can't be read
         */
        void read(Reader stream) throws IOException;
    }

    /**
     * Starts to read a stream.
     *
     * @param stream text in UTF-8
     * @param task what reads it to its end
     */
    public void start(InputStream stream, Task task) {
        reading.add(threads.submit(() -> {
            task.read(new InputStreamReader(stream, StandardCharsets.UTF_8));
            return null;
        }));
    }

    /**
     * Waits until all streams have ended.
     *
     * @throws IOException when one could not be read
     * @throws InterruptedException when the calling thread is interrupted
     */
    public void await() throws IOException, InterruptedException {
        for (Future<?> stream : reading) {
            try {
                stream.get();
            } catch (ExecutionException e) {
                if (e.getCause() instanceof IOException failure) {
                    throw failure;
                }
                throw new IllegalStateException("reading what a process said", e.getCause());
            }
        }
    }

    /** Waits for the threads: the process has to have ended. */
    @Override
    public void close() {
        threads.close();
    }
}
