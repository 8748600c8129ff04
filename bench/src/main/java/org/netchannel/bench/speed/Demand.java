package org.netchannel.bench.speed;

/**
 * What is to be known of what is measured: a quantity of one contender, or its ratio to the same quantity of another
 * one, and, where something is promised, a bound. A ratio is taken of two samples of the same round, so that whatever
 * else a machine does meets both.
 *
 * @param quantity what is measured
 * @param contender whose it is
 * @param comparator what it is divided by; null for the quantity itself
 * @param bound at least or at most, and of what; null where nothing is promised
 */
public record Demand(Quantity quantity, String contender, String comparator, Bound bound) {
    /**
     * A bound.
     *
     * @param isLower whether it is met from the bound on; otherwise up to it
     * @param value in the quantity's unit, or a ratio
     */
    public record Bound(boolean isLower, double value) {
        static Bound atLeast(double value) {
            return new Bound(true, value);
        }

        static Bound atMost(double value) {
            return new Bound(false, value);
        }

        /**
         * Whether a value meets the bound.
         *
         * @param measured in the same unit
         * @return true at the bound itself, too
         */
        public boolean isMet(double measured) {
            return isLower ? measured >= value : measured <= value;
        }
    }

    /** Whether a value is as promised. */
    boolean isMet(double measured) {
        return bound == null || bound.isMet(measured);
    }

    /** What one round came to. */
    double of(Round round) {
        double value = round.of(contender, quantity);
        return comparator == null ? value : value / round.of(comparator, quantity);
    }
}
