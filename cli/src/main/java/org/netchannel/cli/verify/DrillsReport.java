package org.netchannel.cli.verify;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.SequencedMap;
import java.util.Set;
import java.util.TreeSet;
import org.netchannel.cli.verify.Finding.Violation;
import org.netchannel.conformance.check.TraceChecker;
import org.netchannel.conformance.check.Verdict;
import org.netchannel.conformance.drill.DrillResult;
import org.netchannel.conformance.drill.Telling;
import org.netchannel.conformance.drill.Telling.Suspect;
import org.netchannel.conformance.report.DrillReport;

/** What all drills came to, for the report of {@code verify}. */
final class DrillsReport {
    private static final int MOST_SHOWN = 3;
    private static final int MOST_SUSPECTS = 12;
    private static final int MOST_QUOTED = 5;
    private static final int MOST_NAMED = 12;
    private static final int DIAGRAM_ROWS = 60;

    private final List<DrillResult> results;

    DrillsReport(List<DrillResult> results) {
        this.results = results;
    }

    int count() {
        return results.size();
    }

    long failed() {
        return results.stream().filter(result -> result.violation().isPresent()).count();
    }

    long lines() {
        return results.stream().mapToLong(result -> result.trace().size()).sum();
    }

    Set<String> clauses() {
        Set<String> clauses = new TreeSet<>();
        results.forEach(result -> clauses.addAll(result.clauses()));
        return clauses;
    }

    /** What is told when drills have failed: a few in full, the most telling ones, and the names of some more. */
    Finding finding(TraceChecker tlc, Workspace workspace) throws IOException {
        List<DrillResult> telling = Telling.failed(results);
        List<Violation> violations = new ArrayList<>(List.of(overview()));
        for (DrillResult result : telling.subList(0, Math.min(MOST_SHOWN, telling.size()))) {
            violations.add(violation(result, tlc, workspace));
        }
        List<DrillResult> others = telling.subList(violations.size() - 1, telling.size());
        if (!others.isEmpty()) {
            violations.add(new Violation("in other drills", Set.of(), names(others), List.of()));
        }
        SequencedMap<String, Object> numbers = new LinkedHashMap<>();
        numbers.put("drills", count());
        numbers.put("drillsFailed", failed());
        numbers.put("scenarios", 0);
        numbers.put("traceLines", lines());
        String summary = String.format("%,d of %,d drills failed, so no scenarios were run; %,d trace lines checked"
                + " by the specification", failed(), count(), lines());
        return new Finding(summary, numbers, clauses(), violations);
    }

    /** Which clauses to look at first: those whose drills failed, and few others. */
    private Violation overview() {
        List<Suspect> suspects = Telling.suspects(results);
        Set<String> first = new TreeSet<>();
        List<String> lines = new ArrayList<>();
        for (Suspect suspect : suspects.subList(0, Math.min(MOST_SUSPECTS, suspects.size()))) {
            if (first.size() < MOST_QUOTED) {
                first.add(suspect.clause());
            }
            lines.add(String.format("%-10s %d of the %d drills about it failed",
                    suspect.clause(), suspect.failed(), suspect.all()));
        }
        return new Violation(String.format("%,d of %,d drills failed, most of all those about %s", failed(), count(),
                String.join(", ", first)), first, lines, List.of());
    }

    private static List<String> names(List<DrillResult> others) {
        List<String> names = new ArrayList<>();
        for (DrillResult result : others.subList(0, Math.min(MOST_NAMED, others.size()))) {
            names.add(result.drill().name() + ": " + String.join(" ", result.drill().clauses()));
        }
        if (others.size() > MOST_NAMED) {
            names.add("and " + (others.size() - MOST_NAMED) + " more");
        }
        return names;
    }

    private static Violation violation(DrillResult result, TraceChecker tlc, Workspace workspace) throws IOException {
        Path trace = workspace.folder().resolve("drill-" + result.drill().name().replaceAll("\\W+", "-") + ".ndjson");
        DrillReport.write(result, trace);
        List<String> lines = new ArrayList<>(DrillReport.of(result, DIAGRAM_ROWS));
        lines.add(tlc.check(result.header(), result.trace()) instanceof Verdict.Accepted
                ? "TLC accepts the trace: what is wrong is what does not come"
                : "TLC does not accept the trace either");
        lines.add("again with: netchannel verify --only scenarios (and the same --implementation)");
        var found = result.violation().orElseThrow();
        return new Violation(
                "in a drill, " + found.kind(), result.inPlay(), lines, workspace.evidence(List.of(trace)));
    }
}
