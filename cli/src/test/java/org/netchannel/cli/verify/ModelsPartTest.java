package org.netchannel.cli.verify;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.netchannel.cli.Home;
import org.netchannel.cli.Progress;

class ModelsPartTest {
    @TempDir
    private Path home;

    private Path modules;

    @BeforeEach
    void writeModelWithAGap() throws IOException {
        modules = Files.createDirectories(home.resolve("specs/tla"));
        Files.writeString(modules.resolve("Once.tla"), """
                ---- MODULE Once ----
                EXTENDS Naturals
                VARIABLE x
                Init == x = 0
                Next == x = 0 /\\ x' = IF x > 0 THEN x - 1 ELSE x + 1
                ====
                """);
        Files.writeString(modules.resolve("Once.cfg"), "INIT Init\nNEXT Next\n");
        Files.writeString(modules.resolve("manifest.json"), """
                {"models": [{"name": "once", "module": "Once", "config": "Once.cfg", "description": "It counts to 1.",
                  "expected": {"result": "holds"}, "distinctStates": 2, "seconds": 2, "megabytes": 64,
                  "size": "quick"}]}
                """);
    }

    private Finding run(boolean isCovering) throws IOException, InterruptedException {
        Progress progress = new Progress(new PrintWriter(new StringWriter()), false);
        return new ModelsPart(new Home(home), isCovering).run(progress);
    }

    private void explain(String expression) throws IOException {
        Files.writeString(modules.resolve("unreached.json"), """
                [{"module": "Once", "definition": "Next", "expression": "%s", "why": "It counts to 1 only."}]
                """.formatted(expression));
    }

    @Test
    void coverageIsAskedForOrNot() throws Exception {
        Finding plain = run(false);
        assertThat(plain.violations()).isEmpty();
        assertThat(plain.summary()).endsWith("TLC finds in each what the manifest says");
        Finding covering = run(true);
        assertThat(covering.summary()).contains("TLC finds in each what the manifest says; 1 of ");
        assertThat(covering.violations()).singleElement().satisfies(violation ->
                assertThat(violation.explanation()).contains("no model reaches Once.tla:5:37 in Next: x - 1"));
    }

    @Test
    void whatIsExplainedIsNoViolation() throws Exception {
        explain("x - 1");
        Finding finding = run(true);
        assertThat(finding.violations()).isEmpty();
        assertThat(finding.summary()).endsWith("are reached by no model; 1 of them are explained");
    }

    @Test
    void staleExplanationIsAViolation() throws Exception {
        explain("x + 1");
        assertThat(run(true).violations()).singleElement().satisfies(violation -> assertThat(violation.explanation())
                .contains("unreached.json explains what is reached, or is not there: Once in Next: x + 1"));
    }
}
