package org.netchannel.conformance.guide;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.netchannel.conformance.check.SpecOracle;
import org.netchannel.conformance.check.Verdict;
import org.netchannel.conformance.run.Run;
import org.netchannel.conformance.run.ScenarioRunner;
import org.netchannel.conformance.scenario.Profile;
import org.netchannel.conformance.scenario.Scenario;
import org.netchannel.reference.ReferenceEndpoint;
import org.netchannel.traces.TraceEvent;

class TrailTest {
    private final FollowedOracle oracle = new FollowedOracle(new SpecOracle(Path.of("../specs/tla")));

    private Run run(Profile profile, long seed) {
        Run run = new ScenarioRunner(ReferenceEndpoint::new, ReferenceEndpoint::new)
                .run(Scenario.fromSeed(profile, seed));
        assertThat(oracle.check(run.header(), run.trace())).isInstanceOf(Verdict.Accepted.class);
        return run;
    }

    @Test
    void actionsAreCountedByTheirNames() {
        Run run = run(Profile.DATA, 1);
        Trail trail = oracle.last().orElseThrow();
        assertThat(Actions.all()).doesNotHaveDuplicates().containsAll(trail.actions().keySet());
        long connects = run.trace().stream().filter(line -> line.event() instanceof TraceEvent.Connect).count();
        assertThat(connects).isPositive();
        assertThat(trail.actions().get("connect")).isEqualTo(connects);
        assertThat(trail.actions()).containsKeys("pull DATA", "deliver DATA", "pull HELLO", "pull nothing");
        assertThat(oracle.actions().keySet()).containsExactlyElementsOf(Actions.all());
        assertThat(oracle.actions().get("connect")).isEqualTo(connects);
        run(Profile.DATA, 1);
        assertThat(oracle.actions().get("connect")).isEqualTo(2 * connects);
    }

    @Test
    void situationsAndPairsSayWhatCameBefore() {
        run(Profile.DATA, 1);
        Trail trail = oracle.last().orElseThrow();
        assertThat(trail.pairs()).contains("pull NCSYN, then on the other host deliver NCSYN");
        assertThat(trail.situations()).anyMatch(situation -> situation.startsWith("deliver DATA [NC-DATA-1, "));
    }

    @Test
    void rejectedTraceExercisesNothing() {
        Run run = run(Profile.DATA, 1);
        assertThat(oracle.check(run.header(), run.trace().subList(1, run.trace().size())))
                .isInstanceOf(Verdict.Rejected.class);
        assertThat(oracle.last()).isEmpty();
    }
}
