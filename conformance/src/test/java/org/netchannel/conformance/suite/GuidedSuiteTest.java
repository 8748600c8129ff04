package org.netchannel.conformance.suite;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.Duration;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.netchannel.conformance.Patience;
import org.netchannel.conformance.guide.Actions;
import org.netchannel.reference.ReferenceEndpoint;

/** The campaign of the suite is guided, and its report says what was exercised; who runs it changes nothing. */
class GuidedSuiteTest {
    private static final int RUNS = 40;

    private static Result result(int workers) throws InterruptedException {
        Plan plan = new Plan(Set.of(Part.SCENARIOS), EnumSet.of(Topic.CLOSE), List.of(Arrangement.SELF), 3, RUNS,
                Duration.ofMinutes(10), 1, workers);
        Subject subject = new Subject("reference", ReferenceEndpoint::new, Patience.DEFAULT);
        return new Suite(subject, plan, Path.of("../specs/tla")).run(progress -> { });
    }

    @Test
    void severalWorkersRunTheSameCampaignAsOne() throws InterruptedException {
        Result alone = result(1);
        Result together = result(3);
        assertThat(alone.findings()).isEmpty();
        assertThat(alone.parts().getFirst().runs()).isEqualTo(RUNS);
        assertThat(together.actions()).isEqualTo(alone.actions());
        assertThat(together.exercised()).isEqualTo(alone.exercised());
        assertThat(together.parts().getFirst().lines()).isEqualTo(alone.parts().getFirst().lines());
        assertThat(alone.actions().keySet()).containsExactlyElementsOf(Actions.all());
        assertThat(alone.actions().get("close")).isPositive();
        assertThat(alone.actions().get("deliver UNREADABLE")).isZero();
        assertThat(alone.exercised().get("NC-FIN-1")).isBetween(1L, (long) RUNS);
    }
}
