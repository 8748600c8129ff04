package org.netchannel.specs.counterexample;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.netchannel.specs.value.TlaParser;
import org.netchannel.specs.value.TlaState;
import org.netchannel.specs.value.TlaValue;

class CounterexampleTextTest {
    private final List<Step> steps = new ArrayList<>();

    private void step(String action, String state) {
        steps.add(new Step(steps.size() + 1, ActionCall.named(action), "", state, TlaState.parse(state)));
    }

    private String text(Ending ending, int width) {
        return String.join("\n", CounterexampleText.lines(new Counterexample(steps, ending, Optional.empty()), width));
    }

    private void stopAndGo() {
        step("Initial state", "/\\ host = (A :> [stopped |-> FALSE, n |-> 0])\n/\\ wire = <<>>\n");
        step("Stop(A)", "/\\ host = (A :> [stopped |-> TRUE, n |-> 0])\n/\\ wire = <<[type |-> \"STOP\"]>>\n");
        step("Deliver(A)", "/\\ host = (A :> [stopped |-> TRUE, n |-> 1])\n/\\ wire = <<>>\n");
    }

    @Test
    void finiteCounterexampleShowsChangesOfEachStepAndOfAll() {
        stopAndGo();
        assertThat(text(new Ending.Finite(), 100)).isEqualTo(
                """
                1  Initial state
                   host = (A :> [stopped |-> FALSE, n |-> 0])
                   wire = <<>>
                2  Stop(A)     host[A].stopped: FALSE -> TRUE; wire: appended [type |-> "STOP"]
                3  Deliver(A)  host[A].n: 0 -> 1; wire: removed first [type |-> "STOP"]
                   all steps together:
                   host[A].stopped: FALSE -> TRUE; host[A].n: 0 -> 1""");
    }

    @Test
    void lassoShowsTheStepThatLeadsBack() {
        stopAndGo();
        assertThat(text(new Ending.BackTo(ActionCall.named("Undo"), 2), 100)).endsWith(
                """
                4  Undo        host[A].n: 1 -> 0; wire: appended [type |-> "STOP"]
                   back to step 2, and so on for ever""");
    }

    @Test
    void stutteringIsSaid() {
        stopAndGo();
        assertThat(text(new Ending.Stuttering(), 100))
                .endsWith("4  stuttering: nothing happens any more, and fairness asks for nothing");
    }

    @Test
    void longLinesAreWrappedBetweenWords() {
        stopAndGo();
        assertThat(text(new Ending.Finite(), 60)).contains(
                """
                2  Stop(A)     host[A].stopped: FALSE -> TRUE; wire:
                               appended [type |-> "STOP"]
                """);
    }

    @Test
    void longActionHasALineOfItsOwn() {
        stopAndGo();
        step("Quite" + "Long".repeat(10) + "(A)", "/\\ host = (A :> [stopped |-> TRUE, n |-> 2])\n/\\ wire = <<>>\n");
        assertThat(text(new Ending.Stuttering(), 100)).contains(
                """
                4  QuiteLongLongLongLongLongLongLongLongLongLong(A)
                               host[A].n: 1 -> 2
                """);
    }

    @Test
    void argumentsAreShortenedAndChoicesFollowThem() {
        LinkedHashMap<String, TlaValue> choices = new LinkedHashMap<>();
        choices.put("p", TlaParser.parse("<<" + "\"text\", ".repeat(20) + "1>>"));
        ActionCall call = new ActionCall("Pull", List.of(TlaParser.parse("A"), TlaParser.parse("3")), choices);
        assertThat(call.text(12)).isEqualTo("Pull(A, 3) with p = <<\"text\", \"…");
        assertThat(call).hasToString("Pull(A, 3) with p = <<" + "\"text\", ".repeat(20) + "1>>");
    }

    @Test
    void stepThatChangesNothingSaysSo() {
        stopAndGo();
        step("Skip", steps.getLast().text());
        assertThat(text(new Ending.Stuttering(), 100)).contains("4  Skip        (nothing changes)\n");
    }

    @Test
    void changesBeyondFortyAreCounted() {
        StringBuilder before = new StringBuilder("x = [f0 |-> 0");
        StringBuilder after = new StringBuilder("x = [f0 |-> 1");
        for (int i = 1; i < 42; i++) {
            before.append(", f").append(i).append(" |-> 0");
            after.append(", f").append(i).append(" |-> 1");
        }
        step("Initial state", before + "]\n");
        step("All", after + "]\n");
        assertThat(text(new Ending.Stuttering(), 100)).contains("x.f39: 0 -> 1; 2 more").doesNotContain("x.f40: 0");
    }

    @Test
    void veryLargeValuesAreShortened() {
        step("Initial state", "x = <<" + "1, ".repeat(5_000) + "1>>\n");
        step("Grow", "x = <<{" + "1, ".repeat(5_000) + "2}>>\n");
        assertThat(text(new Ending.Finite(), 100).length()).isLessThan(3_000);
    }
}
