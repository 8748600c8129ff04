package org.netchannel.conformance.scenario;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HashSet;
import java.util.Set;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.EdgeCasesMode;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.PropertyDefaults;
import net.jqwik.api.Provide;
import net.jqwik.api.ShrinkingMode;
import org.junit.jupiter.api.Test;
import org.netchannel.conformance.report.FailureReport;
import org.netchannel.conformance.run.Failure;
import org.netchannel.conformance.run.Run;
import org.netchannel.conformance.run.ScenarioRunner;
import org.netchannel.reference.ReferenceEndpoint;

/** The properties of every profile, with jqwik making and shrinking the scenarios. */
@PropertyDefaults(tries = 100, shrinking = ShrinkingMode.BOUNDED, edgeCases = EdgeCasesMode.NONE)
class ScenarioArbitrariesTest {
    private static final int ROWS = 200;

    private final ScenarioRunner runner = new ScenarioRunner(ReferenceEndpoint::new, ReferenceEndpoint::new);

    private void check(Scenario scenario) {
        Run run = runner.run(scenario);
        assertThat(run.violation()).as(() -> String.join("\n", FailureReport.of(new Failure(scenario, run), ROWS)))
                .isEmpty();
    }

    @Provide
    Arbitrary<Scenario> handshakes() {
        return ScenarioArbitraries.of(Profile.HANDSHAKE);
    }

    @Provide
    Arbitrary<Scenario> streams() {
        return ScenarioArbitraries.of(Profile.DATA);
    }

    @Provide
    Arbitrary<Scenario> crowds() {
        return ScenarioArbitraries.of(Profile.HEAD_OF_LINE);
    }

    @Provide
    Arbitrary<Scenario> closes() {
        return ScenarioArbitraries.of(Profile.CLOSE);
    }

    @Provide
    Arbitrary<Scenario> failures() {
        return ScenarioArbitraries.of(Profile.FAILURE);
    }

    @Provide
    Arbitrary<Scenario> attacks() {
        return ScenarioArbitraries.of(Profile.HOSTILE);
    }

    @Property
    void everyConnectIsAnswered(@ForAll("handshakes") Scenario scenario) {
        check(scenario);
    }

    @Property
    void everyByteArrivesOnceAndInOrder(@ForAll("streams") Scenario scenario) {
        check(scenario);
    }

    @Property
    void whoDoesNotReadBlocksNobodyElse(@ForAll("crowds") Scenario scenario) {
        check(scenario);
    }

    @Property
    void everyStreamEndsAsItsSenderEndedIt(@ForAll("closes") Scenario scenario) {
        check(scenario);
    }

    @Property
    void noFailureOfAChannelLosesAnything(@ForAll("failures") Scenario scenario) {
        check(scenario);
    }

    @Property
    void whatNoPeerSentHarmsNobodyElse(@ForAll("attacks") Scenario scenario) {
        check(scenario);
    }

    @Test
    void everyRuleOfAProfileIsDrawn() {
        for (Profile profile : Profile.values()) {
            Set<Class<?>> drawn = new HashSet<>();
            Set<Class<?>> known = new HashSet<>();
            for (long seed = 0; seed < 500; seed++) {
                Scenario.fromSeed(profile, seed).steps().forEach(step -> drawn.add(step.getClass()));
            }
            profile.rules().forEach(rule -> known.add(rule.make().apply(new int[rule.bounds().length]).getClass()));

            assertThat(drawn).as("%s", profile).containsAll(known);
        }
    }
}
