package org.netchannel.conformance.run;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.netchannel.conformance.report.FailureReport;
import org.netchannel.conformance.scenario.Profile;
import org.netchannel.conformance.scenario.Scenario;
import org.netchannel.conformance.scenario.Step;
import org.netchannel.reference.ReferenceEndpoint;
import org.netchannel.traces.PacketType;

class ShrinkerTest {
    private static final long LIMIT_NANOS = 60_000_000_000L;
    private static final int WIDTH = 110;

    private static boolean listensThenConnects(Scenario scenario) {
        List<Step> steps = scenario.steps();
        for (int i = 0; i < steps.size(); i++) {
            if (steps.get(i) instanceof Step.Listen) {
                return steps.subList(i, steps.size()).stream().anyMatch(Step.Connect.class::isInstance);
            }
        }
        return false;
    }

    @Test
    void onlyTheStepsThatMatterAreLeft() {
        long seed = 0;
        while (!listensThenConnects(Scenario.fromSeed(Profile.HANDSHAKE, seed))) {
            seed++;
        }
        Scenario original = Scenario.fromSeed(Profile.HANDSHAKE, seed);

        Scenario smallest = Shrinker.shrink(original, ShrinkerTest::listensThenConnects, LIMIT_NANOS);

        assertThat(smallest.steps()).containsExactly(new Step.Listen(0, 0, 0), new Step.Connect(0, 0, 0));
        assertThat(smallest.setup().latencyChannels()).isEqualTo(1);
        assertThat(smallest.setup().configB()).isEqualTo(smallest.setup().configA());
    }

    @Test
    void withoutTimeNothingIsTried() {
        Scenario original = Scenario.fromSeed(Profile.HANDSHAKE, 1);

        Scenario smallest = Shrinker.shrink(
                original,
                scenario -> {
                    throw new AssertionError("no candidate may be run");
                },
                -1);

        assertThat(smallest).isEqualTo(original);
    }

    @Test
    void aFailureIsShownWithItsSeedItsStepsAndAnArrowForEveryPacket() {
        ScenarioRunner runner = new ScenarioRunner(() -> Mutants.withholding(PacketType.FIN), ReferenceEndpoint::new);
        Campaign.Plan plan = new Campaign.Plan(List.of(Profile.CLOSE), 0, 100, LIMIT_NANOS, 1, LIMIT_NANOS);
        Failure failure = new Campaign(new Examiner(runner, List.of())).run(plan, coverage -> { })
                .failures().getFirst();

        List<String> report = FailureReport.of(failure, 500);

        assertThat(failure.smallest().scenario().steps()).hasSizeLessThan(5);
        assertThat(report).allSatisfy(line -> {
            if (!line.startsWith("        ") && !line.startsWith("start")) {
                assertThat(line).hasSizeLessThanOrEqualTo(WIDTH);
            }
        });
        assertThat(report.getFirst()).contains("CLOSE", "seed " + failure.original().seed());
        assertThat(report).anyMatch(line -> line.startsWith("clauses") && line.contains("NC-FIN-1"));
        assertThat(report).anyMatch(line -> line.contains("NCSYN #") && line.contains("->["));
        assertThat(report).anyMatch(line -> line.contains("]-> NCSYN #"));
    }
}
