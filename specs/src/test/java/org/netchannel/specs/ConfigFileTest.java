package org.netchannel.specs;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class ConfigFileTest {
    @Test
    void listedPropertiesAreFoundWhateverTheLayout() {
        ConfigFile config = ConfigFile.parse(
                """
                (* INVARIANT Gone
                   PROPERTY Gone *)
                CONSTANTS Most = 3  Property = Invariant
                SPECIFICATION Spec
                INVARIANT A INVARIANTS B, C
                  D \\* PROPERTY Gone
                PROPERTY
                  P
                CONSTRAINT Small
                PROPERTIES Q R
                VIEW V
                """);
        assertThat(config.invariants()).containsExactlyInAnyOrder("A", "B", "C", "D");
        assertThat(config.properties()).containsExactlyInAnyOrder("P", "Q", "R");
        assertThat(config.setsCheckDeadlock()).isFalse();
    }

    @Test
    void checkDeadlockIsSeen() {
        assertThat(ConfigFile.parse("INIT Init\nCHECK_DEADLOCK FALSE").setsCheckDeadlock()).isTrue();
    }
}
