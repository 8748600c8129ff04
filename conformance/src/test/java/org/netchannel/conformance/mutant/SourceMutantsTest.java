package org.netchannel.conformance.mutant;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.netchannel.conformance.Patience;
import org.netchannel.conformance.suite.Arrangement;
import org.netchannel.conformance.suite.Finding;
import org.netchannel.conformance.suite.Part;
import org.netchannel.conformance.suite.Plan;
import org.netchannel.conformance.suite.Result;
import org.netchannel.conformance.suite.Subject;
import org.netchannel.conformance.suite.Suite;
import org.netchannel.conformance.suite.Topic;

/** The kit has teeth: it finds each broken reference. Finding all of them takes long and is asked for. */
class SourceMutantsTest {
    private static final Duration LIMIT = Duration.ofSeconds(60);
    private static final long SEED = 1;
    private static final Path TABLE = Path.of("../docs/mutants.md");
    private static final Pattern ROW = Pattern.compile("\\| (NC-[A-Z]+-\\d+) \\| (R\\d+)? ?\\| ([^|]+) \\|.*");
    private static final MutantsTable FOUND = new MutantsTable();

    static List<SourceMutant> mutants() {
        return SourceMutants.all();
    }

    @AfterAll
    static void write() throws IOException {
        if (Boolean.getBoolean("mutants.write")) {
            Files.writeString(TABLE, FOUND.text());
        }
    }

    @ParameterizedTest
    @MethodSource("mutants")
    void mutantCompiles(SourceMutant mutant) throws IOException {
        assertThat(MutantCompiler.compile(mutant).get()).isNotNull();
    }

    @Test
    void everySectionOfTheProtocolHasMutants() {
        Set<String> sections = mutants().stream()
                .map(mutant -> mutant.clause().split("-")[1])
                .collect(Collectors.toCollection(TreeSet::new));
        assertThat(sections)
                .containsExactly("CH", "DATA", "FAIL", "FIN", "HDR", "HOL", "HS", "RST", "SCH");
        assertThat(mutants()).hasSizeGreaterThanOrEqualTo(60);
        assertThat(mutants()).extracting(SourceMutant::race)
                .contains("R4", "R11", "R19", "R20", "R22", "R24", "R26", "R30", "R33", "R35");
    }

    @Test
    void tableHasEveryMutant() throws IOException {
        List<String> listed = Files.readAllLines(TABLE).stream()
                .map(ROW::matcher)
                .filter(row -> row.matches())
                .map(row -> row.group(1) + ": " + row.group(3))
                .toList();
        assertThat(listed).isEqualTo(mutants().stream().map(SourceMutant::toString).toList());
    }

    /** Those whose names match what was asked for, or all. */
    static List<SourceMutant> hunted() {
        String names = System.getProperty("mutants.only", ".*");
        return mutants().stream().filter(mutant -> mutant.toString().matches(names)).toList();
    }

    @ParameterizedTest
    @MethodSource("hunted")
    @EnabledIfSystemProperty(named = "mutants.hunt", matches = "true")
    void kitFindsMutantWithinAMinute(SourceMutant mutant) throws Exception {
        long startNs = System.nanoTime();
        Subject subject = new Subject(mutant.toString(), MutantCompiler.compile(mutant), Patience.DEFAULT);
        Plan plan = new Plan(EnumSet.allOf(Part.class), EnumSet.allOf(Topic.class),
                List.of(Arrangement.SELF, Arrangement.BEFORE_REFERENCE, Arrangement.BEHIND_REFERENCE), SEED,
                Long.MAX_VALUE, LIMIT, 1, 2);
        Result result = new Suite(subject, plan, Path.of("../specs/tla")).run(progress -> {});
        double seconds = (System.nanoTime() - startNs) / 1e9;
        assertThat(result.findings()).as("seed %d", SEED).isNotEmpty();
        Finding first = result.findings().getFirst();
        FOUND.add(mutant, first.smallest().name(), String.join(", ", first.clauses()), seconds);
    }
}
