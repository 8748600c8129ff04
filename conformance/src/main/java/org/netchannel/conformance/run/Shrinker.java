package org.netchannel.conformance.run;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;
import org.netchannel.conformance.Overseer;
import org.netchannel.conformance.Violation;
import org.netchannel.conformance.exec.ExecEndpoint;
import org.netchannel.conformance.scenario.Numbers;
import org.netchannel.conformance.scenario.Scenario;
import org.netchannel.conformance.scenario.Setup;
import org.netchannel.conformance.scenario.Step;

/**
 * Makes a failing scenario smaller: takes steps out, in large pieces first (delta debugging), then makes the numbers of
 * the steps that are left smaller, then the start plainer. One thread calls.
 */
public final class Shrinker {
    private final Predicate<Scenario> fails;
    private final long deadlineNanos;
    private Scenario smallest;

    private Shrinker(Scenario failing, Predicate<Scenario> fails, long limitNanos) {
        this.smallest = failing;
        this.fails = fails;
        deadlineNanos = System.nanoTime() + limitNanos;
    }

    /**
     * Shrinks a scenario.
     *
     * @param failing one that fails
     * @param fails runs a scenario and says whether it fails in the same way
     * @param limitNanos stops when so much time has passed
     * @return the smallest failing one that was found
     */
    public static Scenario shrink(Scenario failing, Predicate<Scenario> fails, long limitNanos) {
        Shrinker shrinker = new Shrinker(failing, fails, limitNanos);
        boolean smaller = true;
        while (smaller) {
            smaller = shrinker.takeStepsOut() | shrinker.plainStart() | shrinker.smallerNumbers();
        }
        return shrinker.smallest;
    }

    /**
     * Shrinks a failing run. One that took too long stays as it is: every smaller one would take as long.
     *
     * @param failing a run with a violation
     * @param examiner runs and judges the smaller ones
     * @param limitNanos stops when so much time has passed
     * @return the smallest run that was found to fail in the same way, judged by every check
     */
    public static Run smaller(Run failing, Examiner examiner, long limitNanos) {
        Violation violation = failing.violation().orElseThrow();
        if (Overseer.isHang(violation) || ExecEndpoint.isHang(violation)) {
            return failing;
        }
        Scenario smallest = shrink(
                failing.scenario(), candidate -> examiner.failsLike(candidate, violation), limitNanos);
        Run run = examiner.examineFully(smallest);
        // A check that gives another answer to the same trace must not hide the failure.
        return run.violation().isPresent() ? run : failing;
    }

    private boolean accept(Scenario candidate) {
        if (System.nanoTime() - deadlineNanos > 0 || !fails.test(candidate)) {
            return false;
        }
        smallest = candidate;
        return true;
    }

    private boolean takeStepsOut() {
        boolean any = false;
        for (int size = Math.max(1, smallest.steps().size() / 2); size >= 1; size /= 2) {
            // From the end: what comes last depends on what came first, seldom the other way round.
            for (int from = smallest.steps().size() - size; from > -size; from -= size) {
                any |= accept(smallest.with(without(Math.max(0, from), size)));
            }
        }
        return any;
    }

    private List<Step> without(int from, int size) {
        List<Step> steps = new ArrayList<>(smallest.steps());
        int end = Math.min(steps.size(), from + size);
        if (from < end) {
            steps.subList(from, end).clear();
        }
        return steps;
    }

    private boolean smallerNumbers() {
        boolean any = false;
        for (int at = 0; at < smallest.steps().size(); at++) {
            int count = Numbers.of(smallest.steps().get(at)).length;
            for (int number = 0; number < count; number++) {
                any |= smallerNumber(at, number);
            }
        }
        return any;
    }

    private boolean smallerNumber(int at, int number) {
        boolean any = false;
        int value = Numbers.of(smallest.steps().get(at))[number];
        for (int smaller : new int[] {0, value / 2, value - 1}) {
            if (smaller >= 0 && smaller < value && accept(replaced(at, number, smaller))) {
                any = true;
                value = smaller;
            }
        }
        return any;
    }

    private Scenario replaced(int at, int number, int value) {
        List<Step> steps = new ArrayList<>(smallest.steps());
        int[] numbers = Numbers.of(steps.get(at));
        numbers[number] = value;
        steps.set(at, Numbers.with(steps.get(at), numbers));
        return smallest.with(steps);
    }

    private boolean plainStart() {
        boolean any = false;
        for (int i = 0; i < Setup.PLAINER; i++) {
            Setup plainer = smallest.setup().plainer(i);
            any |= !plainer.equals(smallest.setup()) && accept(smallest.with(plainer));
        }
        return any;
    }
}
