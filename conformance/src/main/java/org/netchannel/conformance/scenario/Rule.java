package org.netchannel.conformance.scenario;

import java.util.function.Function;
import org.netchannel.conformance.link.Choices;

/**
 * One way to make a step. A profile is a list of them; seeds and jqwik draw from the same list.
 *
 * @param weight how often, relative to the other rules of the list; at least 1
 * @param bounds for each number of the step, one more than the largest it may be
 * @param make makes the step from its numbers
 */
public record Rule(int weight, int[] bounds, Function<int[], Step> make) {
    /**
     * Makes a step.
     *
     * @param choices where its numbers come from
     * @return the step
     */
    public Step draw(Choices choices) {
        int[] numbers = new int[bounds.length];
        for (int i = 0; i < numbers.length; i++) {
            numbers[i] = choices.below(bounds[i]);
        }
        return make.apply(numbers);
    }
}
