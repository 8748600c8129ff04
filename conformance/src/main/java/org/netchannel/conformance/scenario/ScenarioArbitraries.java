package org.netchannel.conformance.scenario;

import java.util.ArrayList;
import java.util.List;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.Tuple;
import net.jqwik.api.Tuple.Tuple2;
import org.netchannel.conformance.link.Choices;

/**
 * The scenarios of a profile for jqwik. They are drawn from the same rules as those of seeds; jqwik shrinks them by
 * leaving steps out and by making numbers smaller.
 */
public final class ScenarioArbitraries {
    private static final int START_NUMBERS = 60;
    private static final int LARGEST = 1 << 20;

    private ScenarioArbitraries() {}

    /**
     * Scenarios of a profile.
     *
     * @param profile what to draw from
     * @return their generator
     */
    public static Arbitrary<Scenario> of(Profile profile) {
        Arbitrary<List<Integer>> start = Arbitraries.integers().between(0, LARGEST).list().ofSize(START_NUMBERS);
        Arbitrary<List<Step>> steps = steps(profile).list().ofMaxSize(profile.mostSteps());
        return Combinators.combine(Arbitraries.longs(), start, steps)
                .as((seed, numbers, rest) -> scenario(profile, seed, numbers, rest));
    }

    private static Scenario scenario(Profile profile, long seed, List<Integer> numbers, List<Step> rest) {
        Choices choices = new GivenChoices(numbers);
        Setup setup = profile.setup(choices);
        List<Step> steps = new ArrayList<>(profile.opening(choices));
        steps.addAll(rest);
        return new Scenario(profile, seed, setup, steps);
    }

    private static Arbitrary<Step> steps(Profile profile) {
        List<Tuple2<Integer, Arbitrary<Step>>> weighted = new ArrayList<>();
        for (Rule rule : profile.rules()) {
            weighted.add(Tuple.of(rule.weight(), steps(rule)));
        }
        return Arbitraries.frequencyOf(weighted);
    }

    private static Arbitrary<Step> steps(Rule rule) {
        List<Arbitrary<Integer>> numbers = new ArrayList<>();
        for (int bound : rule.bounds()) {
            numbers.add(Arbitraries.integers().between(0, bound - 1));
        }
        return Combinators.combine(numbers)
                .as(values -> rule.make().apply(values.stream().mapToInt(Integer::intValue).toArray()));
    }

    /** Choices that were made before; when they are used up, always the first. */
    private static final class GivenChoices implements Choices {
        private final List<Integer> numbers;
        private int next;

        private GivenChoices(List<Integer> numbers) {
            this.numbers = numbers;
        }

        @Override
        public int below(int bound) {
            return next < numbers.size() ? numbers.get(next++) % bound : 0;
        }
    }
}
