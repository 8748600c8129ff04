package org.netchannel.cli.stat;

import java.nio.file.Path;
import java.time.Duration;
import java.util.Locale;
import java.util.OptionalLong;
import org.netchannel.optimized.counters.CountersSnapshot;

/**
 * One stack as it is now, and as it was a while ago.
 *
 * @param file where it counts
 * @param now what it has counted
 * @param before what it had counted the last time somebody looked; the same as now when nobody has
 * @param readMs when it was read, in milliseconds of the epoch
 * @param alive whether its process runs
 */
public record StackView(Path file, CountersSnapshot now, CountersSnapshot before, long readMs, boolean alive) {
    /** A stack beats a hundred times a second: after so long something is wrong with it. */
    static final Duration SILENCE = Duration.ofSeconds(2);

    /**
     * How much a counter has grown.
     *
     * @param label its label
     * @return a second, between the last beats of then and now; empty when there was none in between
     */
    public OptionalLong perSecond(String label) {
        long elapsedMs = now.beatMs() - before.beatMs();
        Long then = before.counters().get(label);
        return elapsedMs <= 0 || then == null
                ? OptionalLong.empty()
                : OptionalLong.of((now.counters().get(label) - then) * 1_000 / elapsedMs);
    }

    /**
     * How it is.
     *
     * @return a few words
     */
    public String state() {
        if (!alive) {
            return "process " + now.process() + " is gone and has left this file behind";
        }
        Duration silent = Duration.ofMillis(readMs - now.beatMs());
        String running =
                "process " + now.process() + ", running for " + text(Duration.ofMillis(readMs - now.startedMs()));
        return silent.compareTo(SILENCE) < 0
                ? running
                : running + String.format(Locale.ROOT, ", NO BEAT for %.1f s: its thread hangs or was stopped",
                        silent.toMillis() / 1e3);
    }

    private static String text(Duration time) {
        return String.format(Locale.ROOT, "%d:%02d:%02d", time.toHours(), time.toMinutesPart(), time.toSecondsPart());
    }
}
