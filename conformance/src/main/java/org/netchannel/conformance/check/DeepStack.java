package org.netchannel.conformance.check;

import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.function.Supplier;

/**
 * Runs what recurses deeply: TLC's evaluator takes kilobytes of stack for each level of a recursive operator, and a
 * response queue may have thousands of packets. Only what is used of the stack takes memory.
 */
final class DeepStack {
    /** Also for TLC in a process of its own. */
    static final int MEGABYTES = 256;

    private DeepStack() {}

    /** Runs a task to its end, whether this thread is interrupted or not. */
    static <T> T call(Supplier<T> task) {
        FutureTask<T> future = new FutureTask<>(task::get);
        Thread thread = new Thread(null, future, "specification", (long) MEGABYTES << 20);
        thread.setDaemon(true);
        thread.start();
        boolean interrupted = false;
        try {
            while (true) {
                try {
                    return future.get();
                } catch (InterruptedException e) {
                    interrupted = true;
                } catch (ExecutionException e) {
                    throw unchecked(e.getCause());
                }
            }
        } finally {
            if (interrupted) {
                Thread.currentThread().interrupt();
            }
        }
    }

    private static RuntimeException unchecked(Throwable thrown) {
        if (thrown instanceof Error error) {
            throw error;
        }
        return (RuntimeException) thrown;
    }
}
