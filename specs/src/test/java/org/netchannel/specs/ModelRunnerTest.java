package org.netchannel.specs;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.netchannel.specs.Finding.Stage;
import org.netchannel.specs.ModelResult.Verdict;
import org.netchannel.specs.counterexample.Counterexample;
import org.netchannel.specs.counterexample.Ending;
import org.netchannel.specs.counterexample.Step;

/** Runs each toy once; the tests look at what came out. */
class ModelRunnerTest {
    private static final Map<String, ModelResult> RESULTS = new HashMap<>();
    private static final List<String> STARTED = new ArrayList<>();
    private static final List<String> FINISHED = new ArrayList<>();

    @BeforeAll
    static void runToys() throws IOException, InterruptedException {
        List<Model> models = List.of(
                Toys.holds("Relay", "Relay.cfg", 39),
                Toys.violates("Relay", "RelayStuck.cfg", PropertyKind.TEMPORAL_PROPERTY, "AllArrives"),
                Toys.violates("Relay", "RelayLasso.cfg", PropertyKind.TEMPORAL_PROPERTY, "EndsClosed"),
                Toys.violates("Relay", "RelayReopens.cfg", PropertyKind.ACTION_PROPERTY, "StaysClosed"),
                Toys.violates("Relay", "RelayDeadlock.cfg", PropertyKind.DEADLOCK, null),
                Toys.holds("Relay", "RelayLossy.cfg", 124),
                Toys.holds("Broken", "Broken.cfg", 1),
                Toys.holds("Counter", "CounterFails.cfg", 5),
                Toys.holds("Counter", "CounterWrongName.cfg", 1),
                Toys.holds("Counter", "CounterPlain.cfg", 5),
                Toys.violates("Counter", "CounterTwo.cfg", PropertyKind.INVARIANT, "NeverZero"),
                Toys.violates("Counter", "CounterZero.cfg", PropertyKind.INVARIANT, "NeverZero"));
        RunListener listener = new RunListener() {
            @Override
            public void started(Model model) {
                STARTED.add(model.name());
            }

            @Override
            public void finished(ModelResult result) {
                FINISHED.add(result.model().name());
            }
        };
        List<ModelResult> results =
                new ModelRunner(Toys.files(), Toys.SETTINGS.explainingExpected(false)).run(models, listener);
        assertThat(results).extracting(ModelResult::model).containsExactlyElementsOf(models);
        results.forEach(result -> RESULTS.put(result.model().name(), result));
    }

    private static ModelResult result(String name) {
        return RESULTS.get(name);
    }

    private static Counterexample counterexample(String name) {
        return result(name).counterexample().orElseThrow();
    }

    private static List<String> actions(Counterexample counterexample) {
        return counterexample.steps().stream().map(Step::action).map(Object::toString).toList();
    }

    private static void assertOk(String name) {
        assertThat(result(name).differences()).isEmpty();
        assertThat(result(name).verdict()).isEqualTo(Verdict.OK);
    }

    @Test
    void everyModelIsStartedAndFinishedOnce() {
        assertThat(STARTED).containsExactlyInAnyOrderElementsOf(RESULTS.keySet());
        assertThat(FINISHED).containsExactlyInAnyOrderElementsOf(RESULTS.keySet());
    }

    @Test
    void modelThatHoldsWithItsNumberOfStatesIsOk() {
        assertOk("Relay");
        assertThat(result("Relay").finding()).isEqualTo(new Finding.Holds());
        assertThat(result("Relay").counts()).isEqualTo(new Counts(77, 39, 0));
        assertThat(result("Relay").counterexample()).isEmpty();
        assertThat(result("Relay").processorTime()).isPositive();
    }

    @Test
    void otherNumberOfDistinctStatesFails() {
        assertThat(result("CounterPlain").verdict()).isEqualTo(Verdict.FAIL);
        assertThat(result("CounterPlain").differences())
                .containsExactly("expected: 5 distinct states; found: 6");
    }

    @Test
    void violationThatWasNotExpectedFailsAndShowsArguments() {
        ModelResult result = result("RelayLossy");
        assertThat(result.verdict()).isEqualTo(Verdict.FAIL);
        assertThat(result.differences().getFirst())
                .isEqualTo("expected: holds; found: violates the invariant NothingMissing");
        Counterexample counterexample = counterexample("RelayLossy");
        assertThat(counterexample.note()).isEmpty();
        assertThat(actions(counterexample)).containsExactly("Initial state", "Send(A)", "Lose(A, 1)");
        assertThat(counterexample.ending()).isEqualTo(new Ending.Finite());
    }

