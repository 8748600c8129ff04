package org.netchannel.specs.mutation;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.netchannel.specs.Manifest;
import org.netchannel.specs.ManifestException;
import org.netchannel.specs.RunSettings;
import org.netchannel.specs.SpecFiles;
import org.netchannel.specs.mutation.MutantResult.Outcome;
import org.netchannel.specs.report.MutantReport;

/** Changes a small specification everywhere, once; the tests look at what came out. */
class MutantsTest {
    private static final String LAMP =
            """
            ---- MODULE Lamp ----
            EXTENDS Naturals
            VARIABLES lamp, count
            vars == <<lamp, count>>
            Init == lamp = [on |-> FALSE] /\\ count = 0
            \\* NC-SCH-2: it is turned.
            Turn ==
              /\\ count < 3
              /\\ count >= 0
              /\\ lamp' = [lamp EXCEPT !.on = ~@]
              /\\ count' = LET next == count + 1 IN IF /\\ next > 1
                                                    /\\ ~lamp.on
                                                 THEN next ELSE next
            Spec == Init /\\ [][Turn]_vars /\\ WF_vars(Turn)
            Small == CASE count <= 3 -> TRUE [] OTHER -> FALSE
            Lit == <>(lamp.on /\\ count = 3)
            ====
            """;
    private static final String CASES =
            """
            ---- MODULE LampCases ----
            EXTENDS Lamp
            IsLit == Lit /\\ [lamp EXCEPT !.on = TRUE].on
            ====
            """;
    private static final String MANIFEST =
            """
            {"models": [
              {"name": "lamp", "module": "Lamp", "config": "Lamp.cfg", "description": "It is lit.",
               "expected": {"result": "holds"}, "distinctStates": 4, "seconds": 1, "megabytes": 64,
               "size": "quick"}
            ]}
            """;

    @TempDir
    private static Path directory;

    private static SpecFiles files;
    private static Mutants mutants;
    private static Map<String, MutantResult> results;
    private static final List<MutantResult> heard = new ArrayList<>();

    @BeforeAll
    static void changeEverything() throws IOException, InterruptedException, ManifestException {
        Files.writeString(directory.resolve("Lamp.tla"), LAMP);
        Files.writeString(directory.resolve("Lamp.cfg"), "SPECIFICATION Spec\nINVARIANT Small\nPROPERTY Lit\n");
        Files.writeString(directory.resolve("manifest.json"), MANIFEST);
        files = SpecFiles.in(directory);
        RunSettings settings = new RunSettings(2, 1, Duration.ofSeconds(60), 1, false);
        mutants = new Mutants(files, Manifest.read(files).models(), settings);
        results = mutants.run(mutants.all(), heard::add).stream().collect(Collectors.toMap(
                result -> result.original() + " -> " + result.mutation().replacement(), Function.identity()));
    }

    @Test
    void whatCanBeDroppedIsFound() {
        assertThat(results.keySet()).containsExactlyInAnyOrder(
                "lamp = [on |-> FALSE] -> TRUE",
                "count = 0 -> TRUE",
                "count < 3 -> TRUE",
                "count >= 0 -> TRUE",
                "lamp' = [lamp EXCEPT !.on = ~@] -> UNCHANGED lamp",
                "~@ -> @",
                "count' = LET next == count + 1 IN IF /\\ next > 1 /\\ ~lamp.on THEN next ELSE next"
                        + " -> UNCHANGED count",
                "next > 1 -> TRUE",
                "~lamp.on -> TRUE",
                "WF_vars(Turn) -> TRUE",
                "lamp.on -> TRUE",
                "count = 3 -> TRUE");
    }

    private static Outcome outcome(String change) {
        return results.get(change).outcome();
    }

    @Test
    void tablesOfCasesAreNotChanged() throws IOException, ManifestException {
        SpecFiles withCases = files.with("LampCases.tla", CASES)
                .with("manifest.json", MANIFEST.replace("\"module\": \"Lamp\"", "\"module\": \"LampCases\""));
        List<Mutation> all = new Mutants(withCases, Manifest.read(withCases).models(), RunSettings.DEFAULT).all();
        assertThat(all).isEqualTo(mutants.all());
    }

    @Test
    void outcomesAreToldApart() {
        assertThat(outcome("count < 3 -> TRUE")).isEqualTo(Outcome.PROPERTY);
        assertThat(outcome("WF_vars(Turn) -> TRUE")).isEqualTo(Outcome.PROPERTY);
        assertThat(outcome("lamp' = [lamp EXCEPT !.on = ~@] -> UNCHANGED lamp")).isEqualTo(Outcome.PROPERTY);
        assertThat(outcome("count = 0 -> TRUE")).isEqualTo(Outcome.UNEVALUABLE);
    }

    @Test
    void whatIsNotNeededIsNotNoticed() {
        assertThat(outcome("count >= 0 -> TRUE")).isEqualTo(Outcome.UNNOTICED);
        assertThat(outcome("next > 1 -> TRUE")).isEqualTo(Outcome.UNNOTICED);
        assertThat(results.get("count >= 0 -> TRUE").models()).isEqualTo(1);
    }

    @Test
    void mutationKnowsTheClausesOfItsDefinition() {
        assertThat(results.get("count < 3 -> TRUE").mutation().about()).containsExactly("NC-SCH-2");
        assertThat(results.get("count = 0 -> TRUE").mutation().about()).isEmpty();
    }

    @Test
    void resultsAreToldAsTheyCome() {
        assertThat(heard).hasSize(results.size()).containsAll(results.values());
    }

    @Test
    void reportNamesWhatWasNotNoticedAndTheRate() {
        MutantResult result = results.get("count >= 0 -> TRUE");
        assertThat(MutantReport.lines(result).getFirst())
                .startsWith("not noticed          Lamp 9 Turn, conjunct dropped: by none of 1 models");
        assertThat(MutantReport.lines(result).getLast()).isEqualTo("    count >= 0  ->  TRUE");
        assertThat(MutantReport.summary(List.of(result, results.get("count < 3 -> TRUE")), 12, 7, Duration.ZERO))
                .first().asString().startsWith("1 of 2 mutants noticed (50 %), drawn from 12 with seed 7");
    }

    @Test
    void sameSeedDrawsTheSame() {
        assertThat(mutants.sample(5, 1)).hasSize(5).isEqualTo(mutants.sample(5, 1)).isNotEqualTo(mutants.sample(5, 2));
        assertThat(mutants.sample(100, 1)).containsExactlyInAnyOrderElementsOf(mutants.all());
    }
}
