package org.netchannel.specs.value;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class TlaStateTest {
    @Test
    void variablesWithBulletsAreRead() {
        TlaState state = TlaState.parse("/\\ host = ( A :> [n |-> 0] @@\n  B :> [n |-> 1] )\n/\\ wire = <<>>\n");
        assertThat(state.variables().keySet()).containsExactly("host", "wire");
        assertThat(state.variables().get("host")).hasToString("(A :> [n |-> 0] @@ B :> [n |-> 1])");
        assertThat(state.variables().get("wire")).hasToString("<<>>");
    }

    @Test
    void singleVariableHasNoBullet() {
        assertThat(TlaState.parse("x = 3\n").variables().get("x")).isEqualTo(new TlaValue.Int(3));
    }

    @Test
    void unreadableValueIsKeptAsText() {
        TlaState state = TlaState.parse("/\\ x = SUBSET\n   {1, 2}\n/\\ y = 1\n");
        assertThat(state.variables().get("x")).isEqualTo(new TlaValue.Unread("SUBSET {1, 2}"));
        assertThat(state.variables().get("y")).isEqualTo(new TlaValue.Int(1));
    }
}
