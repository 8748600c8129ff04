package org.netchannel.conformance.drill;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.netchannel.conformance.check.SpecOracle;
import org.netchannel.reference.ReferenceEndpoint;

/** The reference passes every drill, and the drills leave no clause out. */
class DrillsTest {
    private static final Pattern CLAUSE = Pattern.compile("\\*\\*(NC-[A-Z]+-\\d+)\\*\\*");

    private static SpecOracle specification;
    private static DrillRunner runner;

    @BeforeAll
    static void load() {
        specification = new SpecOracle(Path.of("../specs/tla"));
        runner = new DrillRunner(ReferenceEndpoint::new, specification);
    }

    static List<Drill> drills() {
        return Drills.all();
    }

    @ParameterizedTest
    @MethodSource("drills")
    void referencePassesEveryDrill(Drill drill) {
        DrillResult result = runner.run(drill);
        assertThat(result.violation()).isEmpty();
        assertThat(result.clauses()).isNotEmpty();
    }

    /** docs/deviations.md: NC-CH-3 has changed, and who implemented its first text is not rejected for that. */
    @Test
    void hostThatHearsNcsynOnTheNewestControlChannelOnlyPassesToo() {
        List<FirstTextHost> hosts = new ArrayList<>();
        DrillRunner first = new DrillRunner(() -> {
            hosts.add(new FirstTextHost());
            return hosts.getLast();
        }, specification);
        drills().stream()
                .filter(drill -> drill.clauses().contains("NC-CH-3"))
                .forEach(drill -> assertThat(first.run(drill).violation()).as(drill.name()).isEmpty());
        assertThat(hosts).anySatisfy(host -> assertThat(host.ignored()).isPositive());
    }

    @Test
    void everyClauseHasADrill() throws IOException {
        Set<String> missing = new TreeSet<>();
        Matcher matcher = CLAUSE.matcher(Files.readString(Path.of("../docs/protocol.md")));
        while (matcher.find()) {
            missing.add(matcher.group(1));
        }
        assertThat(missing).hasSizeGreaterThan(50);
        drills().forEach(drill -> missing.removeAll(drill.clauses()));
        assertThat(missing).isEmpty();
    }

    @Test
    void namesDifferAndTellTheRole() {
        assertThat(drills()).extracting(Drill::name).doesNotHaveDuplicates();
        assertThat(drills()).allSatisfy(drill -> assertThat(drill.name()).endsWith("(" + drill.role() + ")"));
    }

    @Test
    void sameDrillIsTheSameTrace() {
        Drill drill = drills().getLast();
        assertThat(runner.run(drill).trace()).isEqualTo(runner.run(drill).trace());
    }
}
