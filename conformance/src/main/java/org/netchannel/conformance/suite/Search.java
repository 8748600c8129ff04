package org.netchannel.conformance.suite;

import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import org.netchannel.conformance.exec.ExecEndpoint;

/** What all runs of the suite have shown so far. Any thread may call. */
final class Search {
    private static final int MOST_HANGS = 3;
    private static final long ENOUGH_NANOS = TimeUnit.SECONDS.toNanos(45);

    private final Map<Signature, Finding> findings = new LinkedHashMap<>();
    private final Map<String, Long> exercised = new TreeMap<>();
    private final int most;
    private final long startNs = System.nanoTime();
    private int hangs;
    private long runs;
    private long failed;
    private long lines;

    Search(int most) {
        this.most = most;
    }

    /** Counts a run that ended well or not. */
    synchronized void count(long traceLines, boolean fails, Collection<String> clauses) {
        runs++;
        failed += fails ? 1 : 0;
        lines += traceLines;
        clauses.forEach(clause -> exercised.merge(clause, 1L, Long::sum));
    }

    /** Whether a run like it was seen before; counts it then. */
    synchronized boolean knows(FailedRun run) {
        return findings.computeIfPresent(Signature.of(run), (_, known) -> new Finding(smaller(known, run),
                known.runs() + 1)) != null;
    }

    synchronized void add(FailedRun run) {
        boolean hung = run.violation().kind().equals(ExecEndpoint.KIND)
                && run.violation().details().getFirst().startsWith("it did not answer");
        hangs += hung ? 1 : 0;
        if (!knows(run)) {
            findings.put(Signature.of(run), new Finding(run, 1));
        }
    }

    private static FailedRun smaller(Finding known, FailedRun run) {
        return run.size() < known.smallest().size() ? run : known.smallest();
    }

    /** Why it is time to stop looking, or nothing. */
    synchronized String enough() {
        if (hangs >= MOST_HANGS) {
            return "ended after " + hangs + " runs that hung";
        }
        if (!findings.isEmpty() && System.nanoTime() - startNs > ENOUGH_NANOS) {
            return "ended because there are findings";
        }
        return "";
    }

    synchronized boolean isFull() {
        return findings.size() >= most;
    }

    synchronized List<Finding> findings() {
        return new ArrayList<>(findings.values());
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
}
