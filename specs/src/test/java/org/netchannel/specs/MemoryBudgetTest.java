package org.netchannel.specs;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class MemoryBudgetTest {
    @Test
    void heapsNeverExceedTheBudgetTogether() throws Exception {
        MemoryBudget budget = new MemoryBudget(100);
        AtomicInteger used = new AtomicInteger();
        List<Integer> seen = new ArrayList<>();
        try (ExecutorService executor = Executors.newVirtualThreadPerTaskExecutor()) {
            List<Future<Integer>> futures = new ArrayList<>();
            for (int i = 0; i < 200; i++) {
                int wanted = 10 + i % 50;
                futures.add(executor.submit(() -> budget.within(wanted, () -> {
                    int most = used.addAndGet(wanted);
                    Thread.yield();
                    used.addAndGet(-wanted);
                    return most;
                })));
            }
            for (Future<Integer> future : futures) {
                seen.add(future.get());
            }
        }
        assertThat(seen).allMatch(most -> most <= 100);
    }

    @Test
    void whatFitsBesideRunsAtTheSameTime() throws Exception {
        MemoryBudget budget = new MemoryBudget(100);
        CountDownLatch both = new CountDownLatch(2);
        try (ExecutorService executor = Executors.newVirtualThreadPerTaskExecutor()) {
            Future<Boolean> first = executor.submit(() -> budget.within(50, () -> meet(both)));
            Future<Boolean> second = executor.submit(() -> budget.within(50, () -> meet(both)));
            assertThat(first.get() && second.get()).isTrue();
        }
    }

    private static boolean meet(CountDownLatch latch) throws InterruptedException {
        latch.countDown();
        latch.await();
        return true;
    }

    @Test
    void moreThanThereIsRunsAlone() throws Exception {
        assertThat(new MemoryBudget(100).within(5_000, () -> true)).isTrue();
    }
}
