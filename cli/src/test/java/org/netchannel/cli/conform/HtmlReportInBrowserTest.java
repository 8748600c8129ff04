package org.netchannel.cli.conform;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
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
import org.netchannel.traces.TraceReader;

/** The HTML report as people see it: in a browser, wide and narrow, light and dark. */
class HtmlReportInBrowserTest {
    private static final String EVERY_OP = "/org/netchannel/traces/examples/good/every-op.ndjson";

    @TempDir
    private static Path profile;

    @TempDir
    private Path folder;

    private static Browser browser;

    @BeforeAll
    static void chromiumIsThere() throws Exception {
        boolean there = Arrays.stream(System.getenv().getOrDefault("PATH", "").split(File.pathSeparator))
                .anyMatch(path -> new File(path, "chromium").canExecute());
        if (System.getenv("CI") != null) {
            assertThat(there).as("chromium is installed; .ci/packages installs it").isTrue();
        }
        Assumptions.assumeTrue(there, "chromium is not installed");
        browser = new Browser(profile);
    }

    @AfterAll
    static void letGo() {
        if (browser != null) {
            browser.close();
        }
    }

    /** All clauses, and one finding with a diagram of every call there is. */
    private static ConformReport report() throws Exception {
        Clauses clauses = Clauses.read(Path.of("../docs/protocol.md"));
        try (InputStream trace = HtmlReportInBrowserTest.class.getResourceAsStream(EVERY_OP);
                TraceReader reader = TraceReader.of(trace, EVERY_OP)) {
            Violation violation = new Violation("the trace was rejected by the specification",
                    Set.of("NC-FIN-2", "NC-DATA-1"),
                    List.of("line: {\"step\":12,\"host\":\"A\",\"nanos\":0,\"op\":\"receive\",\"socket\":1,\"max\":100,"
                            + "\"data\":{\"offset\":5,\"length\":0},\"end\":true}",
                            "the specification says: [state |-> \"ESTABLISHED\", readable |-> 5]",
                            "state before: host.A.conn"));
            List<org.netchannel.traces.TraceLine> lines = new java.util.ArrayList<>();
            reader.forEach(lines::add);
            FailedRun run = new FailedRun(Part.SCENARIOS, "scenario about the end of a stream", Arrangement.SELF, 7,
                    violation, List.of("A {}"), List.of("connect 80", "send 5"), reader.header(), lines,
                    " --seed 7 --runs 6");
            Finding finding = new Finding(run, Set.of("NC-FIN-2"), List.of("seed 8", "seed 9"));
            Result result = new Result("my stack 1", List.of(
                    new PartResult(Part.DRILLS, 440, 0, 35_000, 0, Duration.ofMillis(1_500), ""),
                    new PartResult(Part.WALKS, 0, 0, 0, 0, Duration.ZERO, "left out because of the findings"),
                    new PartResult(Part.SCENARIOS, 5, 2, 900, 1, Duration.ofSeconds(2), "")),
                    List.of(finding), List.of("seed 12: bytes are missing"), Map.of("NC-DATA-1", 12L, "NC-FIN-2", 3L),
                    Map.of("pull DATA", 9L, "deliver on a failed channel", 0L));
            Told told = new Told(finding, Account.of(violation, lines), "stock TLC does not accept it either",
                    Path.of("finding-1.ndjson"), "./netchannel conform exec:./my-stack --only scenarios --seed 7");
            return new ConformReport("exec:./my-stack", 7, Duration.ofSeconds(4), result, clauses, List.of(told));
        }
    }

    private Path page(ConformReport report) throws IOException {
        return Files.writeString(folder.resolve("report.html"), HtmlReport.of(report));
    }

    private int count(String selector) throws Exception {
        return browser.value("document.querySelectorAll('" + selector + "').length").asInt();
    }

    /** Elements that reach out of the window, apart from what scrolls inside of a box of its own. */
    private static JsonNode tooWide() throws Exception {
        return browser.value("""
                [...document.querySelectorAll('body *')].filter(e => {
                  const box = e.closest('pre, .diagram');
                  return (box === null || box === e) && e.getBoundingClientRect().right > innerWidth + 1;
                }).map(e => e.tagName + ' ' + e.className + ' ' + e.getBoundingClientRect().right)""");
    }

