package org.netchannel.conformance.walk;

import java.util.ArrayList;
import java.util.List;
import org.netchannel.conformance.link.Choices;
import org.netchannel.conformance.walk.WalkSpec.Next;
import org.netchannel.specs.engine.SpecState;

/** Walks through behaviours of the specification, towards pairs of steps that no walk has taken yet. */
final class Walker {
    private static final double NEW_PAIR = 50;
    private static final int MOST_LOOKS = 3;
    private static final int FINE = 1 << 20;

    private final WalkSpec spec;
    private final Pairs seen;

    /** Makes a walker that counts the pairs it takes among those seen, and avoids them. */
    Walker(WalkSpec spec, Pairs seen) {
        this.spec = spec;
        this.seen = seen;
    }

    /** One walk, up to its last new pair; empty when it found none. */
    List<WalkStep> walk(Choices choices, int mostSteps) {
        Temper temper = new Temper(choices);
        List<WalkStep> steps = new ArrayList<>();
        SpecState state = spec.start();
        int useful = 0;
        while (steps.size() < mostSteps) {
            WalkStep last = steps.isEmpty() ? null : steps.getLast();
            Next next = choose(choices, temper, last, spec.next(state));
            if (next == null) {
                break;
            }
            steps.add(next.step());
            state = next.state();
            if (last != null) {
                useful = seen.get(last, next.step()) == 0 ? steps.size() : useful;
                seen.count(last, next.step());
            }
        }
        return List.copyOf(steps.subList(0, useful));
    }

    private Next choose(Choices choices, Temper temper, WalkStep last, List<Next> all) {
        boolean atNewPair = last != null && all.stream().anyMatch(next -> seen.get(last, next.step()) == 0);
        Next towards = atNewPair || choices.onceIn(2) ? null : lookAhead(choices, all);
        return towards == null && !all.isEmpty() ? draw(choices, temper, last, all) : towards;
    }

    /** Finds a step after which a pair can be taken that is new; looks only where there is a chance. */
    private Next lookAhead(Choices choices, List<Next> all) {
        List<Next> promising = new ArrayList<>(all.stream()
                .filter(first -> all.stream().anyMatch(second -> isNew(first.step(), second.step())))
                .toList());
        for (int looks = 0; looks < MOST_LOOKS && !promising.isEmpty(); looks++) {
            Next first = promising.remove(choices.below(promising.size()));
            if (spec.next(first.state()).stream().anyMatch(second -> seen.get(first.step(), second.step()) == 0)) {
                return first;
            }
        }
        return null;
    }

    private boolean isNew(WalkStep first, WalkStep second) {
        return seen.get(first, second) == 0 && !ImpossiblePairs.isImpossible(first.action(), second.action());
    }

    /** The rarer a pair is so far, the likelier it is drawn. */
    private Next draw(Choices choices, Temper temper, WalkStep last, List<Next> all) {
        double[] weights = new double[all.size()];
        double sum = 0;
        for (int i = 0; i < weights.length; i++) {
            WalkStep step = all.get(i).step();
            weights[i] = (last == null ? 1 : weight(seen.get(last, step))) * temper.likelihood(step);
            sum += weights[i];
        }
        double left = choices.below(FINE) / (double) FINE * sum;
        int chosen = 0;
        while (chosen < weights.length - 1 && left >= weights[chosen]) {
            left -= weights[chosen++];
        }
        return all.get(chosen);
    }

    private static double weight(int count) {
        return count == 0 ? NEW_PAIR : 1.0 / (1 + count);
    }
}
