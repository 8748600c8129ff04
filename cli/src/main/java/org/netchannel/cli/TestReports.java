package org.netchannel.cli;

import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import javax.xml.stream.XMLInputFactory;
import javax.xml.stream.XMLStreamException;
import javax.xml.stream.XMLStreamReader;

/** The reports that Surefire leaves in every module, summed. */
final class TestReports {
    private TestReports() {}

    /**
     * How many tests there were.
     *
     * @param passed ran and held
     * @param failed ran and did not hold, or broke
     * @param skipped did not run
     */
    record Summary(int passed, int failed, int skipped) {
        /** Whether there were tests and none failed; no tests at all prove nothing. */
        boolean allPassed() {
            return failed == 0 && passed > 0;
        }

        private Summary plus(Summary other) {
            return new Summary(passed + other.passed, failed + other.failed, skipped + other.skipped);
        }

        @Override
        public String toString() {
            return passed + " passed, " + failed + " failed, " + skipped + " skipped";
        }
    }

    /** Removes the reports of earlier runs, which would be counted again. */
    static void forget(Path home) throws IOException {
        for (Path report : reports(home)) {
            Files.delete(report);
        }
    }

    /** Sums the reports of all modules. */
    static Summary read(Path home) throws IOException {
        Summary sum = new Summary(0, 0, 0);
        for (Path report : reports(home)) {
            sum = sum.plus(readOne(report));
        }
        return sum;
    }

    private static List<Path> reports(Path home) throws IOException {
        List<Path> reports = new ArrayList<>();
        try (DirectoryStream<Path> modules = Files.newDirectoryStream(home, Files::isDirectory)) {
            for (Path module : modules) {
                Path folder = module.resolve("target/surefire-reports");
                if (Files.isDirectory(folder)) {
                    try (DirectoryStream<Path> files = Files.newDirectoryStream(folder, "TEST-*.xml")) {
                        files.forEach(reports::add);
                    }
                }
            }
        }
        return reports;
    }

    private static Summary readOne(Path report) throws IOException {
        XMLInputFactory factory = XMLInputFactory.newDefaultFactory();
        factory.setProperty(XMLInputFactory.SUPPORT_DTD, false);
        try (var in = Files.newInputStream(report)) {
            XMLStreamReader reader = factory.createXMLStreamReader(in);
            reader.nextTag();
            int failed = number(reader, "failures") + number(reader, "errors");
            int skipped = number(reader, "skipped");
            return new Summary(number(reader, "tests") - failed - skipped, failed, skipped);
        } catch (XMLStreamException | NumberFormatException e) {
            throw new IOException("not a test report: " + report, e);
        }
    }

    private static int number(XMLStreamReader suite, String attribute) {
        return Integer.parseInt(suite.getAttributeValue(null, attribute));
    }
}
