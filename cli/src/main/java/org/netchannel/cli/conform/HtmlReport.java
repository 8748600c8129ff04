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
            :root{color-scheme:light dark;--ground:#fff;--text:#1b1b1b;--line:#8886;--dim:#666;--bad:#b11c1c;
            --good:#1a6b2a;--data:#1f5fbf}
            @media(prefers-color-scheme:dark){:root{--ground:#15171a;--text:#e6e6e6;--dim:#9c9c9c;--bad:#ff7b72;
            --good:#5fcf74;--data:#7fb2ff}}
            body{font:15px/1.45 system-ui,sans-serif;max-width:1220px;margin:2em auto;padding:0 1em;
            background:var(--ground);color:var(--text);overflow-wrap:anywhere}
            a{color:var(--data)}code{font:13px ui-monospace,monospace}h2{margin-top:2em}h3{line-height:1.3}
            section{border-left:4px solid var(--bad);padding-left:1em;margin:1em 0 2em}
            summary{cursor:pointer;margin:.3em 0}
            table{border-collapse:collapse;width:100%}
            th,td{text-align:left;vertical-align:top;padding:.3em .6em;border-bottom:1px solid var(--line)}
            th{white-space:nowrap}#clauses thead th{position:sticky;top:0;background:var(--ground)}
            .number{text-align:right;font-variant-numeric:tabular-nums}
            pre{overflow-x:auto;padding:.6em;border:1px solid var(--line);font-size:13px;overflow-wrap:normal}
            .diagram{overflow-x:auto}
            .id{white-space:nowrap;font-weight:600}.verdict{white-space:nowrap}
            .passed{color:var(--good)}.violated{color:var(--bad);font-weight:600}.not-exercised{color:var(--dim)}
            @media(max-width:640px){body{margin:1em auto}section{padding-left:.6em}
            #parts tr{display:grid;grid-template-columns:5.5em repeat(4,1fr)}#clauses thead{display:none}
            #clauses tr{display:grid;grid-template-columns:8em 1fr auto}
            #parts td:last-child,#clauses td:last-child{grid-column:1/-1;padding-top:0}
            #parts td:last-child:empty,#parts th:last-child{display:none}
            #parts th,#parts td,#clauses td{border:0;padding:.2em .3em}
            #parts tr,#clauses tr{border-bottom:1px solid var(--line)}.facts td{display:block;border:0;padding:0 .3em}
            .facts td+td{padding-bottom:.5em}}
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
        actions();
        return html.append("</body>\n</html>\n").toString();
    }

    private void summary() {
        html.append("<p><strong class=\"").append(report.held() ? "passed" : "violated").append("\">")
                .append(report.held() ? "Everything held." : "Not everything held.").append("</strong> ");
        html.append(Markup.escaped(String.format(Locale.ROOT,
                "%s, seed %d, %.1f s. Clauses: %d passed, %d violated, %d not exercised.", report.implementation(),
                report.seed(), report.took().toMillis() / 1000.0, report.count(Verdict.PASSED),
                report.count(Verdict.VIOLATED), report.count(Verdict.NOT_EXERCISED)))).append("</p>\n");
        html.append("<table id=\"parts\">\n<tr><th>part</th>");
        for (String head : List.of("runs", "failed", "lines", "seconds")) {
            html.append("<th class=\"number\">").append(head).append("</th>");
        }
        html.append("<th></th></tr>\n");
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
        html.append("<table class=\"facts\">\n");
        told.finding().clauses().forEach(id -> {
            html.append("<tr>");
            cell("id", id);
            prose(report.text(id));
            html.append("</tr>\n");
        });
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
        html.append("<table id=\"clauses\">\n<thead><tr><th>clause</th><th>verdict</th><th class=\"number\">runs</th>")
                .append("<th>text</th></tr></thead>\n<tbody>\n");
        for (String id : report.ids()) {
            ClauseStanding standing = report.result().standing(id);
            String words = ConformReport.WORDS.get(standing.verdict());
            html.append("<tr>");
            cell("id", id);
            html.append("<td class=\"verdict ").append(words.replace(' ', '-')).append("\">").append(words);
            report.naming(id).forEach(number -> html.append(" <a href=\"#finding-").append(number).append("\">")
                    .append(number).append("</a>"));
            html.append("</td>");
            cell("number", number(standing.runs()));
            prose(report.text(id));
            html.append("</tr>\n");
        }
        html.append("</tbody>\n</table>\n");
    }

    private void actions() {
        element("h2", "Actions of the specification");
        html.append("<table id=\"actions\">\n<thead><tr><th>action</th><th>times</th></tr></thead>\n<tbody>\n");
        report.result().actions().forEach((action, times) -> {
            html.append("<tr>");
            cell("", action);
            cell(times == 0 ? "not-exercised" : "number", times == 0 ? "never" : number(times));
            html.append("</tr>\n");
        });
        html.append("</tbody></table>\n");
    }

    private void cell(String style, String text) {
        html.append(style.isEmpty() ? "<td>" : "<td class=\"" + style + "\">").append(Markup.escaped(text))
                .append("</td>");
    }

    /** The texts of clauses have names between backquotes. */
    private void prose(String text) {
        html.append("<td>").append(Markup.escaped(text).replaceAll("`([^`]+)`", "<code>$1</code>")).append("</td>");
    }

    private void element(String name, String text) {
        html.append('<').append(name).append('>').append(Markup.escaped(text)).append("</").append(name).append(">\n");
    }
}
