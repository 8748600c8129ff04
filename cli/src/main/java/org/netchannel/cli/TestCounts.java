package org.netchannel.cli;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * How many tests there were. Taken from what Surefire says at the end of each module: its report files are written
 * once an engine, and where two engines run tests of one class the second overwrites the first.
 *
 * @param passed ran and held
 * @param failed ran and did not hold, or broke
 * @param skipped did not run
 */
record TestCounts(int passed, int failed, int skipped) {
    static final TestCounts NONE = new TestCounts(0, 0, 0);

    private static final Pattern MODULE_SUM =
            Pattern.compile("\\[\\w+\\] +Tests run: (\\d+), Failures: (\\d+), Errors: (\\d+), Skipped: (\\d+)");

    /** Adds what a line of Maven's output says, if it is the sum of a module. */
    TestCounts plus(String line) {
        Matcher sum = MODULE_SUM.matcher(line);
        if (!sum.matches()) {
            return this;
        }
        int bad = number(sum, 2) + number(sum, 3);
        int left = number(sum, 4);
        return new TestCounts(passed + number(sum, 1) - bad - left, failed + bad, skipped + left);
    }

    /** Whether there were tests and none failed; no tests at all prove nothing. */
    boolean allPassed() {
        return failed == 0 && passed > 0;
    }

    private static int number(Matcher sum, int group) {
        return Integer.parseInt(sum.group(group));
    }

    @Override
    public String toString() {
        return passed + " passed, " + failed + " failed, " + skipped + " skipped";
    }
}
