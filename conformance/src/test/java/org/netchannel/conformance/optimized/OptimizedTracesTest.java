package org.netchannel.conformance.optimized;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.function.Supplier;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.netchannel.conformance.check.SpecOracle;
import org.netchannel.conformance.check.Verdict;
import org.netchannel.conformance.run.Run;
import org.netchannel.conformance.run.ScenarioRunner;
import org.netchannel.conformance.scenario.Profile;
import org.netchannel.conformance.scenario.Scenario;
import org.netchannel.optimized.OptimizedEndpoint;
import org.netchannel.optimized.SchedulingPolicies;
import org.netchannel.reference.ReferenceEndpoint;
import org.netchannel.traces.Endpoint;

/** Whatever the optimized stack does in a scenario, the specification allows. */
class OptimizedTracesTest {
    /** The most that a default build can spend here; {@code -Dseeds=} asks for more. */
    private static final long SEEDS = Long.getLong("seeds", 8);
    private static final long FIRST_SEED = Long.getLong("firstSeed", 20_000);

    private static SpecOracle specification;

    @BeforeAll
    static void load() {
        specification = new SpecOracle(Path.of("../specs/tla"));
    }

    @ParameterizedTest
    @EnumSource(Profile.class)
    void itsTracesAreAccepted(Profile profile) {
        for (long seed = FIRST_SEED; seed < FIRST_SEED + SEEDS; seed++) {
            accepts(OptimizedEndpoint::new, OptimizedEndpoint::new, profile, seed);
            accepts(OptimizedEndpoint::new, ReferenceEndpoint::new, profile, seed);
            accepts(ReferenceEndpoint::new, OptimizedEndpoint::new, profile, seed);
            accepts(() -> new OptimizedEndpoint(SchedulingPolicies.SHORTEST_QUEUE),
                    () -> new OptimizedEndpoint(SchedulingPolicies.PINNED), profile, seed);
        }
    }

    private static void accepts(Supplier<Endpoint> a, Supplier<Endpoint> b, Profile profile, long seed) {
        Run run = new ScenarioRunner(a, b).run(Scenario.fromSeed(profile, seed));

        assertThat(run.violation()).as("%s seed %d", profile, seed).isEmpty();
        assertThat(specification.check(run.header(), run.trace()))
                .as("%s, %s seed %d", run.header().implementation(), profile, seed)
                .isInstanceOf(Verdict.Accepted.class);
    }
}
