package org.netchannel.conformance.walk;

import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** The walks that implementations are put through. */
public final class Walks {
    static final String FILE = "walks.txt";

    private static final String ACTIONS = "actions";
    private static final String KINDS = "kinds";
    /** What settling and checking after a walk takes, in steps. */
    private static final int OVERHEAD = 20;
    private static final double WORTH_OF_ACTIONS = 20;
    private static final double LEAST_GAIN = 1.0 / 60;

    private Walks() {}

    /**
     * The walks that were built into this program: behaviours of the specification in which every pair of actions
     * occurs that is known to be possible.
     *
     * @return the walks
     */
    public static List<Walk> builtIn() {
        return WalkText.parse(WalkModel.text(FILE).lines());
    }

    /**
     * Few of the walks: every pair of actions that was taken in the replay of any of them still is, and so are most
     * pairs of kinds of steps. What is left out is long and has only one such pair that no other walk has.
     */
    static List<Walk> cover(Collection<WalkResult> results) {
        List<WalkResult> left = new ArrayList<>(results);
        List<Walk> chosen = new ArrayList<>();
        Set<List<String>> seen = new HashSet<>();
        while (!left.isEmpty()) {
            WalkResult best = Collections.max(left, Comparator.comparingDouble(result -> gain(result, seen)));
            if (gain(best, seen) < LEAST_GAIN) {
                break;
            }
            chosen.add(best.walk());
            left.remove(best);
            seen.addAll(pairs(best));
        }
        return chosen;
    }

    private static double gain(WalkResult result, Set<List<String>> seen) {
        double sum = 0;
        for (List<String> pair : pairs(result)) {
            sum += seen.contains(pair) ? 0 : pair.getFirst().equals(ACTIONS) ? WORTH_OF_ACTIONS : 1;
        }
        return sum / (OVERHEAD + result.walk().steps().size());
    }

    private static Set<List<String>> pairs(WalkResult result) {
        Set<List<String>> pairs = new HashSet<>();
        for (int i = 1; i < result.walk().steps().size(); i++) {
            WalkStep first = result.walk().steps().get(i - 1);
            WalkStep second = result.walk().steps().get(i);
            if (result.taken().get(i - 1) && result.taken().get(i)) {
                pairs.add(List.of(KINDS, first.kind(), second.kind()));
                pairs.add(List.of(ACTIONS, first.action(), second.action()));
            }
        }
        return pairs;
    }
}
