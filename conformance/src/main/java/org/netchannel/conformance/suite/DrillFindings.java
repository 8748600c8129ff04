package org.netchannel.conformance.suite;

import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.HashSet;
import java.util.IdentityHashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.netchannel.conformance.Violation;
import org.netchannel.conformance.drill.DrillResult;
import org.netchannel.conformance.drill.Telling;
import org.netchannel.conformance.drill.Telling.Suspect;

/**
 * Few mistakes that explain why drills failed. What goes wrong in most of them in the same way comes first. Then the
 * clause whose drills failed, and few others, is taken for broken; all failures in which it is in play, and those that
 * look the same, are put down to it. What is left is a mistake of its own only if it breaks most drills about some
 * clause, and more than one.
 */
final class DrillFindings {
    private static final double MOST = 0.5;
    private static final double NEARLY = 0.8;

    private final List<Finding> findings = new ArrayList<>();
    private final List<DrillResult> passed;
    private List<DrillResult> unexplained;

    DrillFindings(List<DrillResult> results) {
        passed = results.stream().filter(result -> result.violation().isEmpty()).toList();
        unexplained = results.stream().filter(result -> result.violation().isPresent()).toList();
        noAnswers();
        everywhere(results.size());
        while (!unexplained.isEmpty() && brokenClause()) {
            // Again, for what is left.
        }
    }

    /** The most telling first. */
    List<Finding> findings() {
        return findings;
    }

    /** Names of drills that failed too, perhaps because of the same. */
    List<String> unexplained() {
        return unexplained.stream().map(result -> failed(result).label()).toList();
    }

    /** An endpoint that does not answer breaks no clause of the protocol. */
    private void noAnswers() {
        Map<String, List<DrillResult>> byKind = new LinkedHashMap<>();
        for (DrillResult result : unexplained) {
            if (Signature.isNoAnswer(violation(result))) {
                byKind.computeIfAbsent(signature(result).kind(), _ -> new ArrayList<>()).add(result);
            }
        }
        byKind.values().stream()
                .sorted(Comparator.comparingInt(group -> -group.size()))
                .forEach(group -> take(group, violation(group.getFirst()).clauses(), Comparator.comparing(_ -> 0)));
    }

    /** What is wrong in most drills in the same way is wrong before they come to what they are about. */
    private void everywhere(int all) {
        Map<Signature, List<DrillResult>> alike = new LinkedHashMap<>();
        unexplained.forEach(result -> alike.computeIfAbsent(signature(result), _ -> new ArrayList<>()).add(result));
        for (List<DrillResult> group : alike.values()) {
            if (group.size() > MOST * all) {
                take(group, violation(group.getFirst()).clauses(), Comparator.comparing(_ -> 0));
            }
        }
    }

    private boolean brokenClause() {
        List<DrillResult> counted = new ArrayList<>(passed);
        counted.addAll(unexplained);
        List<Suspect> suspects = Telling.suspects(counted).stream()
                .sorted(Comparator.comparingDouble(suspect -> -suspicion(suspect)))
                .toList();
        Suspect first = suspects.getFirst();
        if (!findings.isEmpty() && (first.failed() < MOST * first.all() || titles(first.clause()) < 2)) {
            return false;
        }
        String clause = first.clause();
        Set<Signature> looks = new HashSet<>(unexplained.stream()
                .filter(result -> result.inPlay().contains(clause)).map(DrillFindings::signature).toList());
        List<DrillResult> group = unexplained.stream()
                .filter(result -> result.inPlay().contains(clause)
                        || looks.contains(signature(result)) || isAbsence(result, looks))
                .toList();
        Set<String> broken = suspects.stream()
                .filter(suspect -> suspicion(suspect) >= NEARLY * suspicion(first))
                .map(Suspect::clause).collect(Collectors.toSet());
        take(group, broken, Comparator
                .comparing((DrillResult result) -> !result.drill().clauses().getFirst().equals(clause))
                .thenComparing(result -> !result.drill().clauses().contains(clause))
                .thenComparing(result -> !violation(result).clauses().contains(clause)));
        return true;
    }

    /** More so where the specification names the clause, too. */
    private double suspicion(Suspect suspect) {
        long named = unexplained.stream()
                .filter(result -> violation(result).clauses().contains(suspect.clause())).count();
        return suspect.suspicion() * (1 + (double) named / unexplained.size());
    }

    /** How many drills about a clause have failed; both roles of one are one. */
    private long titles(String clause) {
        return unexplained.stream()
                .filter(result -> result.drill().clauses().contains(clause))
                .map(result -> result.drill().title()).distinct().count();
    }

    /** What does not come looks the same whatever it is that holds it up. */
    private static boolean isAbsence(DrillResult result, Set<Signature> looks) {
        return signature(result).call().isEmpty()
                && looks.stream().anyMatch(look -> look.kind().equals(signature(result).kind()));
    }

    private void take(List<DrillResult> group, Set<String> broken, Comparator<DrillResult> telling) {
        DrillResult smallest = Collections.min(
                group, telling.thenComparing(result -> result.trace().size()));
        Set<String> clauses = new TreeSet<>(violation(smallest).clauses());
        clauses.retainAll(smallest.drill().clauses());
        clauses.addAll(broken);
        findings.add(new Finding(failed(smallest), clauses, group.stream()
                .filter(result -> result != smallest)
                .map(result -> failed(result).label())
                .toList()));
        Set<DrillResult> taken = Collections.newSetFromMap(new IdentityHashMap<>());
        taken.addAll(group);
        unexplained = unexplained.stream().filter(result -> !taken.contains(result)).toList();
    }

    private static Violation violation(DrillResult result) {
        return result.violation().orElseThrow();
    }

    private static Signature signature(DrillResult result) {
        return Signature.of(violation(result), result.trace());
    }

    private static FailedRun failed(DrillResult result) {
        return new FailedRun(Part.DRILLS, "drill \"" + result.drill().name() + "\"", Arrangement.ALONE,
                DrillJobs.SEED, violation(result), List.of("A " + result.header().config().given()),
                List.of(result.drill().about()), result.header(), result.trace(), "");
    }
}
