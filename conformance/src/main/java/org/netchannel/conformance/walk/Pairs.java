package org.netchannel.conformance.walk;

import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Function;

/** How often which step followed which. */
public final class Pairs {
    private final Function<WalkStep, String> name;
    private final Map<String, Map<String, Integer>> counts = new TreeMap<>();
    private final Set<String> singles = new TreeSet<>();

    /**
     * Counts nothing yet.
     *
     * @param name tells steps apart
     */
    public Pairs(Function<WalkStep, String> name) {
        this.name = name;
    }

    void count(WalkStep first, WalkStep second) {
        counts.computeIfAbsent(name.apply(first), missing -> new TreeMap<>())
                .merge(name.apply(second), 1, Integer::sum);
    }

    void count(List<WalkStep> steps) {
        for (int i = 0; i < steps.size(); i++) {
            singles.add(name.apply(steps.get(i)));
            if (i > 0) {
                count(steps.get(i - 1), steps.get(i));
            }
        }
    }

    /** Takes pairs for unseen whose names begin with these words. */
    void forget(String first, String second) {
        counts.forEach((one, others) -> {
            if (begins(one, first)) {
                others.keySet().removeIf(other -> begins(other, second));
            }
        });
    }

    private static boolean begins(String name, String word) {
        return name.equals(word) || name.startsWith(word + " ");
    }

    int get(WalkStep first, WalkStep second) {
        return get(name.apply(first), name.apply(second));
    }

    /**
     * How often one followed another.
     *
     * @param first the first step's name
     * @param second the name of the one after it
     * @return the number
     */
    public int get(String first, String second) {
        return counts.getOrDefault(first, Map.of()).getOrDefault(second, 0);
    }

    /**
     * What was seen at all.
     *
     * @return the names, sorted
     */
    public Set<String> names() {
        return singles;
    }

    /**
     * How many different pairs were seen.
     *
     * @return their number
     */
    public int distinct() {
        return counts.values().stream().mapToInt(Map::size).sum();
    }
}
