package org.netchannel.conformance.drill;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/**
 * What drills that failed tell about the cause: a clause that is broken fails most drills about itself, and some about
 * others.
 */
public final class Telling {
    private Telling() {}

    /**
     * How suspicious a clause is.
     *
     * @param clause its id
     * @param failed how many of the drills about it failed, at least 1
     * @param all how many drills are about it
     * @param failedOfAny how many drills failed, about whatever
     */
    public record Suspect(String clause, int failed, int all, int failedOfAny) {
        /**
         * The measure of Ochiai.
         *
         * @return 0 to 1: 1 when exactly the drills about it failed
         */
        public double suspicion() {
            return failed / Math.sqrt((double) all * failedOfAny);
        }
    }

    /**
     * The clauses that drills that failed are about.
     *
     * @param results what all drills came to
     * @return the most suspicious first
     */
    public static List<Suspect> suspects(List<DrillResult> results) {
        Map<String, Integer> all = new TreeMap<>();
        Map<String, Integer> failed = new TreeMap<>();
        int failedOfAny = 0;
        for (DrillResult result : results) {
            boolean fails = result.violation().isPresent();
            failedOfAny += fails ? 1 : 0;
            for (String clause : result.drill().clauses()) {
                all.merge(clause, 1, Integer::sum);
                failed.merge(clause, fails ? 1 : 0, Integer::sum);
            }
        }
        List<Suspect> suspects = new ArrayList<>();
        for (Map.Entry<String, Integer> entry : failed.entrySet()) {
            if (entry.getValue() > 0) {
                String clause = entry.getKey();
                suspects.add(new Suspect(clause, entry.getValue(), all.get(clause), failedOfAny));
            }
        }
        suspects.sort(Comparator.comparingDouble(suspect -> -suspect.suspicion()));
        return suspects;
    }

    /**
     * Drills that failed. First one for each clause, the most suspicious clauses first, then the others. Of drills that
     * play the same, one stands for all.
     *
     * @param results what all drills came to
     * @return those with a violation, the most telling first
     */
    public static List<DrillResult> failed(List<DrillResult> results) {
        List<DrillResult> failed =
                results.stream().filter(result -> result.violation().isPresent()).toList();
        List<DrillResult> telling = new ArrayList<>();
        for (Suspect suspect : suspects(results)) {
            failed.stream()
                    .filter(result -> result.drill().clauses().contains(suspect.clause()))
                    .min(Comparator.comparing(result -> !result.drill().mainClause().equals(suspect.clause())))
                    .ifPresent(telling::add);
        }
        telling.addAll(failed);
        Set<String> told = new HashSet<>();
        return telling.stream().filter(result -> told.add(result.drill().title())).toList();
    }
}
