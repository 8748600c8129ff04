package org.netchannel.conformance.exec;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.netchannel.conformance.run.Run;
import org.netchannel.conformance.run.ScenarioRunner;
import org.netchannel.conformance.scenario.Profile;
import org.netchannel.conformance.scenario.Scenario;
import org.netchannel.reference.ReferenceEndpoint;

/** What goes through the line protocol and back is the same as in the JVM. */
class ExecRoundTripTest {
    private static final Duration LIMIT = Duration.ofSeconds(60);

    @ParameterizedTest
    @EnumSource
    void referenceBehindLinesMakesTheSameTrace(Profile profile) {
        Scenario scenario = Scenario.fromSeed(profile, 4);
        Run inside = new ScenarioRunner(ReferenceEndpoint::new, ReferenceEndpoint::new).run(scenario);
        try (ExecImplementation outside = new ExecImplementation(ServedReference.COMMAND, LIMIT, 0)) {
            Run run = new ScenarioRunner(outside::get, outside::get).run(scenario);
            assertThat(run.violation()).isEmpty();
            assertThat(run.trace()).hasSizeGreaterThan(100).isEqualTo(inside.trace());
            assertThat(run.header()).isEqualTo(inside.header());
        }
    }

    @Test
    void endOfInputEndsItWithStatusZero() throws Exception {
        assertThat(new ExecProcess(ServedReference.COMMAND, LIMIT).end(LIMIT)).isZero();
    }
}
