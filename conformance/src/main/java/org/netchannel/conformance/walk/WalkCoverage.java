package org.netchannel.conformance.walk;

import java.util.BitSet;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/** What implementations did of the walks: only steps that they took count, and pairs of which they took both. */
public final class WalkCoverage {
    private final Pairs actions = new Pairs(WalkStep::action);
    private final Pairs kinds = new Pairs(WalkStep::kind);
    private final Set<String> clauses = new TreeSet<>();
    private int walks;
    private int steps;
    private int stepsTaken;
    private long lines;

    /** Starts with none. */
    public WalkCoverage() {}

    /**
     * Counts a walk.
     *
     * @param result what it came to
     */
    public void add(WalkResult result) {
        add(result.walk(), result.taken());
        lines += result.trace().size();
        clauses.addAll(result.clauses());
    }

    /** Counts a walk as the specification takes it. */
    void add(Walk walk) {
        BitSet all = new BitSet();
        all.set(0, walk.steps().size());
        add(walk, all);
    }

    private void add(Walk walk, BitSet taken) {
        List<WalkStep> all = walk.steps();
        walks++;
        steps += all.size();
        stepsTaken += taken.cardinality();
        for (int from = taken.nextSetBit(0); from >= 0; ) {
            int to = taken.nextClearBit(from);
            actions.count(all.subList(from, to));
            kinds.count(all.subList(from, to));
            from = taken.nextSetBit(to);
        }
    }

    /**
     * How many walks there were.
     *
     * @return their number
     */
    public int walks() {
        return walks;
    }

    /**
     * How many steps the walks had.
     *
     * @return their number
     */
    public int steps() {
        return steps;
    }

    /**
     * How many of them were taken as the walk does.
     *
     * @return their number
     */
    public int stepsTaken() {
        return stepsTaken;
    }

    /**
     * How many trace lines were judged.
     *
     * @return their number
     */
    public long lines() {
        return lines;
    }

    /**
     * Which actions were taken.
     *
     * @return their names, sorted
     */
    public Set<String> actions() {
        return actions.names();
    }

    /**
     * How many different pairs of actions were taken.
     *
     * @return their number
     */
    public int pairs() {
        return actions.distinct();
    }

    /**
     * How many pairs of the actions are possible, as far as is known.
     *
     * @return their number
     */
    public int possiblePairs() {
        return pairs() + missing().size();
    }

    /**
     * Pairs of actions that are possible, as far as is known, and were not taken.
     *
     * @return both names, a comma between them
     */
    public List<String> missing() {
        return actions.names().stream()
                .flatMap(first -> actions.names().stream()
                        .filter(second -> actions.get(first, second) == 0)
                        .filter(second -> !ImpossiblePairs.isImpossible(first, second))
                        .map(second -> first + ", " + second))
                .toList();
    }

    /**
     * How many different pairs of steps were taken where packets and the class of channels that fail count.
     *
     * @return their number
     */
    public int pairsOfKinds() {
        return kinds.distinct();
    }

    /**
     * Ids of the clauses that were exercised.
     *
     * @return the ids, sorted
     */
    public Set<String> clauses() {
        return clauses;
    }
}
