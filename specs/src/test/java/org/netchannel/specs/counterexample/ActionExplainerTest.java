package org.netchannel.specs.counterexample;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.netchannel.specs.Toys;

class ActionExplainerTest {
    @Test
    void everyWayToWriteAnActionGetsItsNameAndArguments() throws Exception {
        Counterexample counterexample = Toys.explainedCounterexample("Naming", "Naming.cfg", "NotDone");
        assertThat(counterexample.note()).isEmpty();
        assertThat(counterexample.steps().stream().map(Step::action).map(ActionCall::toString).toList())
                .isEqualTo(List.of(
                        "Initial state",
                        "Plain",
                        "WithParameter(\"a\")",
                        "WithTwo(\"b\", 1)",
                        "Choosing(\"a\") with n = 2, m = 7",
                        "UnderLet(\"a\")",
                        "UnderIf(\"b\")",
                        "Right(\"b\")",
                        "NotItsHelper(\"a\")",
                        "StateBound with i = 1",
                        "FromRecord([type |-> \"DATA\", size |-> 3])",
                        "Operator(Double)",
                        "Inner!Move(11)",
                        "Inner!Move(12)",
                        "Next"));
    }
}
