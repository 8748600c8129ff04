package org.netchannel.conformance.run;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.netchannel.conformance.forge.Forgery;
import org.netchannel.conformance.scenario.Profile;
import org.netchannel.conformance.scenario.Scenario;
import org.netchannel.conformance.scenario.Setup;
import org.netchannel.conformance.scenario.Step;
import org.netchannel.reference.ReferenceEndpoint;
import org.netchannel.traces.Config;
import org.netchannel.traces.Config.Setting;

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

    /**
     * The forged DATA fails its channel, for no HELLO has arrived there, so it is not the first packet of its
     * connection that the host has seen. The RST is: the NCSYN after it is ignored (NC-HS-7), and connect times out.
     */
    @Test
    void aConnectMayTimeOutWhenAForgedResetComesBeforeIt() {
        Config config = Config.DEFAULTS
                .with(Setting.ACK_DELAY_NANOS, 1)
                .with(Setting.HOL_TIMER_NANOS, 1)
                .with(Setting.CONNECT_TIMEOUT_NANOS, 5_000);
        Setup setup = new Setup(config, config, 1, 2, 0, false, 0, false);
        List<Step> steps = List.of(
                new Step.Connect(0, 0, 0), new Step.Pull(1, 3, 0), new Step.Pump(133, 9),
                new Step.Forge(1, Forgery.DATA_WITH_OTHER_PORTS.ordinal(), 0),
                new Step.Forge(1, Forgery.CONTROL_WITH_OTHER_PORTS.ordinal(), 0));

        Run run = runner.run(new Scenario(Profile.HOSTILE, 0, setup, steps));

        assertThat(run.violation()).isEmpty();
        assertThat(run.coverage().get(Forgery.DATA_WITH_OTHER_PORTS)).isEqualTo(1);
        assertThat(run.coverage().get(Forgery.CONTROL_WITH_OTHER_PORTS)).isEqualTo(1);
    }
}
