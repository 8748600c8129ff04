package org.netchannel.specs.value;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class StateTextTest {
    private static final TlaState STATE = TlaState.parse(
            """
            /\\ host = [A |-> [conn |-> (3 :> [sndNxt |-> 3, stopped |-> FALSE, queue |-> <<>>]), now |-> 0],
                        B |-> [conn |-> <<>>, now |-> 7]]
            /\\ wire = <<>>
            """);

    @Test
    void shortStateHasAPartForEachVariable() {
        assertThat(StateText.parts(STATE, 200, 10)).containsExactly(
                "host = [A |-> [conn |-> (3 :> [sndNxt |-> 3, stopped |-> FALSE, queue |-> <<>>]), now |-> 0], "
                        + "B |-> [conn |-> <<>>, now |-> 7]]",
                "wire = <<>>");
    }

    @Test
    void longVariableIsSplitWithoutWhatIsBlank() {
        assertThat(StateText.parts(STATE, 40, 10)).containsExactly(
                "host.A.conn = (3 :> [sndNxt |-> 3, …])",
                "host.B = [conn |-> <<>>, now |-> 7]",
                "wire = <<>>");
    }

    @Test
    void partThatCantBeSplitIsShortened() {
        TlaState state = TlaState.parse("x = (A :> {11, 12, 13, 14, 15, 16, 17, 18, 19, 20})\n");
        assertThat(StateText.parts(state, 30, 10)).containsExactly("x[A] = {11, 12, 13, 14, 15, 1…");
    }

    @Test
    void asManyPartsAsAllowedAreAllShown() {
        assertThat(StateText.parts(STATE, 40, 3)).hasSize(3).last().isEqualTo("wire = <<>>");
    }

    @Test
    void tooManyPartsAreCounted() {
        assertThat(StateText.parts(STATE, 40, 2)).containsExactly(
                "host.A.conn = (3 :> [sndNxt |-> 3, …])", "and 2 more");
    }
}
