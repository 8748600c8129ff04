package org.netchannel.bench.stack;

import java.io.IOException;
import java.util.concurrent.atomic.AtomicReference;

/** The thread at the other end of a benchmark: it does the same over and over until it is closed. */
public final class Peer implements AutoCloseable {
    /** What it does. */
    public interface Task {
        /**
         * Does it once.
         *
         * @throws IOException when it can't go on
         */
        void run() throws IOException;
    }

    private final AtomicReference<IOException> failure = new AtomicReference<>();
    private final Thread thread;
    private volatile boolean stopped;

    /**
     * Starts the thread.
     *
     * @param task what it does
     */
    public Peer(Task task) {
        thread = Thread.ofPlatform().daemon().name("peer").start(() -> {
            try {
                while (!stopped) {
                    task.run();
                }
            } catch (IOException e) {
                if (!stopped) {
                    failure.set(e);
                }
            }
        });
    }

    /**
     * A peer that has failed fails the benchmark.
     *
     * @throws IOException why it has failed
     */
    public void check() throws IOException {
        if (failure.get() != null) {
            throw failure.get();
        }
    }

    /** From now on a connection may fail: another peer of it ends. */
    public void stop() {
        stopped = true;
    }

    /**
     * Interrupts the thread, which may wait for somebody who does not come any more, and waits until it has ended.
     *
     * @throws IOException why it had failed before
     */
    @Override
    public void close() throws IOException {
        stop();
        thread.interrupt();
        try {
            thread.join();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        check();
    }
}
