package org.netchannel.conformance.suite;

import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import org.netchannel.conformance.Overseer;
import org.netchannel.conformance.Violation;
import org.netchannel.conformance.exec.ExecEndpoint;
import org.netchannel.conformance.guide.Actions;
import org.netchannel.conformance.guide.Trail;

/** What all runs of the suite have shown so far. Any thread may call. */
final class Search {
    private static final int MOST_HANGS = 3;
    private static final int MOST_FAILED_FROM_THE_START = 40;
    private static final long ENOUGH_NANOS = TimeUnit.SECONDS.toNanos(45);

    private final List<Finding> findings = new ArrayList<>();
    private final Map<String, Long> exercised = new TreeMap<>();
    private final Map<String, Long> actions = new HashMap<>();
    private final int most;
    private final long startNs = System.nanoTime();
    private int hangs;
    private long runs;
    private long failed;
    private long lines;
    private long byTlc;

    Search(int most) {
        this.most = most;
    }

    /** Counts a run. */
    synchronized void count(long traceLines, Optional<Violation> violation, Collection<String> clauses) {
        runs++;
        lines += traceLines;
        failed += violation.isPresent() ? 1 : 0;
        hangs += violation.filter(Search::isHang).isPresent() ? 1 : 0;
        clauses.forEach(clause -> exercised.merge(clause, 1L, Long::sum));
    }

    private static boolean isHang(Violation violation) {
        return ExecEndpoint.isHang(violation) || Overseer.isHang(violation);
    }

    /** Puts a run to the finding that it looks like; says whether there is one. */
    synchronized boolean joins(FailedRun run) {
        Signature signature = Signature.of(run);
        for (int i = 0; i < findings.size(); i++) {
            FailedRun known = findings.get(i).smallest();
            if (Signature.of(known).isLike(signature)) {
                List<String> alike = new ArrayList<>(findings.get(i).alike());
                boolean smaller = run.size() < known.size();
                alike.add(smaller ? known.label() : run.label());
                FailedRun smallest = smaller ? run : known;
                findings.set(i, new Finding(smallest, smallest.violation().clauses(), alike));
                return true;
            }
        }
        return false;
    }

    synchronized void add(FailedRun run) {
        if (!joins(run)) {
            findings.add(new Finding(run, run.violation().clauses(), List.of()));
        }
    }

    /** Why it is time to stop looking, or nothing. */
    synchronized String enough() {
        if (hangs >= MOST_HANGS) {
            return "ended after " + hangs + " runs that took too long";
        }
        if (failed == runs && runs >= MOST_FAILED_FROM_THE_START) {
            return "ended because every run failed";
        }
        if (failed > 0 && System.nanoTime() - startNs > ENOUGH_NANOS) {
            return "ended after 45 s because there are findings";
        }
        return findings.size() >= most ? "ended because there are " + most + " findings" : "";
    }

    synchronized List<Finding> findings() {
        return List.copyOf(findings);
    }

    /** Counts the actions of the specification that an accepted run took. */
    synchronized void count(Trail trail) {
        trail.actions().forEach((action, times) -> actions.merge(action, times, Long::sum));
    }

    /** All actions, and how often each was taken. */
    synchronized Map<String, Long> actions() {
        Map<String, Long> all = new LinkedHashMap<>();
        Actions.all().forEach(action -> all.put(action, actions.getOrDefault(action, 0L)));
        return all;
    }

    synchronized Map<String, Long> exercised() {
        return new TreeMap<>(exercised);
    }

    synchronized long runs() {
        return runs;
    }

    synchronized long failed() {
        return failed;
    }

    synchronized long lines() {
        return lines;
    }

    synchronized void countByTlc(long traces) {
        byTlc += traces;
    }

    synchronized long byTlc() {
        return byTlc;
    }
}
