package org.netchannel.optimized.time;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TimerQueueTest {
    private final TimerQueue<Timer> queue = new TimerQueue<>();

    private static final class Timer extends Deadline {}

    private static Timer timer() {
        return new Timer();
    }

    @Test
    void timerExpiresAtItsDeadlineAndNotBefore() {
        Timer timer = timer();
        queue.start(timer, 10);

        assertThat(queue.expired(9)).isNull();
        assertThat(queue.expired(10)).isSameAs(timer);
        assertThat(timer.isRunning()).isFalse();
        assertThat(queue.expired(Deadline.NEVER - 1)).isNull();
    }

    @Test
    void timerThatWasStoppedDoesNotExpire() {
        Timer timer = timer();
        queue.start(timer, 10);
        timer.stop();

        assertThat(queue.expired(100)).isNull();
        assertThat(queue.size()).isZero();
    }

    @Test
    void timerThatWasPutOffExpiresLater() {
        Timer timer = timer();
        queue.start(timer, 10);
        queue.start(timer, 20);

        assertThat(queue.expired(19)).isNull();
        assertThat(queue.expired(20)).isSameAs(timer);
        assertThat(timer.expiredAt()).isEqualTo(20);
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8})
    void whateverIsDoneTimersExpireInTheOrderOfTheirDeadlines(long seed) {
        SplittableRandom random = new SplittableRandom(seed);
        Timer[] timers = new Timer[50];
        Arrays.setAll(timers, i -> timer());
        long now = 0;
        for (int step = 0; step < 5_000; step++) {
            Timer timer = timers[random.nextInt(timers.length)];
            switch (random.nextInt(5)) {
                case 0, 1 -> queue.start(timer, now + random.nextInt(1, 100));
                case 2 -> timer.stop();
                case 3 -> queue.remove(timer);
                default -> {
                    now += random.nextInt(20);
                    expectDue(timers, now, seed, step);
                }
            }
        }
    }

    private void expectDue(Timer[] timers, long now, long seed, int step) {
        List<Long> due = new ArrayList<>(
                Arrays.stream(timers).map(Timer::deadline).filter(it -> it <= now).sorted().toList());
        List<Long> expired = new ArrayList<>();
        for (Timer timer = queue.expired(now); timer != null; timer = queue.expired(now)) {
            expired.add(timer.expiredAt());
        }
        assertThat(expired).as("seed %d step %d", seed, step).isEqualTo(due);
    }
}
