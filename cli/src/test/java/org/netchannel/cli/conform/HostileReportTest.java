package org.netchannel.cli.conform;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.PrintWriter;
import java.io.StringReader;
import java.io.StringWriter;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.Set;
import javax.xml.parsers.DocumentBuilderFactory;
import org.junit.jupiter.api.Test;
import org.netchannel.cli.conform.ConformReport.Told;
import org.netchannel.cli.verify.Clauses;
import org.netchannel.conformance.Violation;
import org.netchannel.conformance.report.Account;
import org.netchannel.conformance.suite.Arrangement;
import org.netchannel.conformance.suite.FailedRun;
import org.netchannel.conformance.suite.Finding;
import org.netchannel.conformance.suite.Part;
import org.netchannel.conformance.suite.PartResult;
import org.netchannel.conformance.suite.Result;
import org.netchannel.traces.Config;
import org.netchannel.traces.Endpoint;
import org.netchannel.traces.Outcome;
import org.netchannel.traces.Packet;
import org.netchannel.traces.PacketHeader;
import org.netchannel.traces.TraceEvent;
import org.netchannel.traces.TraceHeader;
import org.netchannel.traces.TraceLine;
import org.netchannel.traces.TracePacket;
import org.w3c.dom.Document;
import org.w3c.dom.Element;
import org.w3c.dom.NodeList;
import org.xml.sax.InputSource;

/** Whatever a tested implementation says of itself stays text, and every form of the report can be read. */
class HostileReportTest {
    private static final String HOSTILE = "</pre></script><script>alert('\"&x')</script>\u0000\u001b[2J\ufffe\ud800";

    private static TraceLine line(long step, String host, TraceEvent event) {
        return new TraceLine(step, host, 0, event);
    }

    private static List<TraceLine> trace() {
        TracePacket data = new TracePacket.Readable(
                new PacketHeader(5, 10, 1, 80, 0, 0x7000L, 0, 0), java.util.Optional.empty(), true);
        return List.of(
                line(1, "A", new TraceEvent.Open(Config.DEFAULTS, 1, OptionalLong.empty(),
                        Outcome.ok(new Endpoint.Identity(HOSTILE, HOSTILE)))),
                line(2, "A", new TraceEvent.Pull(3, 2, Outcome.ok(List.of(data, data)))),
                line(3, "B", new TraceEvent.Deliver(3, data, false, Outcome.ok(new Endpoint.Delivery(true, false)))),
                line(4, "B", new TraceEvent.Deliver(3, new TracePacket.Unreadable(HOSTILE), true,
                        Outcome.ok(new Endpoint.Delivery(true, true)))),
                line(5, "B", new TraceEvent.Listen(80, 1, new Outcome.Failed<>(
                        org.netchannel.traces.ErrorCode.PORT_IN_USE, java.util.Optional.empty(), HOSTILE))));
    }

    static ConformReport report() {
        Violation violation = new Violation("the trace was rejected by the specification",
                Set.of("NC-HS-1", "NC-HS-2"),
                List.of("line: " + HOSTILE, "the specification says: no", "state before: x"));
        FailedRun run = new FailedRun(Part.SCENARIOS, "scenario about " + HOSTILE, Arrangement.SELF, 7, violation,
                List.of("A {}"), List.of(HOSTILE),
                new TraceHeader(HOSTILE, List.of("A", "B"), Config.DEFAULTS, 7), trace(), " --seed 7 --runs 6");
        Finding finding = new Finding(run, Set.of("NC-HS-1"), List.of(HOSTILE));
        Result result = new Result(HOSTILE, List.of(
                new PartResult(Part.DRILLS, 440, 0, 35_000, 0, Duration.ofMillis(1_500), ""),
                new PartResult(Part.WALKS, 0, 0, 0, 0, Duration.ZERO, "left out"),
                new PartResult(Part.SCENARIOS, 5, 2, 900, 1, Duration.ofSeconds(2), "")),
                List.of(finding), List.of(HOSTILE), Map.of("NC-DATA-1", 12L, "NC-HS-1", 3L),
                Map.of("pull DATA", 5L, "deliver " + HOSTILE, 0L));
        Clauses clauses = new Clauses(Map.of("NC-HS-1", "one", "NC-DATA-1", "two <b>", "NC-RST-1", "three"));
        Told told = new Told(finding, Account.of(violation, run.trace()), "stock TLC agrees",
                Path.of("finding-1.ndjson"), "./netchannel conform '" + HOSTILE + "'");
        return new ConformReport(HOSTILE, 7, Duration.ofSeconds(4), result, clauses, List.of(told));
    }

    private static Document xml(String text) throws Exception {
        DocumentBuilderFactory factory = DocumentBuilderFactory.newInstance();
        factory.setFeature("http://apache.org/xml/features/disallow-doctype-decl", true);
        return factory.newDocumentBuilder().parse(new InputSource(new StringReader(text)));
    }

