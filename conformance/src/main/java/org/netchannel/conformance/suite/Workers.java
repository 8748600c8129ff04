package org.netchannel.conformance.suite;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.netchannel.conformance.check.SpecOracle;

/** Threads that run one after the other what there is to run, each with an oracle that it keeps. */
final class Workers implements AutoCloseable {
    private final ExecutorService executor;
    private final List<Future<SpecOracle>> oracles = new ArrayList<>();

    Workers(int count, Path modules) {
        executor = Executors.newFixedThreadPool(count, Thread.ofPlatform().daemon().name("conform-", 1).factory());
        for (int i = 0; i < count; i++) {
            oracles.add(executor.submit(() -> new SpecOracle(modules)));
        }
    }

    /** Something to do, again and again. */
    interface Job {
        /** Does it once; says whether there may be more. */
        boolean next(SpecOracle oracle) throws InterruptedException;
    }

    /** Has every worker do a job again and again until it says that there is nothing left to do. */
    void each(Job job) throws InterruptedException {
        List<Future<?>> futures = new ArrayList<>();
        for (Future<SpecOracle> loaded : oracles) {
            SpecOracle oracle = result(loaded);
            futures.add(executor.submit(() -> {
                boolean more = true;
                while (more && !Thread.currentThread().isInterrupted()) {
                    more = job.next(oracle);
                }
                return more;
            }));
        }
        for (Future<?> future : futures) {
            result(future);
        }
    }

    private static <T> T result(Future<T> future) throws InterruptedException {
        try {
            return future.get();
        } catch (ExecutionException e) {
            switch (e.getCause()) {
                case RuntimeException thrown -> throw thrown;
                case Error error -> throw error;
                default -> throw new IllegalStateException("running the suite", e.getCause());
            }
        }
    }

    @Override
    public void close() {
        executor.shutdownNow();
    }
}
