package org.netchannel.bench.speed;

import java.util.Map;

/**
 * One sample of each contender, one after the other.
 *
 * @param samples by name of the contender
 */
record Round(Map<String, Map<Quantity, Double>> samples) {
    double of(String contender, Quantity quantity) {
        return samples.get(contender).get(quantity);
    }
}