    @Test
    void violationOfAnotherPropertyFails() {
        assertThat(result("CounterTwo").verdict()).isEqualTo(Verdict.FAIL);
        assertThat(result("CounterTwo").differences())
                .containsExactly("expected: violates the invariant NeverZero; found: violates the invariant NeverTwo");
    }

    @Test
    void violationByAnInitialStateHasThatStateAsCounterexample() {
        assertOk("CounterZero");
        assertThat(counterexample("CounterZero").steps())
                .extracting(step -> step.state().variables().get("x").toString())
                .containsExactly("0");
    }

    @Test
    void expectedActionPropertyIsOk() {
        assertOk("RelayReopens");
        assertThat(result("RelayReopens").finding())
                .isEqualTo(new Finding.Violated(PropertyKind.ACTION_PROPERTY, List.of("StaysClosed")));
    }

    @Test
    void livenessViolationThatStaysPutEndsInStuttering() {
        assertOk("RelayStuck");
        assertThat(counterexample("RelayStuck").ending()).isEqualTo(new Ending.Stuttering());
    }

    @Test
    void livenessViolationThatGoesRoundHasABackEdge() {
        assertOk("RelayLasso");
        assertThat(counterexample("RelayLasso").ending())
                .isInstanceOfSatisfying(Ending.BackTo.class, back -> {
                    assertThat(back.step()).isBetween(1, counterexample("RelayLasso").steps().size());
                    assertThat(back.action().name()).isIn("Close", "Reopen");
                });
    }

    @Test
    void expectedCounterexamplesKeepPlainNamesUnlessAsked() {
        assertThat(actions(counterexample("RelayReopens"))).containsExactly("Initial state", "Close", "Reopen");
    }

    @Test
    void expectedDeadlockIsOk() {
        assertOk("RelayDeadlock");
        assertThat(counterexample("RelayDeadlock").steps()).hasSize(11);
    }

    @Test
    void expressionThatCantBeEvaluatedIsAnErrorWithTheWayThere() {
        ModelResult result = result("CounterFails");
        assertThat(result.verdict()).isEqualTo(Verdict.ERROR);
        assertThat(result.finding()).isInstanceOfSatisfying(Finding.Failed.class, failed -> {
            assertThat(failed.stage()).isEqualTo(Stage.EVALUATION);
            assertThat(failed.message()).contains("Attempted to apply Head to the empty sequence", "in Counter");
        });
        assertThat(counterexample("CounterFails").steps()).hasSize(4);
    }

    @Test
    void moduleThatDoesNotParseIsAnErrorWithThePlace() {
        assertThat(result("Broken").verdict()).isEqualTo(Verdict.ERROR);
        assertThat(result("Broken").finding()).isInstanceOfSatisfying(Finding.Failed.class, failed -> {
            assertThat(failed.stage()).isEqualTo(Stage.PARSING);
            assertThat(failed.message()).contains("line 3, column 9");
        });
    }

    @Test
    void configThatNamesWhatIsNotThereIsAParseError() {
        assertThat(result("CounterWrongName").finding()).isInstanceOfSatisfying(Finding.Failed.class, failed -> {
            assertThat(failed.stage()).isEqualTo(Stage.PARSING);
            assertThat(failed.message()).contains("Nxt");
        });
    }

    @Test
    void modelThatTakesTooLongTimesOutAfterShowingProgress() throws Exception {
        List<Progress> seen = new ArrayList<>();
        RunListener listener = new RunListener() {
            @Override
            public void progress(Progress progress) {
                seen.add(progress);
            }
        };
        Duration limit = Duration.ofSeconds(6);
        RunSettings settings = new RunSettings(1, 1, limit.minusSeconds(1), 1, false);
        ModelResult result = new ModelRunner(Toys.files(), settings)
                .run(List.of(Toys.holds("Counter", "CounterEndless.cfg", 1)), listener)
                .getFirst();
        assertThat(result.verdict()).isEqualTo(Verdict.TIMEOUT);
        assertThat(result.finding()).isEqualTo(new Finding.TimedOut(limit));
        assertThat(result.differences()).containsExactly("expected: holds; found: not finished after 6 s");
        assertThat(seen).isNotEmpty();
        assertThat(seen).extracting(progress -> progress.counts().distinct()).isSorted();
        assertThat(result.counts()).isEqualTo(seen.getLast().counts());
    }
}
