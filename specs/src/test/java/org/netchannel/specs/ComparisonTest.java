package org.netchannel.specs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.netchannel.specs.PropertyKind.ACTION_PROPERTY;
import static org.netchannel.specs.PropertyKind.DEADLOCK;
import static org.netchannel.specs.PropertyKind.INVARIANT;
import static org.netchannel.specs.PropertyKind.TEMPORAL_PROPERTY;

import java.util.List;
import org.junit.jupiter.api.Test;

class ComparisonTest {
    private static final ConfigFile ONE = ConfigFile.parse("INVARIANT Fits PROPERTY Refines");
    private static final ConfigFile TWO = ConfigFile.parse("INVARIANT Fits PROPERTIES Refines Ends");

    private static List<String> named(PropertyKind kind, List<String> said, ConfigFile config) {
        return ((Finding.Violated) Comparison.named(new Finding.Violated(kind, said), config)).candidates();
    }

    @Test
    void propertyThatTlcDoesNotNameIsOneOfTheConfig() {
        assertThat(named(TEMPORAL_PROPERTY, List.of(), ONE)).containsExactly("Refines");
        assertThat(named(TEMPORAL_PROPERTY, List.of(), TWO)).containsExactly("Ends", "Refines");
        assertThat(named(ACTION_PROPERTY, List.of(), ONE)).containsExactly("Refines");
    }

    @Test
    void propertyThatTlcNamesIsThat() {
        assertThat(named(ACTION_PROPERTY, List.of("Ends"), TWO)).containsExactly("Ends");
        assertThat(named(INVARIANT, List.of("Fits"), TWO)).containsExactly("Fits");
        assertThat(named(DEADLOCK, List.of(), TWO)).isEmpty();
    }

    @Test
    void violationWithSeveralCandidatesIsNotTheExpectedOne() {
        Model model = Toys.violates("Stop", "Stop.cfg", TEMPORAL_PROPERTY, "Ends");
        Finding finding = Comparison.named(new Finding.Violated(TEMPORAL_PROPERTY, List.of()), TWO);
        assertThat(Comparison.differences(model, finding, Counts.NONE)).containsExactly(
                "expected: violates the temporal property Ends; "
                        + "found: violates a temporal property, one of Ends, Refines");
    }

    @Test
    void kindOfTheViolationCounts() {
        Model model = Toys.violates("Stop", "Stop.cfg", ACTION_PROPERTY, "Refines");
        assertThat(Comparison.differences(
                        model, new Finding.Violated(TEMPORAL_PROPERTY, List.of("Refines")), Counts.NONE))
                .hasSize(1);
        assertThat(Comparison.differences(
                        model, new Finding.Violated(ACTION_PROPERTY, List.of("Refines")), Counts.NONE))
                .isEmpty();
    }
}
