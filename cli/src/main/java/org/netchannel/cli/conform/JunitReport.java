package org.netchannel.cli.conform;

import java.io.StringWriter;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import javax.xml.stream.XMLOutputFactory;
import javax.xml.stream.XMLStreamException;
import javax.xml.stream.XMLStreamWriter;
import org.netchannel.cli.conform.ConformReport.Told;
import org.netchannel.conformance.report.Markup;
import org.netchannel.conformance.report.SequenceDiagram;
import org.netchannel.conformance.suite.ClauseStanding;
import org.netchannel.conformance.suite.ClauseStanding.Verdict;
import org.netchannel.conformance.suite.PartResult;

/** The report as JUnit XML, for build servers: a test case for each clause and one for each part. */
public final class JunitReport {
    private static final int DIAGRAM_ROWS = 60;

    private final ConformReport report;
    private final XMLStreamWriter xml;

    private JunitReport(ConformReport report, XMLStreamWriter xml) {
        this.report = report;
        this.xml = xml;
    }

    /**
     * Writes it.
     *
     * @param report what to tell
     * @return an XML document
     */
    public static String of(ConformReport report) {
        StringWriter text = new StringWriter();
        try {
            XMLStreamWriter xml = XMLOutputFactory.newDefaultFactory().createXMLStreamWriter(text);
            new JunitReport(report, xml).write();
            xml.close();
        } catch (XMLStreamException e) {
            throw new IllegalStateException("a report that can't be written", e);
        }
        return text.toString();
    }

    private void write() throws XMLStreamException {
        List<PartResult> ran = report.result().parts();
        long partsFailed = ran.stream().filter(part -> part.failed() > 0).count();
        long partsSkipped = ran.stream().filter(part -> part.runs() == 0).count();
        xml.writeStartDocument("UTF-8", "1.0");
        xml.writeStartElement("testsuites");
        suite("clauses", report.ids().size(), report.count(Verdict.VIOLATED), report.count(Verdict.NOT_EXERCISED));
        for (String id : report.ids()) {
            clause(id);
        }
        xml.writeEndElement();
        suite("parts", ran.size(), partsFailed, partsSkipped);
        for (PartResult part : ran) {
            part(part);
        }
        xml.writeEndElement();
        xml.writeEndElement();
        xml.writeEndDocument();
    }

    private void suite(String name, long tests, long failures, long skipped) throws XMLStreamException {
        xml.writeStartElement("testsuite");
        attribute("name", "NetChannel " + name + ": " + report.implementation());
        attribute("tests", String.valueOf(tests));
        attribute("failures", String.valueOf(failures));
        attribute("errors", "0");
        attribute("skipped", String.valueOf(skipped));
        attribute("time", seconds(report.took().toMillis()));
    }

    private void clause(String id) throws XMLStreamException {
        ClauseStanding standing = report.result().standing(id);
        testCase("netchannel.clauses", id, "0");
        switch (standing.verdict()) {
            case PASSED -> { }
            case VIOLATED -> failure(report.text(id), report.naming(id).stream()
                    .map(number -> text(number, report.findings().get(number - 1)))
                    .collect(Collectors.joining("\n")));
            case NOT_EXERCISED -> skipped("not exercised");
        }
        xml.writeEndElement();
    }

    private void part(PartResult part) throws XMLStreamException {
        testCase("netchannel.parts", part.part().toString(), seconds(part.took().toMillis()));
        if (part.failed() > 0) {
            failure(part.failed() + " of " + part.runs() + " failed", part.remark());
        } else if (part.runs() == 0) {
            skipped(part.remark());
        }
        xml.writeEndElement();
    }

    private void testCase(String group, String name, String seconds) throws XMLStreamException {
        xml.writeStartElement("testcase");
        attribute("classname", group);
        attribute("name", name);
        attribute("time", seconds);
    }

    private void failure(String message, String text) throws XMLStreamException {
        xml.writeStartElement("failure");
        attribute("message", message);
        xml.writeCharacters(Markup.legal(text));
        xml.writeEndElement();
    }

    private void skipped(String message) throws XMLStreamException {
        xml.writeStartElement("skipped");
        attribute("message", message);
        xml.writeEndElement();
    }

    private void attribute(String name, String value) throws XMLStreamException {
        xml.writeAttribute(name, Markup.legal(value));
    }

    private static String text(int number, Told told) {
        StringBuilder text = new StringBuilder("finding " + number + ": " + told.title() + "\n");
        told.account().did().forEach(line -> text.append("  ").append(line).append('\n'));
        told.account().allowed().forEach(line -> text.append("  ").append(line).append('\n'));
        SequenceDiagram.of(told.finding().smallest().trace(), DIAGRAM_ROWS)
                .forEach(line -> text.append("  ").append(line).append('\n'));
        return text + "  again with: " + told.again() + "\n";
    }

    private static String seconds(long millis) {
        return String.format(Locale.ROOT, "%.3f", millis / 1000.0);
    }
}
