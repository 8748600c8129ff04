package org.netchannel.conformance.check;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.netchannel.conformance.run.Run;
import org.netchannel.conformance.run.ScenarioRunner;
import org.netchannel.conformance.scenario.Profile;
import org.netchannel.conformance.scenario.Scenario;
import org.netchannel.reference.ReferenceEndpoint;

/** Whatever the reference does in a scenario, the specification allows, and the reference does again. */
class OraclesTest {
    private static SpecOracle specification;

    private final ScenarioRunner runner = new ScenarioRunner(ReferenceEndpoint::new, ReferenceEndpoint::new);

    @BeforeAll
    static void load() {
        specification = new SpecOracle(Path.of("../specs/tla"));
    }

    @ParameterizedTest
    @EnumSource(Profile.class)
    void scenariosOfEveryProfileAreAcceptedByBoth(Profile profile) {
        for (long seed = 1; seed <= 4; seed++) {
            Run run = runner.run(Scenario.fromSeed(profile, seed));
            assertThat(specification.check(run.header(), run.trace()))
                    .as("%s, seed %d", profile, seed)
                    .isInstanceOfSatisfying(Verdict.Accepted.class, accepted -> assertThat(accepted.clauses())
                            .isNotEmpty());
            assertThat(new ReferenceOracle().check(run.header(), run.trace()))
                    .as("%s, seed %d", profile, seed)
                    .isInstanceOf(Verdict.Accepted.class);
        }
    }
}
