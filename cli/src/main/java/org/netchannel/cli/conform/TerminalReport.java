package org.netchannel.cli.conform;

import java.io.PrintWriter;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.netchannel.cli.conform.ConformReport.Told;
import org.netchannel.conformance.report.SequenceDiagram;
import org.netchannel.conformance.suite.ClauseStanding.Verdict;
import org.netchannel.conformance.suite.FailedRun;
import org.netchannel.conformance.suite.PartResult;

/** The report for a person at a terminal. */
public final class TerminalReport {
    private static final int DIAGRAM_ROWS = 60;
    private static final int MOST_NAMES = 8;
    private static final int MOST_RARE = 6;

    private final ConformReport report;
    private final PrintWriter out;

    private TerminalReport(ConformReport report, PrintWriter out) {
        this.report = report;
        this.out = out;
    }

    /**
     * Prints it.
     *
     * @param report what to tell
     * @param out where to
     */
    public static void print(ConformReport report, PrintWriter out) {
        new TerminalReport(report, out).print();
    }

    private void print() {
        report.result().parts().forEach(this::print);
        for (int i = 0; i < report.findings().size(); i++) {
            print(i + 1, report.findings().get(i));
        }
        others();
        clauses(Verdict.VIOLATED);
        clauses(Verdict.NOT_EXERCISED);
        out.printf("%-10s %d passed, %d violated, %d not exercised%n", "clauses", report.count(Verdict.PASSED),
                report.count(Verdict.VIOLATED), report.count(Verdict.NOT_EXERCISED));
        rarest("clauses", "runs that exercised it", report.result().exercised());
        actions();
        int found = report.result().findings().size();
        String verdict = report.held() ? "everything held" : found == 0 ? "nothing was checked"
                : found + (found == 1 ? " finding" : " findings");
        out.printf("%-10s %s: %s (%s)%n", "verdict", shown(report.identity()), verdict,
                seconds(report.took().toMillis()));
    }

    private void print(PartResult part) {
        String state = part.runs() == 0 ? "-   " : part.failed() == 0 ? "ok  " : "FAIL";
        String told = part.runs() == 0 ? part.remark() : String.format(Locale.ROOT,
                "%,d run, %,d failed; %,d trace lines checked by the specification%s (%s)%s", part.runs(),
                part.failed(), part.lines(), part.byTlc() == 0 ? "" : ", traces checked by TLC too: " + part.byTlc(),
                seconds(part.took().toMillis()),
                part.remark().isEmpty() ? "" : "; " + part.remark());
        out.printf("%-10s %s %s%n", part.part(), state, told);
    }

    private static String seconds(long millis) {
        return String.format(Locale.ROOT, "%.1f s", millis / 1000.0);
    }

    private void print(int number, Told told) {
        FailedRun run = told.finding().smallest();
        out.println();
        out.println("FINDING " + number + ": " + shown(told.title()));
        for (String id : told.finding().clauses()) {
            out.println("  " + id + " " + report.text(id));
        }
        Set<String> inPlay = new TreeSet<>(run.violation().clauses());
        inPlay.removeAll(told.finding().clauses());
        if (!inPlay.isEmpty()) {
            out.println("  also in play: " + String.join(" ", inPlay));
        }
        section("what it did", told.account().did());
        section("what would have been right", told.account().allowed());
        section("", told.account().before());
        section("where", List.of(run.arrangement().toString(), "seed " + run.seed()));
        section("start", run.start());
        section("steps", run.steps());
        out.println();
        SequenceDiagram.of(run.trace(), DIAGRAM_ROWS).forEach(line -> out.println("  " + shown(line)));
        out.println();
        if (!told.opinion().isEmpty()) {
            out.println("  " + told.opinion());
        }
        if (told.finding().runs() > 1) {
            out.println("  " + (told.finding().runs() - 1) + " more failed alike: " + names(told.finding().alike()));
        }
        out.println("  again with: " + shown(told.again()));
        out.println("  see " + told.trace());
        out.println();
    }

    private void section(String title, List<String> lines) {
        if (!lines.isEmpty() && !title.isEmpty()) {
            out.println("  " + title);
        }
        lines.forEach(line -> out.println("    " + shown(line)));
    }

    private void others() {
        List<String> others = report.result().others();
        if (!others.isEmpty()) {
            out.println(others.size() + " more failed in other ways, perhaps because of the same: " + names(others));
        }
        int untold = report.result().findings().size() - report.findings().size();
        if (untold > 0) {
            out.println(untold + " more findings are not told; --findings N tells more");
        }
    }

    private static String names(List<String> names) {
        String first = names.stream().limit(MOST_NAMES).collect(Collectors.joining(", "));
        return shown(names.size() > MOST_NAMES ? first + " and " + (names.size() - MOST_NAMES) + " more" : first);
    }

    private void clauses(Verdict verdict) {
        String ids = report.ids().stream()
                .filter(id -> report.result().standing(id).verdict() == verdict)
                .collect(Collectors.joining(" "));
        if (!ids.isEmpty()) {
            out.printf("%-10s %s: %s%n", "clauses", ConformReport.WORDS.get(verdict), ids);
        }
    }

    private void actions() {
        Map<String, Long> actions = report.result().actions();
        List<String> never = actions.keySet().stream().filter(action -> actions.get(action) == 0).toList();
        if (never.size() < actions.size()) {
            out.printf("%-10s %d of %d of the specification taken%s%n", "actions", actions.size() - never.size(),
                    actions.size(), never.isEmpty() ? "" : "; never: " + shown(String.join(", ", never)));
            rarest("actions", "times", actions);
        }
    }

    private void rarest(String what, String unit, Map<String, Long> counts) {
        String rarest = counts.entrySet().stream().filter(entry -> entry.getValue() > 0)
                .sorted(Map.Entry.comparingByValue()).limit(MOST_RARE)
                .map(entry -> entry.getKey() + " " + entry.getValue())
                .collect(Collectors.joining(", "));
        if (!rarest.isEmpty()) {
            out.printf("%-10s rarest, with %s: %s%n", what, unit, shown(rarest));
        }
    }

    /** What a tested implementation says must not steer a terminal. */
    private static String shown(String text) {
        StringBuilder shown = new StringBuilder();
        text.replace('\t', ' ').codePoints().forEach(c -> {
            if (Character.isISOControl(c) || Character.getType(c) == Character.FORMAT) {
                shown.append(String.format("\\u%04x", c));
            } else {
                shown.appendCodePoint(c);
            }
        });
        return shown.toString();
    }
}
