package org.netchannel.specs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.netchannel.specs.ModelResult.Verdict;
import org.netchannel.specs.counterexample.Ending;

/** One run of TLC's simulator for each thing that can come out of it. */
class SimulationTest {
    private static final Simulation WALKS = new Simulation(20, 50, 7, Optional.empty());
    private static final Model GOOD = Toys.simulated(Toys.holds("Relay", "RelaySafe.cfg", 39), WALKS);
    private static final Model AGAIN = Toys.simulated(GOOD, WALKS);
    private static final Model BAD = Toys.simulated(
            Toys.violates("Relay", "RelayLossy.cfg", PropertyKind.INVARIANT, "NothingMissing"), WALKS);
    private static final Model ENDLESS = Toys.simulated(
            Toys.holds("Counter", "CounterEndless.cfg", 1),
            new Simulation(200, Integer.MAX_VALUE, 7, Optional.of(Duration.ofSeconds(3))));
    private static final Model TOO_LONG = Toys.simulated(
            Toys.holds("Slow", "Slow.cfg", 1),
            new Simulation(Simulation.LONGEST_WALK, Integer.MAX_VALUE, 7, Optional.of(Duration.ofSeconds(1))));

    private static final List<Progress> SEEN = new ArrayList<>();
    private static List<ModelResult> results;

    @BeforeAll
    static void runAll() throws Exception {
        RunListener listener = new RunListener() {
            @Override
            public void progress(Progress progress) {
                if (progress.model().equals(ENDLESS)) {
                    SEEN.add(progress);
                }
            }
        };
        results = new ModelRunner(Toys.files(), Toys.SETTINGS)
                .run(List.of(GOOD, AGAIN, BAD, ENDLESS, TOO_LONG), listener);
    }

    private static ModelResult result(Model model) {
        return results.stream().filter(result -> result.model().equals(model)).findFirst().orElseThrow();
    }

    @Test
    void walksWithoutViolationAreCounted() {
        assertThat(result(GOOD).verdict()).isEqualTo(Verdict.OK);
        assertThat(result(GOOD).finding()).isEqualTo(new Finding.NoneFound(50));
        assertThat(result(GOOD).counts().traces()).isEqualTo(50);
        assertThat(result(GOOD).counts().generated()).isGreaterThan(500);
    }

    @Test
    void sameSeedGivesTheSameWalks() {
        assertThat(result(AGAIN).counts()).isEqualTo(result(GOOD).counts());
    }

    @Test
    void violationIsFoundWithTheWayThereAndItsArguments() {
        assertThat(result(BAD).verdict()).isEqualTo(Verdict.OK);
        assertThat(result(BAD).finding())
                .isEqualTo(new Finding.Violated(PropertyKind.INVARIANT, List.of("NothingMissing")));
        assertThat(result(BAD).counterexample().orElseThrow()).satisfies(counterexample -> {
            assertThat(counterexample.ending()).isEqualTo(new Ending.Finite());
            assertThat(counterexample.note()).isEmpty();
            assertThat(counterexample.steps().getLast().action().toString()).startsWith("Lose(");
        });
    }

    @Test
    void timeEndsTheWalksAndProgressIsShown() {
        assertThat(result(ENDLESS).verdict()).isEqualTo(Verdict.OK);
        assertThat(result(ENDLESS).duration()).isGreaterThan(Duration.ofSeconds(3));
        assertThat(SEEN).isNotEmpty();
        assertThat(SEEN.getLast().counts().traces()).isPositive()
                .isLessThanOrEqualTo(result(ENDLESS).counts().traces());
    }

    @Test
    void timeThatEndsTheFirstWalkShowsNothingAndIsAnError() {
        assertThat(result(TOO_LONG).verdict()).isEqualTo(Verdict.ERROR);
        assertThat(result(TOO_LONG).finding().toString()).contains("no random trace was finished");
    }

    @Test
    void numbersOutOfRangeAreRefused() {
        for (int depth : new int[] {0, Simulation.LONGEST_WALK + 1}) {
            assertThatThrownBy(() -> new Simulation(depth, 1, 1, Optional.empty()))
                    .isInstanceOf(IllegalArgumentException.class);
        }
        assertThatThrownBy(() -> new Simulation(1, 0, 1, Optional.empty()))
                .isInstanceOf(IllegalArgumentException.class);
    }
}
