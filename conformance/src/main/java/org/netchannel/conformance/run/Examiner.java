package org.netchannel.conformance.run;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.netchannel.conformance.Violation;
import org.netchannel.conformance.check.Objection;
import org.netchannel.conformance.check.Verdict;
import org.netchannel.conformance.scenario.Scenario;
import org.netchannel.traces.TraceLine;

/**
 * Runs scenarios and judges them at every depth: what applications see, then the trace by every {@link Check} whose
 * turn it is. One thread calls.
 */
public final class Examiner {
    private final ScenarioRunner runner;
    private final List<Check> checks;
    private final Set<String> clauses = new TreeSet<>();
    private final long[] traces;
    private final long[] lines;

    /**
     * Makes an examiner.
     *
     * @param runner runs the scenarios
     * @param checks judge the traces, in this order; may be none
     */
    public Examiner(ScenarioRunner runner, List<Check> checks) {
        this.runner = runner;
        this.checks = List.copyOf(checks);
        traces = new long[checks.size()];
        lines = new long[checks.size()];
    }

    /**
     * Ids of the clauses that the traces exercised, as far as a check knows them.
     *
     * @return a sorted copy
     */
    public Set<String> clauses() {
        return new TreeSet<>(clauses);
    }

    /**
     * How many traces a check has judged.
     *
     * @param check its place in the list
     * @return the number
     */
    public long traces(int check) {
        return traces[check];
    }

    /**
     * How many trace lines a check has judged.
     *
     * @param check its place in the list
     * @return the number
     */
    public long lines(int check) {
        return lines[check];
    }

    /**
     * Runs a scenario and judges it.
     *
     * @param scenario the scenario
     * @param number its number in the campaign, for checks that are asked for a sample
     * @return the run; its violation is the first one of any depth
     */
    public Run examine(Scenario scenario, long number) {
        return judged(runner.run(scenario), number, false);
    }

    /**
     * Runs a scenario and judges it by every check.
     *
     * @param scenario the scenario
     * @return the run; its violation is the first one of any depth
     */
    public Run examineFully(Scenario scenario) {
        return judged(runner.run(scenario), 0, true);
    }

    /**
     * Says whether a scenario fails in a given way. Asks only the check that finds this kind of violation, so that
     * making a scenario smaller is not held up by slower ones.
     *
     * @param scenario the scenario
     * @param known a violation
     * @return whether it has a violation of the same kind, with the same clauses in play
     */
    public boolean failsLike(Scenario scenario, Violation known) {
        Run run = runner.run(scenario);
        Optional<Violation> violation = run.violation();
        for (int i = 0; i < checks.size() && violation.isEmpty(); i++) {
            if (known.kind().endsWith(checks.get(i).name())) {
                violation = ask(i, checks.get(i), run).map(Objection::violation);
            }
        }
        return violation.isPresent()
                && violation.get().kind().equals(known.kind())
                && violation.get().clauses().equals(known.clauses());
    }

    private Run judged(Run run, long number, boolean fully) {
        if (run.violation().isPresent() || checks.isEmpty()) {
            return fully && !checks.isEmpty() ? withSecondOpinion(run) : run;
        }
        List<String> opinions = new ArrayList<>();
        Optional<Objection> first = Optional.empty();
        for (int i = 0; i < checks.size(); i++) {
            Check check = checks.get(i);
            boolean turn = fully || number % check.onceIn() == 0 || first.isPresent() && check.everyRejection();
            if (turn) {
                Optional<Objection> found = ask(i, check, run);
                opinions.add(check.name() + (found.isEmpty() ? " accepts" : " does not accept"));
                first = first.or(() -> found);
            }
        }
        return first.isEmpty() ? run : rejected(run, first.get(), opinions);
    }

    /** What applications see is often seen late; the first line that can't be explained is nearer to the cause. */
    private Run withSecondOpinion(Run run) {
        Violation seen = run.violation().orElseThrow();
        Optional<Objection> found = run.trace().isEmpty() ? Optional.empty() : ask(0, checks.getFirst(), run);
        if (found.isEmpty()) {
            return run;
        }
        Violation cause = found.get().violation();
        List<String> details = new ArrayList<>(seen.details());
        details.add("before that, " + cause.kind());
        details.addAll(cause.details());
        Violation both = new Violation(
                seen.kind(), cause.clauses().isEmpty() ? seen.clauses() : cause.clauses(), details);
        return new Run(run.scenario(), run.header(), run.trace(), Optional.of(both), run.coverage());
    }

    /** What came after the line that can't be explained explains nothing. */
    private static Run rejected(Run run, Objection found, List<String> opinions) {
        List<TraceLine> trace = run.trace().stream().filter(line -> line.step() <= found.step()).toList();
        Violation violation = withOpinions(found.violation(), opinions);
        return new Run(run.scenario(), run.header(), trace, Optional.of(violation), run.coverage());
    }

    private Optional<Objection> ask(int index, Check check, Run run) {
        Verdict verdict = check.checker().check(run.header(), run.trace());
        traces[index]++;
        lines[index] += run.trace().size();
        if (verdict instanceof Verdict.Accepted accepted) {
            clauses.addAll(accepted.clauses());
        }
        return Objection.of(check.name(), verdict);
    }

    private static Violation withOpinions(Violation violation, List<String> opinions) {
        List<String> details = new ArrayList<>(violation.details());
        if (opinions.size() > 1) {
            details.add(String.join(", ", opinions));
        }
        return new Violation(violation.kind(), violation.clauses(), details);
    }
}
