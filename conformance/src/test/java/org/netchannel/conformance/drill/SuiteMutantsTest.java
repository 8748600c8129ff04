package org.netchannel.conformance.drill;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.Duration;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.netchannel.conformance.Patience;
import org.netchannel.conformance.suite.ClauseStanding.Verdict;
import org.netchannel.conformance.suite.Part;
import org.netchannel.conformance.suite.Plan;
import org.netchannel.conformance.suite.Result;
import org.netchannel.conformance.suite.Subject;
import org.netchannel.conformance.suite.Suite;
import org.netchannel.conformance.suite.Topic;
import org.netchannel.traces.Endpoint;

/** One mistake is one finding, however many drills it fails, and the finding names the clause. */
class SuiteMutantsTest {
    private static final Set<String> NAMES = Set.of("only NCSYN_ACK establishes", "a byte that fits waits",
            "deaf to RESUME", "end as soon as FIN comes", "ports do not matter");

    static Stream<Arguments> mutants() {
        return DrillMutantsTest.mutants().filter(mutant -> NAMES.contains((String) mutant.get()[1]));
    }

    @ParameterizedTest(name = "{0}: {1}")
    @MethodSource("mutants")
    void oneMistakeIsOneFinding(String clause, String name, Supplier<Endpoint> host) throws InterruptedException {
        Plan plan = new Plan(EnumSet.of(Part.DRILLS), EnumSet.allOf(Topic.class), List.of(), 1, 1,
                Duration.ofSeconds(60), 3, 2);
        Result result = new Suite(new Subject(name, host, Patience.DEFAULT), plan, Path.of("../specs/tla"))
                .run(_ -> { });
        assertThat(result.findings()).hasSize(1);
        assertThat(result.findings().getFirst().clauses()).contains(clause);
        assertThat(result.standing(clause).verdict()).isEqualTo(Verdict.VIOLATED);
    }
}