    @ParameterizedTest
    @CsvSource({"1280, false", "1280, true", "390, false", "390, true"})
    void everythingIsThereAndFitsTheWindow(int width, boolean dark) throws Exception {
        ConformReport report = report();
        browser.show(page(report), width, 900, dark);
        Files.write(Path.of("target/report-" + width + (dark ? "-dark.png" : ".png")), browser.screenshot());

        assertThat(count("#clauses tbody tr")).isEqualTo(report.ids().size()).isGreaterThan(50);
        assertThat(count("section h3")).isEqualTo(1);
        assertThat(count("#actions tbody tr")).isEqualTo(report.result().actions().size());
        assertThat(browser.value("document.documentElement.scrollWidth").asInt()).isLessThanOrEqualTo(width);
        assertThat(tooWide()).isEmpty();
        for (String selector : List.of("h1", "#clauses", "section", "section .diagram", "section svg", "pre")) {
            JsonNode box = browser.value(
                    "(r => [r.width, r.height])(document.querySelector('" + selector + "').getBoundingClientRect())");
            assertThat(box.get(0).asDouble()).as("width of %s", selector).isGreaterThan(100);
            assertThat(box.get(1).asDouble()).as("height of %s", selector).isGreaterThan(15);
        }
        assertThat(browser.errors()).isEmpty();
        assertThat(browser.requests()).singleElement().asString().startsWith("file:").endsWith("report.html");
    }

    @Test
    void nothingInTheDiagramCoversTheNumbersOfTheSteps() throws Exception {
        browser.show(page(report()), 1280, 900, false);
        assertThat(browser.value("""
                (() => {
                  const steps = [...document.querySelectorAll('svg text.step')];
                  const right = Math.max(...steps.map(e => e.getBoundingClientRect().right));
                  return [...document.querySelectorAll('svg text:not(.step)')]
                      .filter(e => e.getBoundingClientRect().left < right).map(e => e.textContent);
                })()""")).isEmpty();
        assertThat(count("svg text.step")).isGreaterThan(20);
    }

    @ParameterizedTest
    @CsvSource({"false", "true"})
    void textsStandOutFromTheirBackground(boolean dark) throws Exception {
        browser.show(page(report()), 1280, 900, dark);
        for (String selector : List.of("body", ".passed", ".violated", ".not-exercised", "svg .step", "svg .last",
                "a")) {
            double contrast = browser.value("""
                    (selector => {
                      const light = c => {
                        const [r, g, b] = c.match(/[\\d.]+/g).map(x => x / 255)
                            .map(x => x <= 0.04045 ? x / 12.92 : ((x + 0.055) / 1.055) ** 2.4);
                        return 0.2126 * r + 0.7152 * g + 0.0722 * b;
                      };
                      const e = document.querySelector(selector);
                      const style = getComputedStyle(e);
                      const text = light(e.closest('svg') ? style.fill : style.color);
                      const ground = light(getComputedStyle(document.body).backgroundColor);
                      return (Math.max(text, ground) + 0.05) / (Math.min(text, ground) + 0.05);
                    })('%s')""".formatted(selector)).asDouble();
            // What WCAG 2 asks for as a minimum for texts of this size.
            assertThat(contrast).as("contrast of %s, dark %s", selector, dark).isGreaterThanOrEqualTo(4.5);
        }
    }

    @Test
    void namesThatSomebodyMeantIllStayText() throws Exception {
        browser.show(page(HostileReportTest.report()), 1280, 900, false);
        assertThat(count("script")).isZero();
        assertThat(count("#clauses tbody tr")).isEqualTo(HostileReportTest.report().ids().size());
        assertThat(browser.value("document.querySelector('h1').textContent").asText()).contains("<script>alert");
        assertThat(tooWide()).isEmpty();
        assertThat(browser.errors()).isEmpty();
        assertThat(browser.requests()).hasSize(1);
    }
}
