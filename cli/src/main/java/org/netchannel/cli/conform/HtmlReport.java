package org.netchannel.cli.conform;

import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;
import org.netchannel.cli.conform.ConformReport.Told;
import org.netchannel.conformance.report.Markup;
import org.netchannel.conformance.report.SvgDiagram;
import org.netchannel.conformance.suite.ClauseStanding;
import org.netchannel.conformance.suite.ClauseStanding.Verdict;
import org.netchannel.conformance.suite.FailedRun;
import org.netchannel.conformance.suite.PartResult;

/** The report as one HTML page that needs nothing else: no script, no network. */
public final class HtmlReport {
    private static final int DIAGRAM_ROWS = 300;
    private static final String STYLE = """
            :root{color-scheme:light dark;--line:#8886;--dim:#777;--bad:#c22;--good:#283;--data:#26c}
            body{font:15px/1.45 system-ui,sans-serif;max-width:1220px;margin:2em auto;padding:0 1em}
            table{border-collapse:collapse;width:100%}
            th,td{text-align:left;vertical-align:top;padding:.3em .6em;border-bottom:1px solid var(--line)}
            td.number{text-align:right;font-variant-numeric:tabular-nums}
            pre{overflow-x:auto;padding:.6em;border:1px solid var(--line);font-size:13px}
            .diagram{overflow-x:auto}
            .id{white-space:nowrap;font-weight:600}
            .passed{color:var(--good)}.violated{color:var(--bad);font-weight:600}.not-exercised{color:var(--dim)}
            svg text{font:12px ui-monospace,monospace;fill:currentColor}
            svg .step,svg .channel{fill:var(--dim)}svg .host{font-weight:700;font-size:14px}
            svg .last{fill:var(--bad);font-weight:700}
            svg line{stroke:currentColor}svg line.life{stroke:var(--line)}
            svg line.sent{stroke:var(--data)}svg path.sent{fill:var(--data)}
            svg line.forged,svg line.refused{stroke:var(--bad);stroke-dasharray:5 3}
            svg path.forged,svg path.refused{fill:var(--bad)}
            svg line.lost{stroke:var(--dim);stroke-dasharray:2 3}svg path.lost,svg circle.lost{fill:var(--dim)}
            """;

    private final ConformReport report;
    private final StringBuilder html = new StringBuilder();

    private HtmlReport(ConformReport report) {
        this.report = report;
    }

    /**
     * Writes it.
     *
     * @param report what to tell
     * @return an HTML document
     */
    public static String of(ConformReport report) {
        return new HtmlReport(report).write();
    }

    private String write() {
        String title = "NetChannel conformance of " + report.identity();
        html.append("<!DOCTYPE html>\n<html lang=\"en\">\n<head>\n<meta charset=\"utf-8\">\n")
                .append("<meta http-equiv=\"Content-Security-Policy\" content=\"default-src 'none'; ")
                .append("style-src 'unsafe-inline'\">\n")
                .append("<meta name=\"viewport\" content=\"width=device-width\">\n");
        element("title", title);
        html.append("<style>\n").append(STYLE).append("</style>\n</head>\n<body>\n");
        element("h1", title);
        summary();
        if (!report.findings().isEmpty()) {
            element("h2", "Findings");
        }
        for (int i = 0; i < report.findings().size(); i++) {
            finding(i + 1, report.findings().get(i));
        }
        others();
        element("h2", "Clauses");
        clauses();
        return html.append("</body>\n</html>\n").toString();
    }

