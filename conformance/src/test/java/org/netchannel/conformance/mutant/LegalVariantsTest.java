package org.netchannel.conformance.mutant;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.Duration;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.netchannel.conformance.Patience;
import org.netchannel.conformance.suite.Arrangement;
import org.netchannel.conformance.suite.Part;
import org.netchannel.conformance.suite.Plan;
import org.netchannel.conformance.suite.Result;
import org.netchannel.conformance.suite.Subject;
import org.netchannel.conformance.suite.Suite;
import org.netchannel.conformance.suite.Topic;

/** The specification decides, not the reference's habits: who chooses otherwise is accepted. */
class LegalVariantsTest {
    private static final long SEED = 1;
    private static final int RUNS = 30;
    /** Walks as well when mutants are hunted for, which is asked for by {@code netchannel test --full}. */
    private static final Set<Part> PARTS = Boolean.getBoolean("mutants.hunt")
            ? EnumSet.of(Part.DRILLS, Part.WALKS, Part.SCENARIOS) : EnumSet.of(Part.DRILLS, Part.SCENARIOS);

    static List<SourceMutant> variants() {
        return LegalVariants.all();
    }

    @ParameterizedTest
    @MethodSource("variants")
    void variantPasses(SourceMutant variant) throws Exception {
        Subject subject = new Subject(variant.toString(), MutantCompiler.compile(variant), Patience.DEFAULT);
        Plan plan = new Plan(PARTS, EnumSet.allOf(Topic.class),
                List.of(Arrangement.SELF, Arrangement.BEFORE_REFERENCE, Arrangement.BEHIND_REFERENCE), SEED, RUNS,
                Duration.ofMinutes(5), 1, 2);
        Result result = new Suite(subject, plan, Path.of("../specs/tla")).run(progress -> {});
        assertThat(result.findings()).as("seed %d", SEED).isEmpty();
    }
}
