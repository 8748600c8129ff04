package org.netchannel.conformance.scenario;

import static org.assertj.core.api.Assertions.assertThat;

import net.jqwik.api.Arbitrary;
import net.jqwik.api.EdgeCasesMode;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.PropertyDefaults;
import net.jqwik.api.Provide;
import net.jqwik.api.ShrinkingMode;
import org.netchannel.conformance.report.FailureReport;
import org.netchannel.conformance.run.Failure;
import org.netchannel.conformance.run.Run;
import org.netchannel.conformance.guide.Guide;
import org.netchannel.conformance.run.ScenarioRunner;
import org.netchannel.reference.ReferenceEndpoint;

/** The properties of every profile, with jqwik making and shrinking the scenarios. */
@PropertyDefaults(tries = 100, shrinking = ShrinkingMode.BOUNDED, edgeCases = EdgeCasesMode.NONE)
class ScenarioArbitrariesTest {
    private static final int ROWS = 200;

    private final ScenarioRunner runner = new ScenarioRunner(ReferenceEndpoint::new, ReferenceEndpoint::new);

    private void check(Scenario scenario) {
        Run run = runner.run(scenario);
        assertThat(run.violation()).as(() -> String.join("\n",
                        FailureReport.of(new Failure(new Guide.Chosen(0, scenario, false), run), ROWS)))
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
}
