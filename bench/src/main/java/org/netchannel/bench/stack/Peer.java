package org.netchannel.bench.stack;

import java.io.IOException;
import java.util.concurrent.atomic.AtomicReference;

/** The thread at the other end of a benchmark: it does the same over and over until it is closed. */
final class Peer implements AutoCloseable {
    /** What it does. */
    interface Task {
        void run() throws IOException;
    }

    private final AtomicReference<IOException> failure = new AtomicReference<>();
    private final Thread thread;
    private volatile boolean stopped;

    Peer(Task task) {
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

    /** A peer that has failed fails the benchmark. */
    void check() throws IOException {
        if (failure.get() != null) {
            throw failure.get();
        }
    }

    /** From now on a connection may fail: another peer of it ends. */
    void stop() {
        stopped = true;
    }

    /** Interrupts the thread, which may wait for somebody who does not come any more, and waits until it has ended. */
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