    private void summary() {
        html.append("<p><strong class=\"").append(report.held() ? "passed" : "violated").append("\">")
                .append(report.held() ? "Everything held." : "Not everything held.").append("</strong> ");
        html.append(Markup.escaped(String.format(Locale.ROOT,
                "%s, seed %d, %.1f s. Clauses: %d passed, %d violated, %d not exercised.", report.implementation(),
                report.seed(), report.took().toMillis() / 1000.0, report.count(Verdict.PASSED),
                report.count(Verdict.VIOLATED), report.count(Verdict.NOT_EXERCISED)))).append("</p>\n");
        html.append("<table>\n<tr><th>part</th><th>runs</th><th>failed</th><th>trace lines checked</th>")
                .append("<th>seconds</th><th></th></tr>\n");
        for (PartResult part : report.result().parts()) {
            html.append("<tr>");
            cell("id", part.part().toString());
            cell("number", number(part.runs()));
            cell("number", number(part.failed()));
            cell("number", number(part.lines()));
            cell("number", String.format(Locale.ROOT, "%.1f", part.took().toMillis() / 1000.0));
            cell("", part.remark());
            html.append("</tr>\n");
        }
        html.append("</table>\n");
    }

    private static String number(long number) {
        return String.format(Locale.ROOT, "%,d", number);
    }

    private void finding(int number, Told told) {
        FailedRun run = told.finding().smallest();
        html.append("<section id=\"finding-").append(number).append("\">\n");
        element("h3", number + ". " + told.title());
        html.append("<table>\n");
        told.finding().clauses().forEach(id -> row(id, report.text(id)));
        Set<String> inPlay = new TreeSet<>(run.violation().clauses());
        inPlay.removeAll(told.finding().clauses());
        row("also in play", String.join(" ", inPlay));
        row("where", run.arrangement() + ", seed " + run.seed());
        row("runs", told.finding().runs() + " failed like this");
        row("stock TLC", told.opinion());
        row("again with", told.again());
        row("trace file", told.trace().toString());
        html.append("</table>\n");
        lines("What it did", told.account().did());
        lines("What would have been right", told.account().allowed());
        html.append("<h4>How it came to it</h4>\n<div class=\"diagram\">\n")
                .append(SvgDiagram.of(run.trace(), DIAGRAM_ROWS)).append("</div>\n");
        folded("Start and steps", java.util.stream.Stream.concat(run.start().stream(), run.steps().stream()).toList());
        folded("State before, as the specification has it", told.account().before());
        folded("Runs that failed alike", told.finding().alike());
        html.append("</section>\n");
    }

    private void others() {
        folded("Failed in other ways, perhaps because of the same: " + report.result().others().size(),
                report.result().others());
    }

    private void row(String name, String value) {
        if (!value.isEmpty()) {
            html.append("<tr>");
            cell("id", name);
            cell("", value);
            html.append("</tr>\n");
        }
    }

    private void lines(String title, List<String> lines) {
        if (!lines.isEmpty()) {
            element("h4", title);
            element("pre", String.join("\n", lines));
        }
    }

    private void folded(String title, List<String> lines) {
        if (!lines.isEmpty()) {
            html.append("<details>");
            element("summary", title);
            element("pre", String.join("\n", lines));
            html.append("</details>\n");
        }
    }

    private void clauses() {
        html.append("<table>\n<tr><th>clause</th><th>verdict</th><th>runs that exercised it</th><th>text</th></tr>\n");
        for (String id : report.ids()) {
            ClauseStanding standing = report.result().standing(id);
            String words = ConformReport.WORDS.get(standing.verdict());
            html.append("<tr>");
            cell("id", id);
            html.append("<td class=\"").append(words.replace(' ', '-')).append("\">").append(words);
            report.naming(id).forEach(number -> html.append(" <a href=\"#finding-").append(number).append("\">")
                    .append(number).append("</a>"));
            html.append("</td>");
            cell("number", number(standing.runs()));
            cell("", report.text(id));
            html.append("</tr>\n");
        }
        html.append("</table>\n");
    }

    private void cell(String style, String text) {
        html.append(style.isEmpty() ? "<td>" : "<td class=\"" + style + "\">").append(Markup.escaped(text))
                .append("</td>");
    }

    private void element(String name, String text) {
        html.append('<').append(name).append('>').append(Markup.escaped(text)).append("</").append(name).append(">\n");
    }
}
