package org.netchannel.conformance.drill;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Puts drills that failed in the order in which they tell the most about the cause. */
public final class Telling {
    private Telling() {}

    /**
     * Drills that failed, those first whose clause has the largest part of its drills failed: a clause that is broken
     * fails most drills about itself and some about others. Of drills that play the same the first one stands for all.
     *
     * @param results what all drills came to
     * @return those with a violation, the most telling first
     */
    public static List<DrillResult> failed(List<DrillResult> results) {
        Map<String, Integer> all = new HashMap<>();
        Map<String, Integer> failed = new HashMap<>();
        for (DrillResult result : results) {
            for (String clause : result.drill().clauses()) {
                all.merge(clause, 1, Integer::sum);
                failed.merge(clause, result.violation().isPresent() ? 1 : 0, Integer::sum);
            }
        }
        Set<String> told = new HashSet<>();
        List<DrillResult> telling = new ArrayList<>();
        results.stream()
                .filter(result -> result.violation().isPresent())
                .sorted(Comparator.comparingDouble(result -> -part(result.drill(), failed, all)))
                .filter(result -> told.add(result.drill().title()))
                .forEach(telling::add);
        return telling;
    }

    private static double part(Drill drill, Map<String, Integer> failed, Map<String, Integer> all) {
        return (double) failed.get(drill.mainClause()) / all.get(drill.mainClause());
    }
}
