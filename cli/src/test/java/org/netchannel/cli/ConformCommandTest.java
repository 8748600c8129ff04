package org.netchannel.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@ExtendWith(SourcesAsHome.class)
class ConformCommandTest {
    private static final String WRONG = "class:org.netchannel.conformance.run.EndingEarly";
    private static final String CLASS_PATH = Path.of("../conformance/target/test-classes").toString();

    private final Console console = new Console();
    @TempDir
    private Path folder;

    private int conform(String... args) {
        List<String> all = new ArrayList<>(List.of("conform"));
        all.addAll(List.of(args));
        return console.run(all.toArray(String[]::new));
    }

    @Test
    void referencePassesAndEveryReportIsWritten() throws IOException {
        Path html = folder.resolve("report.html");
        Path junit = folder.resolve("report.xml");
        assertThat(conform("reference", "--theme", "close", "--runs", "3", "--seed", "5", "--json",
                "--html", html.toString(), "--junit", junit.toString())).as(console.out()).isZero();
        JsonNode json = new ObjectMapper().readTree(console.out());
        assertThat(json.get("verdict").asText()).isEqualTo("HELD");
        assertThat(json.get("identity").asText()).isEqualTo("reference 1");
        assertThat(json.get("seed").asLong()).isEqualTo(5);
        assertThat(json.get("parts")).hasSize(2);
        assertThat(json.at("/parts/1/runs").asInt()).isEqualTo(3);
        assertThat(json.at("/parts/1/tracesByTlc").asInt()).isEqualTo(1);
        assertThat(html).content().contains("reference 1").contains("Everything held.");
        assertThat(junit).content().contains("NC-FIN-1");
        try (Stream<Path> files = Files.list(folder)) {
            assertThat(files).containsExactlyInAnyOrder(html, junit);
        }
    }

    @Test
    void wrongOneIsToldWithClauseDiagramAndTrace() throws IOException {
        assertThat(conform(WRONG, "--classpath", CLASS_PATH, "--only", "drills", "--theme", "data",
                "--keep", folder.toString())).as(console.err()).isEqualTo(ExitStatus.VIOLATION);
        assertThat(console.out()).contains("FINDING 1: ").contains("NC-FIN-2").contains("what it did")
                .contains("the specification says").contains("step  A").contains("stock TLC does not accept");
        Path trace = folder.resolve("finding-1.ndjson");
        assertThat(console.run("trace", "check", trace.toString())).isEqualTo(ExitStatus.VIOLATION);
        assertThat(conform(WRONG, "--classpath", CLASS_PATH, "--only", "scenarios", "--theme", "data", "--runs", "20",
                "--seed", "1", "--findings", "1", "--json")).isEqualTo(ExitStatus.VIOLATION);
        JsonNode finding = new ObjectMapper().readTree(console.out()).at("/findings/0");
        assertThat(finding.get("steps").size()).isLessThan(12);
        assertThat(finding.get("clauses").toString()).contains("NC-FIN-2");
        assertThat(finding.get("again").asText()).contains("--only scenarios --seed ");
    }

    @Test
    void processThatAnswersNonsenseIsOneFinding() throws IOException {
        assertThat(conform("exec:cat", "--json", "--answer-timeout", "60")).isEqualTo(ExitStatus.VIOLATION);
        JsonNode json = new ObjectMapper().readTree(console.out());
        assertThat(json.get("findings")).hasSize(1);
        assertThat(json.at("/findings/0/did/0").asText()).isEqualTo("ok is missing, legal is true or false");
        assertThat(json.at("/parts/1/remark").asText()).isEqualTo("left out because of the findings");
    }

    @ParameterizedTest
    @CsvSource(delimiter = ';', value = {
        "nobody; ; IMPLEMENTATION is 'nobody', legal is exec:\"COMMAND\", class:NAME, optimized or reference",
        "exec:; ; IMPLEMENTATION is 'exec:', legal is",
        "exec:/no/such/program; ; IMPLEMENTATION is 'exec:/no/such/program (",
        "class:org.example.None; ; IMPLEMENTATION is 'class:org.example.None (not on the class path)'",
        "class:java.lang.String; ; IMPLEMENTATION is 'class:java.lang.String (no org.netchannel.traces.Endpoint)'",
        "reference; --peer nobody; SELF, REFERENCE, BOTH",
        "reference; --theme weather; 'weather' is no theme, legal is one of handshake, data, head-of-line",
        "reference; --findings 0; --findings is '0', legal is 1 to 100",
        "reference; --answer-timeout 0; --answer-timeout is '0', legal is 1 to 3600",
        "reference; --html /no/such/page.html; --html is '/no/such/page.html', legal is a file that can be written",
        "reference; --junit .; --junit is '.', legal is a file that can be written",
        "class:X; --classpath /no/such/jar; --classpath is '/no/such/jar', legal is folders and jars",
    })
    void whatIsTypedWrongIsNamed(String implementation, String options, String problem) {
        List<String> args = new ArrayList<>(List.of(implementation));
        args.addAll(options == null ? List.of() : List.of(options.split(" ")));
        assertThat(conform(args.toArray(String[]::new))).isEqualTo(ExitStatus.USAGE);
        assertThat(console.err()).contains(problem).hasLineCount(1);
    }
}
