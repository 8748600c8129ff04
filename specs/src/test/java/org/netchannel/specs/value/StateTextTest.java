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
    void tooManyPartsAreCounted() {
        assertThat(StateText.parts(STATE, 40, 2)).containsExactly(
                "host.A.conn = (3 :> [sndNxt |-> 3, …])", "and 2 more");
    }
}
