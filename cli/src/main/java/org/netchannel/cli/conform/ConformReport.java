package org.netchannel.cli.conform;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.netchannel.cli.verify.Clauses;
import org.netchannel.conformance.exec.ExecEndpoint;
import org.netchannel.conformance.report.Account;
import org.netchannel.conformance.suite.ClauseStanding;
import org.netchannel.conformance.suite.FailedRun;
import org.netchannel.conformance.suite.Finding;
import org.netchannel.conformance.suite.Result;

/**
 * Everything that a report on an implementation tells, whatever its form.
 *
 * @param implementation what the user has typed
 * @param seed what repeats it
 * @param took how long it took
 * @param result what it came to
 * @param clauses the clauses there are
 * @param findings the findings that are told in full, the most telling first
 */
public record ConformReport(
        String implementation, long seed, Duration took, Result result, Clauses clauses, List<Told> findings) {

    /**
     * A finding that is told in full.
     *
     * @param finding the finding
     * @param account what the implementation did, and what would have been right
     * @param opinion what stock TLC says of the trace; empty when it was not asked
     * @param trace where the trace file is
     * @param again what shows it again
     */
    public record Told(Finding finding, Account account, String opinion, Path trace, String again) {
        /**
         * The finding in one line.
         *
         * @return what was wrong and in which run
         */
        public String title() {
            FailedRun run = finding.smallest();
            return run.violation().kind() + ", in " + run.name();
        }
    }

    /**
     * Whether everything held, and anything was checked.
     *
     * @return true when there is no finding
     */
    public boolean held() {
        return result.findings().isEmpty() && !result.exercised().isEmpty();
    }

    /**
     * A clause's text.
     *
     * @param id its id, or the name of the endpoint's description
     * @return the text
     */
    public String text(String id) {
        return id.equals(ExecEndpoint.CLAUSE)
                ? "Every call is answered as docs/endpoint.md describes it, in time and in order."
                : clauses.text(id);
    }

    /**
     * All clauses, and the endpoint's description where a finding names it.
     *
     * @return their ids, sorted
     */
    public Set<String> ids() {
        Set<String> ids = new TreeSet<>(clauses.ids());
        result.findings().forEach(finding -> ids.addAll(finding.clauses()));
        return ids;
    }

    /**
     * How many clauses have a verdict.
     *
     * @param verdict which one
     * @return their number
     */
    public long count(ClauseStanding.Verdict verdict) {
        return ids().stream().filter(id -> result.standing(id).verdict() == verdict).count();
    }

    /** Which findings name a clause, by their numbers from 1. */
    List<Integer> naming(String id) {
        return java.util.stream.IntStream.range(0, findings.size())
                .filter(i -> findings.get(i).finding().clauses().contains(id))
                .mapToObj(i -> i + 1)
                .toList();
    }

    /** What the tested implementation calls itself, besides what the user calls it. */
    String identity() {
        return result.identity().isEmpty() ? "an implementation that does not say its name" : result.identity();
    }

    static final Map<ClauseStanding.Verdict, String> WORDS = Map.of(
            ClauseStanding.Verdict.PASSED, "passed",
            ClauseStanding.Verdict.VIOLATED, "violated",
            ClauseStanding.Verdict.NOT_EXERCISED, "not exercised");
}
