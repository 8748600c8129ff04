package org.netchannel.specs.report;

import java.util.ArrayList;
import java.util.List;
import org.netchannel.specs.Counts;
import org.netchannel.specs.Finding;
import org.netchannel.specs.ModelResult;
import org.netchannel.specs.counterexample.CounterexampleText;

/** What there is to say about one result. */
public final class ResultText {
    private ResultText() {}

    /**
     * One line: verdict, name, states, time.
     *
     * @param result the result
     * @return the line
     */
    public static String line(ModelResult result) {
        return "%-7s %s: %s, %s, %s".formatted(
                result.verdict(), result.model().name(), result.finding(),
                size(result, "distinct "),
                Numbers.seconds(result.duration()));
    }

    /** How much was looked at: distinct states, or all states of random traces. */
    static String size(ModelResult result) {
        return size(result, "");
    }

    private static String size(ModelResult result, String distinct) {
        Counts counts = result.counts();
        return result.model().simulation().isPresent()
                ? Numbers.grouped(counts.generated()) + " states"
                : Numbers.grouped(counts.distinct()) + " " + distinct + "states";
    }

    /**
     * What differs from the manifest, TLC's message, and the counterexample.
     *
     * @param result the result
     * @param width longest line of a counterexample
     * @return lines without line ends
     */
    public static List<String> details(ModelResult result, int width) {
        List<String> lines = new ArrayList<>();
        lines.add(result.verdict() + " " + result.model().name() + ": " + result.model().description());
        result.differences().forEach(difference -> lines.add("  " + difference));
        if (result.finding() instanceof Finding.Failed failed) {
            failed.message().lines().forEach(line -> lines.add("  | " + line));
        }
        result.counterexample().ifPresent(counterexample -> {
            lines.add("  " + result.finding() + ":");
            lines.addAll(CounterexampleText.lines(counterexample, width));
        });
        return lines;
    }
}
