package org.netchannel.conformance.run;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.netchannel.conformance.scenario.Profile;
import org.netchannel.conformance.scenario.Scenario;
import org.netchannel.reference.ReferenceEndpoint;

class ScenarioRunnerTest {
    private static final int SEEDS = 150;

    private final ScenarioRunner runner = new ScenarioRunner(ReferenceEndpoint::new, ReferenceEndpoint::new);

    @ParameterizedTest
    @EnumSource(Profile.class)
    void theReferenceKeepsItsPromises(Profile profile) {
        for (long seed = 0; seed < SEEDS; seed++) {
            Run run = runner.run(Scenario.fromSeed(profile, seed));

            assertThat(run.violation()).as("%s seed %d", profile, seed).isEmpty();
        }
    }

    @Test
    void theSameSeedIsTheSameRun() {
        Scenario scenario = Scenario.fromSeed(Profile.FAILURE, 7);

        assertThat(runner.run(scenario).trace()).isEqualTo(runner.run(scenario).trace());
        assertThat(Scenario.fromSeed(Profile.FAILURE, 7)).isEqualTo(scenario);
    }
}
