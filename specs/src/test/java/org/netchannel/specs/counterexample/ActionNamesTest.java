package org.netchannel.specs.counterexample;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.netchannel.specs.Model;
import org.netchannel.specs.PropertyKind;
import org.netchannel.specs.Toys;
import org.netchannel.specs.tlc.Workspace;
import org.netchannel.specs.value.TlaState;

/** What a replay can't explain keeps the name that TLC gave it. */
class ActionNamesTest {
    private static final Duration LIMIT = Duration.ofSeconds(60);

    private Workspace workspace;
    private Path specs;

    @BeforeEach
    void extractToys() throws Exception {
        workspace = new Workspace();
        specs = workspace.directory("tla");
        Toys.files().extractTo(specs);
    }

    @AfterEach
    void cleanUp() throws Exception {
        workspace.close();
    }

    private static Counterexample counting(int... values) {
        List<Step> steps = new ArrayList<>();
        for (int value : values) {
            String text = "x = " + value + "\n";
            steps.add(new Step(steps.size() + 1, ActionCall.named("Next"), "", text, TlaState.parse(text)));
        }
        return new Counterexample(steps, new Ending.BackTo(ActionCall.named("Next"), 1), Optional.empty());
    }

    private Counterexample named(String config, Duration limit, Counterexample counterexample) throws Exception {
        Model model = Toys.violates("Counter", config, PropertyKind.INVARIANT, "NeverTwo");
        return new ActionNames(workspace, specs, limit).addTo(model, counterexample);
    }

    private static List<String> names(Counterexample counterexample) {
        return counterexample.steps().stream().map(step -> step.action().name()).toList();
    }

    @Test
    void stepsUpToTheFirstThatIsNoneAreNamed() throws Exception {
        Counterexample named = named("CounterTwo.cfg", LIMIT, counting(0, 1, 2, 4, 5));
        assertThat(names(named)).containsExactly("Next", "Step", "Step", "Next", "Next");
        assertThat(named.note())
                .hasValue("arguments are missing: state 4 is not reached when the behaviour is replayed");
        assertThat(named.ending()).isEqualTo(new Ending.BackTo(ActionCall.named("Next"), 1));
    }

    @Test
    void configThatIsNotThereLeavesPlainNames() throws Exception {
        Counterexample named = named("Missing.cfg", LIMIT, counting(0, 1));
        assertThat(names(named)).containsExactly("Next", "Next");
        assertThat(named.note()).hasValueSatisfying(
                note -> assertThat(note).startsWith("arguments are missing: the replay failed: "));
    }

    @Test
    void replayThatTakesTooLongLeavesPlainNames() throws Exception {
        Counterexample named = named("CounterTwo.cfg", Duration.ofMillis(1), counting(0, 1));
        assertThat(names(named)).containsExactly("Next", "Next");
        assertThat(named.note()).hasValue("arguments are missing: the replay took longer than 0 s");
    }

    @Test
    void workspaceThatCantBeUsedLeavesPlainNames() throws Exception {
        workspace.close();
        Counterexample named = named("CounterTwo.cfg", LIMIT, counting(0, 1));
        assertThat(names(named)).containsExactly("Next", "Next");
        assertThat(named.note()).isPresent();
    }
}
