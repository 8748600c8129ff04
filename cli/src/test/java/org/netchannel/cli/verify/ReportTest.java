package org.netchannel.cli.verify;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Path;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.netchannel.cli.verify.Finding.Violation;

class ReportTest {
    private final StringWriter text = new StringWriter();
    private final PrintWriter out = new PrintWriter(text, true);
    private final Report report =
            new Report(new Clauses(Map.of("NC-A-1", "The first.", "NC-A-2", "The second.", "NC-A-3", "The third.")));

    private static Finding finding(Violation... violations) {
        return new Finding("100 lines", new LinkedHashMap<>(Map.of("lines", 100)), Set.of("NC-A-1"),
                List.of(violations));
    }

    private static Violation violation() {
        return new Violation("line 7 is rejected", Set.of("NC-A-2"), List.of("A --x B"), List.of(Path.of("trace")));
    }

    @Test
    void whatHeldIsOneLineAPartAndAVerdict() {
        report.add("transfer", finding(), Duration.ofMillis(1_250));
        report.printLast(out);
        report.printEnd(out);
        assertThat(report.held()).isTrue();
        assertThat(text.toString().lines()).containsExactly(
                "transfer   ok   100 lines (1.3 s)",
                "clauses    1 of 3 exercised; not NC-A-2, NC-A-3",
                "verdict    everything held (1.3 s)");
    }

    @Test
    void aViolationLeadsToTheClause() {
        report.add("models", finding(), Duration.ofSeconds(1));
        report.add("transfer", finding(violation()), Duration.ofSeconds(2));
        report.printLast(out);
        report.printEnd(out);
        assertThat(report.held()).isFalse();
        assertThat(text.toString()).contains(
                "transfer   FAIL 100 lines", "VIOLATION: line 7 is rejected", "NC-A-2 The second.", "A --x B",
                "see trace", "verdict    1 violation (3.0 s)");
    }

    @Test
    void theSameIsThereForPrograms() throws IOException {
        report.add("transfer", finding(violation()), Duration.ofMillis(2_500));
        report.printJson(out);
        JsonNode json = new ObjectMapper().readTree(text.toString());
        assertThat(json.get("verdict").textValue()).isEqualTo("VIOLATED");
        assertThat(json.get("seconds").doubleValue()).isEqualTo(2.5);
        assertThat(json.at("/parts/0/lines").intValue()).isEqualTo(100);
        assertThat(json.at("/parts/0/violations/0/clauses/0").textValue()).isEqualTo("NC-A-2");
        assertThat(json.at("/parts/0/violations/0/evidence/0").textValue()).isEqualTo("trace");
        assertThat(json.at("/clausesExercised/0").textValue()).isEqualTo("NC-A-1");
    }

    @Test
    void checkingNothingIsNoSuccess() {
        assertThat(report.held()).isFalse();
    }
}
