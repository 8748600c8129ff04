package org.netchannel.bench.speed;

import java.util.Arrays;

/**
 * What several rounds came to.
 *
 * @param median half of them are at most this
 * @param lower the lower quartile
 * @param upper the upper quartile
 */
public record Spread(double median, double lower, double upper) {
    /** Of at least one value; between two of them the quartiles are interpolated. */
    static Spread of(double[] values) {
        double[] sorted = values.clone();
        Arrays.sort(sorted);
        return new Spread(quantile(sorted, 0.5), quantile(sorted, 0.25), quantile(sorted, 0.75));
    }

    private static double quantile(double[] sorted, double share) {
        double at = share * (sorted.length - 1);
        int below = (int) at;
        int above = Math.min(below + 1, sorted.length - 1);
        return sorted[below] + (at - below) * (sorted[above] - sorted[below]);
    }
}