    @Test
    void pageRunsNothingAndAsksNobody() {
        String html = HtmlReport.of(report());
        assertThat(html).contains("&lt;script&gt;alert").contains("default-src 'none'")
                .doesNotContain("<script").doesNotContain("alert('")
                .doesNotContain("\u0000").doesNotContain("\u001b");
        assertThat(html.replace("http://www.w3.org/2000/svg", "")).doesNotContain("http:").doesNotContain("https:")
                .doesNotContain("src=").doesNotContain("@import").doesNotContain("url(");
    }

    @Test
    void pageHasTheClausesAndTheDiagram() throws Exception {
        String html = HtmlReport.of(report());
        assertThat(html).contains("<td class=\"id\">NC-DATA-1</td><td class=\"verdict passed\">passed</td>")
                .contains("<td class=\"id\">NC-HS-1</td><td class=\"verdict violated\">violated "
                        + "<a href=\"#finding-1\">1</a>")
                .contains("<td class=\"id\">NC-RST-1</td><td class=\"verdict not-exercised\">not exercised</td>")
                .contains("two &lt;b&gt;").contains("<section id=\"finding-1\">");
        int svg = html.indexOf("<svg");
        Document diagram = xml(html.substring(svg, html.indexOf("</svg>") + "</svg>".length()));
        assertThat(styles(diagram.getElementsByTagName("line"))).contains("life", "sent", "lost", "forged");
    }

    @Test
    void pageIsWellFormedApartFromWhatHtmlLeavesOpen() throws Exception {
        String html = HtmlReport.of(report()).replace("<!DOCTYPE html>", "").replaceAll("<meta[^>]*>", "");
        assertThat(xml(html).getDocumentElement().getTagName()).isEqualTo("html");
    }

    private static List<String> styles(NodeList nodes) {
        return java.util.stream.IntStream.range(0, nodes.getLength())
                .mapToObj(i -> ((Element) nodes.item(i)).getAttribute("class")).toList();
    }

    @Test
    void junitXmlHasACaseForEachClauseAndPart() throws Exception {
        Document document = xml(JunitReport.of(report()));
        NodeList suites = document.getElementsByTagName("testsuite");
        assertThat(suites.getLength()).isEqualTo(2);
        Element clauses = (Element) suites.item(0);
        assertThat(clauses.getAttribute("tests")).isEqualTo("3");
        assertThat(clauses.getAttribute("failures")).isEqualTo("1");
        assertThat(clauses.getAttribute("skipped")).isEqualTo("1");
        assertThat(clauses.getElementsByTagName("testcase").getLength()).isEqualTo(3);
        Element failure = (Element) clauses.getElementsByTagName("failure").item(0);
        assertThat(((Element) failure.getParentNode()).getAttribute("name")).isEqualTo("NC-HS-1");
        assertThat(failure.getTextContent()).contains("<script>alert").contains("finding 1");
        Element parts = (Element) suites.item(1);
        assertThat(parts.getElementsByTagName("testcase").getLength()).isEqualTo(3);
        assertThat(parts.getElementsByTagName("failure").getLength()).isEqualTo(1);
        assertThat(parts.getElementsByTagName("skipped").getLength()).isEqualTo(1);
    }

    @Test
    void jsonSaysTheSame() throws Exception {
        JsonNode json = new ObjectMapper().readTree(JsonReport.of(report()));
        assertThat(json.get("verdict").asText()).isEqualTo("VIOLATED");
        assertThat(json.get("clauses")).hasSize(3);
        assertThat(json.at("/clauses/1/id").asText()).isEqualTo("NC-HS-1");
        assertThat(json.at("/clauses/1/verdict").asText()).isEqualTo("VIOLATED");
        assertThat(json.at("/clauses/1/runs").asInt()).isEqualTo(3);
        assertThat(json.at("/clauses/2/verdict").asText()).isEqualTo("NOT_EXERCISED");
        JsonNode finding = json.at("/findings/0");
        assertThat(finding.get("allowed").get(0).asText()).isEqualTo("the specification says: no");
        assertThat(finding.get("did").get(0).asText()).startsWith("host B, step 5: listen 80");
        assertThat(finding.get("stateBefore").get(0).asText()).isEqualTo("state before: x");
        assertThat(finding.get("runs").asInt()).isEqualTo(2);
        assertThat(finding.get("trace").asText()).isEqualTo("finding-1.ndjson");
    }

    @Test
    void terminalIsNotSteered() {
        StringWriter text = new StringWriter();
        TerminalReport.print(report(), new PrintWriter(text));
        assertThat(text.toString()).doesNotContain("\u001b").doesNotContain("\u0000")
                .contains("FINDING 1: the trace was rejected").contains("NC-HS-1 one")
                .contains("1 passed, 1 violated, 1 not exercised").contains("1 finding (4.0 s)");
    }
}
