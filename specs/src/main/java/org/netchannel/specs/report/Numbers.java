package org.netchannel.specs.report;

import java.time.Duration;
import java.util.Locale;

/** Numbers as reports show them. */
final class Numbers {
    private Numbers() {}

    static String grouped(long number) {
        return String.format(Locale.ROOT, "%,d", number);
    }

    static String seconds(Duration duration) {
        double seconds = duration.toMillis() / 1_000.0;
        return seconds < 100
                ? String.format(Locale.ROOT, "%.1f s", seconds)
                : String.format(Locale.ROOT, "%d:%02d min", (long) seconds / 60, (long) seconds % 60);
    }
}
