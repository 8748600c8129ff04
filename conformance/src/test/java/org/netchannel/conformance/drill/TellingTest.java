package org.netchannel.conformance.drill;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.netchannel.conformance.Violation;
import org.netchannel.conformance.drill.Telling.Suspect;
import org.netchannel.traces.Config;
import org.netchannel.traces.TraceHeader;

class TellingTest {
    private static DrillResult result(String name, String clauses, Role role, boolean fails) {
        Drill drill = Drill.of(name, "what happens", clauses, role, stage -> {});
        Optional<Violation> violation =
                fails ? Optional.of(Violation.of("wrong", "very", "NC-CH-1")) : Optional.empty();
        return new DrillResult(
                drill, new TraceHeader("test", List.of("A", "B"), Config.DEFAULTS, 0), List.of(), violation, Set.of());
    }

    @Test
    void clauseWhoseDrillsFailAndFewOthersComesFirst() {
        List<DrillResult> results = List.of(
                result("first", "NC-HS-1 NC-HS-2", Role.ACCEPTING, true),
                result("second", "NC-HS-1", Role.ACCEPTING, false),
                result("third", "NC-HS-2", Role.ACCEPTING, true),
                result("fourth", "NC-HS-3", Role.ACCEPTING, false));
        assertThat(Telling.suspects(results))
                .containsExactly(new Suspect("NC-HS-2", 2, 2, 2), new Suspect("NC-HS-1", 1, 2, 2));
        assertThat(Telling.failed(results))
                .extracting(result -> result.drill().title())
                .containsExactly("third", "first");
    }

    @Test
    void suspicionIsOneWhenExactlyTheDrillsOfTheClauseFail() {
        assertThat(new Suspect("NC-HS-1", 3, 3, 3).suspicion()).isEqualTo(1);
        assertThat(new Suspect("NC-HS-1", 3, 3, 12).suspicion()).isEqualTo(0.5);
        assertThat(new Suspect("NC-HS-1", 3, 12, 3).suspicion()).isEqualTo(0.5);
    }

    @Test
    void oneRoleStandsForBoth() {
        List<DrillResult> results = List.of(
                result("first", "NC-HS-1", Role.CONNECTING, true), result("first", "NC-HS-1", Role.ACCEPTING, true));
        assertThat(Telling.failed(results))
                .extracting(result -> result.drill().role())
                .containsExactly(Role.CONNECTING);
    }

    @Test
    void drillsThatPassAreLeftOut() {
        assertThat(Telling.failed(List.of(result("first", "NC-HS-1", Role.ACCEPTING, false)))).isEmpty();
    }
}
