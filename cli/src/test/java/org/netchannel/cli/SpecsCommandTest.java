package org.netchannel.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SpecsCommandTest {
    private static final String MODULE =
            """
            ---- MODULE Count ----
            EXTENDS Naturals
            CONSTANT Most
            VARIABLE x
            Init == x = 0
            Add(n) == x + n <= Most /\\ x' = x + n
            Next == \\E n \\in 1..2: Add(n)
            Small == x < 3
            ====
            """;
    private static final String MANIFEST =
            """
            {"models": [
              {"name": "small", "module": "Count", "config": "Small.cfg", "description": "It stays small.",
               "races": ["R1"], "expected": {"result": "holds"}, "distinctStates": 3, "seconds": 2, "megabytes": 64,
               "size": "quick"},
              {"name": "small-r1", "module": "Count", "config": "Large.cfg", "description": "It does not.",
               "races": ["R1"], "expected": {"result": "violates", "kind": "invariant", "property": "Small"},
               "twin": "small", "seconds": 2, "megabytes": 64, "size": "thorough"}
            ]}
            """;

    @TempDir
    private Path home;

    private Path directory;

    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();

    @BeforeEach
    void writeFiles() throws IOException {
        directory = Files.createDirectory(home.resolve("tla"));
        Files.writeString(directory.resolve("Count.tla"), MODULE);
        Files.writeString(directory.resolve("Small.cfg"), "CONSTANT Most = 2\nINIT Init\nNEXT Next\nINVARIANT Small\n");
        Files.writeString(directory.resolve("Large.cfg"), "CONSTANT Most = 9\nINIT Init\nNEXT Next\nINVARIANT Small\n");
        Files.writeString(directory.resolve("manifest.json"), MANIFEST);
    }

    private int run(String... arguments) {
        List<String> all = new ArrayList<>(List.of("specs", "--directory", directory.toString()));
        all.addAll(Arrays.asList(arguments));
        return Main.run(new PrintWriter(out, true), new PrintWriter(err, true), all.toArray(String[]::new));
    }

    private void assertUsage(String message, String... arguments) {
        assertThat(run(arguments)).isEqualTo(ExitStatus.USAGE);
        assertThat(err.toString()).contains(message).hasLineCount(1);
        assertThat(out.toString()).isEmpty();
    }

    @Test
    void mutantsAreDrawnRunAndCounted() throws IOException {
        assertThat(run("--mutants", "2", "--seed", "1")).isEqualTo(ExitStatus.HELD);
        assertThat(out.toString()).contains("a property           Count 6 Add, conjunct dropped: small: violates the "
                + "invariant Small", "the number of states Count 6 Add, next value dropped: small: holds, expected: 3 "
                + "distinct states; found: 1", "2 of 2 mutants noticed (100 %), drawn from 2 with seed 1");
        out.getBuffer().setLength(0);
        run("--mutants", "1", "--seed", "1", "--json");
        JsonNode root = new ObjectMapper().readTree(out.toString());
        assertThat(root.get("possible").asInt()).isEqualTo(2);
        assertThat(root.get("mutants")).hasSize(1);
        assertThat(root.get("mutants").get(0).get("definition").asText()).isEqualTo("Add");
    }

    @Test
    void mutantsOutOfRangeAreNamed() {
        assertUsage("--mutants is '0'; legal: 1 to 100000", "--mutants", "0");
    }

    @Test
    void everythingAsExpectedIsStatusZeroAndATable() {
        assertThat(run("--only", "small*")).isEqualTo(ExitStatus.HELD);
        assertThat(out.toString()).contains(
                "OK  small   ", "OK  small-r1", "violates the invariant Small", "2 of 2 models as expected");
        assertThat(out.toString()).doesNotContain("Add(");
        assertThat(err.toString()).contains("2/2 OK");
    }

    @Test
    void thoroughModelsAreLeftOutUnlessAskedFor() {
        assertThat(run()).isEqualTo(ExitStatus.HELD);
        assertThat(out.toString())
                .contains("1 of 1 models as expected", "1 thorough models left out; --thorough runs them");
    }

    private void writeSimulation() throws IOException {
        Files.writeString(directory.resolve("Walk.cfg"), "CONSTANT Most = 9\nINIT Init\nNEXT Next\nINVARIANT Small\n");
        Files.writeString(directory.resolve("manifest.json"), MANIFEST.replace(
                "\n]}",
                """
                ,
                  {"name": "walk-r1", "module": "Count", "config": "Walk.cfg", "description": "Walked at random.",
                   "expected": {"result": "violates", "kind": "invariant", "property": "Small"}, "twin": "small",
                   "seconds": 2, "megabytes": 64, "size": "simulation",
                   "simulation": {"depth": 9, "traces": 3, "seed": 1}}
                ]}"""));
    }

    @Test
    void simulationFindsAViolationAndSaysSoWhenItIsNotExpected() throws IOException {
        writeSimulation();
        assertThat(run("--simulate", "--verbose")).isEqualTo(ExitStatus.HELD);
        assertThat(out.toString()).contains("OK  walk-r1", "violates the invariant Small", "Add(", "x: ")
                .doesNotContain("thorough models left out");
        out.getBuffer().setLength(0);
        assertThat(run("--simulate", "--depth", "1", "--traces", "2", "--seed", "5")).isEqualTo(ExitStatus.VIOLATION);
        assertThat(out.toString())
                .contains("expected: violates the invariant Small; found: no violation in 2 random traces");
    }

    @Test
    void simulationsAreNoPartOfTheOtherRuns() throws IOException {
        writeSimulation();
        assertThat(run("--thorough")).isEqualTo(ExitStatus.HELD);
        assertThat(out.toString()).contains("2 of 2 models as expected").doesNotContain("walk-r1");
    }

    @Test
    void onlySimulationsCanBeSimulated() {
        assertUsage("--simulate: 'small' is no simulation; --list shows which are", "--simulate", "--only", "small");
    }

    @Test
    void depthOutOfRangeIsRefused() {
        assertUsage("--depth is '0'; legal: 1 to 1000000", "--simulate", "--depth", "0");
    }

    @Test
    void seedBelowZeroIsRefused() {
        assertUsage("--seed is '-1'; legal: 0 or more", "--simulate", "--seed", "-1");
    }

    @Test
    void optionsOfSimulationNeedIt() {
        assertUsage("--traces, --depth, --seed and --seconds are options of --simulate", "--traces", "5");
    }

    @Test
    void simulationIsNoThoroughRun() {
        assertUsage("--simulate and --thorough are two runs; choose one", "--simulate", "--thorough");
    }

    @Test
    void thoroughRunThatEndedLeavesNothingToGoOnWith() {
        System.setProperty(Home.PROPERTY, home.toString());
        try {
            assertThat(run("--thorough")).isEqualTo(ExitStatus.HELD);
            assertThat(home.resolve("target").resolve("netchannel").resolve("checkpoints"))
                    .isDirectoryNotContaining(file -> !file.endsWith("lock"));
            err.getBuffer().setLength(0);
            out.getBuffer().setLength(0);
            assertUsage("--resume: no run was interrupted; start one with --thorough alone", "--thorough", "--resume");
        } finally {
            System.clearProperty(Home.PROPERTY);
        }
    }

    @Test
    void leftoversOfAnInterruptedRunAreUsedOrRemoved() throws IOException {
        System.setProperty(Home.PROPERTY, home.toString());
        Path left = home.resolve("target").resolve("netchannel").resolve("checkpoints").resolve("small");
        try {
            Files.createDirectories(left);
            assertThat(run("--thorough", "--resume", "--only", "small")).isEqualTo(ExitStatus.HELD);
            assertThat(err.toString()).contains("small: the specification or --workers changed since");
            Files.createDirectories(left);
            assertThat(run("--thorough", "--only", "small")).isEqualTo(ExitStatus.HELD);
            assertThat(err.toString()).contains("removing what an interrupted run has left");
            assertThat(left).doesNotExist();
        } finally {
            System.clearProperty(Home.PROPERTY);
        }
    }

    @Test
    void resumeNeedsThorough() {
        assertUsage("--resume and --checkpoint are options of --thorough", "--resume");
    }

    @Test
    void checkpointsOutOfRangeAreRefused() {
        assertUsage("--checkpoint is '0'; legal: 1 to 1440", "--thorough", "--checkpoint", "0");
    }

    @Test
    void whatNoModelReachesIsStatusOneUntilItIsExplained() throws IOException {
        Files.writeString(directory.resolve("Count.tla"), MODULE.replace("Next ==", "Spare(n) == n - 1\nNext =="));
        assertThat(run("--coverage")).isEqualTo(ExitStatus.VIOLATION);
        assertThat(out.toString()).contains("no model reaches Count.tla:7:13 in Spare: n - 1");
        out.getBuffer().setLength(0);
        Files.writeString(directory.resolve("unreached.json"), """
                [{"module": "Count", "definition": "Spare", "expression": "n - 1", "why": "Nobody needs it."}]
                """);
        assertThat(run("--coverage")).as(out.toString()).isEqualTo(ExitStatus.HELD);
        assertThat(out.toString()).contains("1 of ", " actions and expressions are reached by no model; 1 of them");
    }

    @Test
    void coverageGoesAlone() {
        assertUsage("--coverage goes with --only", "--coverage", "--simulate");
    }

    @Test
    void distributedRunFindsTheSame() {
        assertThat(run("--only", "small*", "--distributed", "localhost,localhost")).isEqualTo(ExitStatus.HELD);
        assertThat(out.toString()).contains("OK  small     3 states", "violates the invariant Small");
    }

    @Test
    void unknownHostIsRefused() {
        assertUsage("no host is called 'no.such.host.invalid'", "--distributed", "localhost,no.such.host.invalid");
    }

    @Test
    void distributedRunHasNoCheckpoints() {
        assertUsage("--distributed goes neither with", "--distributed", "localhost", "--thorough");
    }

    @Test
    void emptyHostIsRefused() {
        assertUsage("--distributed is 'localhost,,localhost'; legal: 1 to 256 host names",
                "--distributed", "localhost,,localhost");
    }

    @Test
    void sshNeedsDistributed() {
        assertUsage("--ssh is an option of --distributed", "--ssh", "ssh");
    }

    @Test
    void verboseShowsExpectedCounterexamplesWithArguments() {
        assertThat(run("--only", "small-r1", "--verbose")).isEqualTo(ExitStatus.HELD);
        assertThat(out.toString()).contains("2  Add(1)  x: 0 -> 1", "3  Add(2)  x: 1 -> 3");
    }

    @Test
    void otherNumberOfStatesIsStatusOneUntilTheManifestIsUpdated() throws IOException {
        String wrong = MANIFEST.replace("\"distinctStates\": 3", "\"distinctStates\": 4");
        Files.writeString(directory.resolve("manifest.json"), wrong);
        assertThat(run()).isEqualTo(ExitStatus.VIOLATION);
        assertThat(out.toString()).contains("expected: 4 distinct states; found: 3");
        assertThat(run("--update")).isEqualTo(ExitStatus.HELD);
        assertThat(Files.readString(directory.resolve("manifest.json"))).contains("\"distinctStates\": 3");
        assertThat(err.toString()).contains("manifest.json: small: distinctStates 4 -> 3");
    }

    @Test
    void updateKeepsTheCounterexampleBesideTheSpecs() {
        assertThat(run("--only", "small-r1", "--update")).isEqualTo(ExitStatus.HELD);
        assertThat(err.toString()).contains("counterexamples: small-r1.txt: written");
        assertThat(home.resolve("counterexamples").resolve("small-r1.txt")).content()
                .startsWith("small-r1 violates the invariant Small.\nIt does not.\n\n1  Initial state")
                .contains("2  Add(1)  x: 0 -> 1", "3  Add(2)  x: 1 -> 3");
        assertThat(home.resolve("counterexamples").resolve("README.md")).content().contains("small-r1.txt");
    }

    @Test
    void jsonGoesAloneToStandardOutput() throws IOException {
        assertThat(run("--only", "small-r1", "--json")).isEqualTo(ExitStatus.HELD);
        JsonNode json = new ObjectMapper().readTree(out.toString());
        assertThat(json.at("/models/0/counterexample/steps/1/action").toString())
                .isEqualTo("{\"name\":\"Add\",\"arguments\":[\"1\"],\"choices\":{}}");
    }

    @Test
    void listRunsNothing() throws IOException {
        assertThat(run("--list")).isEqualTo(ExitStatus.HELD);
        assertThat(out.toString()).contains("small-r1  thorough", "It does not. [R1]");
        assertThat(err.toString()).isEmpty();
        out.getBuffer().setLength(0);
        assertThat(run("--list", "--json")).isEqualTo(ExitStatus.HELD);
        assertThat(new ObjectMapper().readTree(out.toString()).at("/models/1/twin").asText()).isEqualTo("small");
    }

    @Test
    void unknownNameListsTheLegalOnes() {
        assertUsage("--only: no model is called 'smell'; the models are small, small-r1", "--only", "small,smell");
    }

    @Test
    void numbersOutOfRangeAreRefused() {
        assertUsage("--parallel is '0'; legal: 1 or more", "--parallel", "0");
    }

    @Test
    void workersOutOfRangeAreRefused() {
        assertUsage("--workers is '0'; legal: 1 or more", "--workers", "0");
    }

    @Test
    void timeoutFactorOutOfRangeIsRefused() {
        assertUsage("--timeout-factor is 'NaN'; legal: more than 0, up to 1000", "--timeout-factor", "NaN");
    }

    @Test
    void directoryWithoutManifestIsRefused() throws IOException {
        Files.delete(directory.resolve("manifest.json"));
        assertUsage("legal: a directory with a file manifest.json");
    }

    @Test
    void wrongManifestIsOneLine() throws IOException {
        String wrong = MANIFEST.replace("\"size\": \"quick\"", "\"size\": \"q\"");
        Files.writeString(directory.resolve("manifest.json"), wrong);
        assertUsage("manifest.json: model 'small': 'size' is 'q'; legal: quick, thorough, simulation");
    }
}
