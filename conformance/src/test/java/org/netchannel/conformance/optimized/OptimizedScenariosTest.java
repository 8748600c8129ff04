package org.netchannel.conformance.optimized;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.netchannel.conformance.run.Run;
import org.netchannel.conformance.run.ScenarioRunner;
import org.netchannel.conformance.scenario.Profile;
import org.netchannel.conformance.scenario.Scenario;
import org.netchannel.optimized.OptimizedEndpoint;
import org.netchannel.optimized.SchedulingPolicies;
import org.netchannel.reference.ReferenceEndpoint;

/** The optimized stack, stepped in the caller's thread, against itself and against the reference: bytes. */
class OptimizedScenariosTest {
    private static final int SEEDS = 100;

    @ParameterizedTest
    @EnumSource(Profile.class)
    void itKeepsItsPromisesToItself(Profile profile) {
        keeps(new ScenarioRunner(OptimizedEndpoint::new, OptimizedEndpoint::new), profile);
    }

    @ParameterizedTest
    @EnumSource(Profile.class)
    void itKeepsItsPromisesToTheReference(Profile profile) {
        keeps(new ScenarioRunner(OptimizedEndpoint::new, ReferenceEndpoint::new), profile);
    }

    @ParameterizedTest
    @EnumSource(Profile.class)
    void theReferenceKeepsItsPromisesToIt(Profile profile) {
        keeps(new ScenarioRunner(ReferenceEndpoint::new, OptimizedEndpoint::new), profile);
    }

    @ParameterizedTest
    @EnumSource(Profile.class)
    void itKeepsThemWithOtherPolicies(Profile profile) {
        keeps(new ScenarioRunner(
                () -> new OptimizedEndpoint(SchedulingPolicies.SHORTEST_QUEUE),
                () -> new OptimizedEndpoint(SchedulingPolicies.PINNED)), profile);
    }

    private static void keeps(ScenarioRunner runner, Profile profile) {
        for (long seed = 0; seed < SEEDS; seed++) {
            Run run = runner.run(Scenario.fromSeed(profile, seed));

            assertThat(run.violation()).as("%s seed %d", profile, seed).isEmpty();
        }
    }
}
