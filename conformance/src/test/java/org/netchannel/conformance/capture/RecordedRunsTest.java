package org.netchannel.conformance.capture;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Supplier;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.netchannel.conformance.check.Verdict;
import org.netchannel.conformance.run.Run;
import org.netchannel.conformance.run.ScenarioRunner;
import org.netchannel.conformance.scenario.Profile;
import org.netchannel.conformance.scenario.Scenario;
import org.netchannel.conformance.scenario.Setup;
import org.netchannel.reference.ReferenceEndpoint;
import org.netchannel.traces.Endpoint;

/**
 * Random runs of the reference, captured: what the import makes of the packets alone is a behaviour of the
 * specification. These runs have tiny buffers and fail channels all the time, so they are as hard as it gets.
 */
class RecordedRunsTest {
    private static final long SEEDS = 25;

    /** Runs for which it finds another explanation than the true one, and then gets stuck; see the README. */
    private static final Map<Profile, Set<Long>> TOO_HARD = Map.of(
            Profile.CLOSE, Set.of(21L),
            Profile.FAILURE, Set.of(17L, 22L));

    @TempDir
    private Path folder;

    @ParameterizedTest
    @EnumSource(Profile.class)
    void whatWasCapturedOfCorrectHostsIsAccepted(Profile profile) throws Exception {
        Supplier<Endpoint> reference = ReferenceEndpoint::new;
        ScenarioRunner runner = new ScenarioRunner(reference, reference);
        Set<Long> notExplained = new TreeSet<>();
        int accepted = 0;
        for (long seed = 0; seed < SEEDS; seed++) {
            Run run = runner.run(Scenario.fromSeed(profile, seed));
            List<Segment> segments = RecordedTraffic.isPossible(run.trace())
                    ? RecordedTraffic.of(run.trace())
                    : List.of();
            if (!segments.isEmpty()) {
                Verdict verdict = verdict(run.scenario().setup(), segments);
                if (verdict instanceof Verdict.Accepted) {
                    accepted++;
                } else {
                    notExplained.add(seed);
                }
            }
        }
        assertThat(notExplained).isSubsetOf(TOO_HARD.getOrDefault(profile, Set.of()));
        assertThat(accepted).as("accepted of %s", profile).isPositive();
    }

    private Verdict verdict(Setup setup, List<Segment> segments) throws IOException, InterruptedException {
        boolean swapped = RecordedTraffic.firstDialer(segments) == 1;
        CaptureReport report = Importing.of(segments, folder.resolve("run.ndjson"),
                swapped ? setup.configB() : setup.configA(), swapped ? setup.configA() : setup.configB());
        assertThat(report.links()).hasSize(1);
        assertThat(report.links().getFirst().hole()).isEmpty();
        return Importing.verdict(report.links().getFirst().trace());
    }
}
