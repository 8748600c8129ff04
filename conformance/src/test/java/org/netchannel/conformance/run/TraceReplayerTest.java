package org.netchannel.conformance.run;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.netchannel.conformance.report.FailureReport;
import org.netchannel.conformance.run.TraceReplayer.Difference;
import org.netchannel.conformance.scenario.Profile;
import org.netchannel.conformance.scenario.Scenario;
import org.netchannel.reference.ReferenceEndpoint;
import org.netchannel.traces.PacketType;
import org.netchannel.traces.TraceEvent;
import org.netchannel.traces.TraceReader;

class TraceReplayerTest {
    private static final int SEEDS = 20;
    private static final long LIMIT_NANOS = 20_000_000_000L;

    @TempDir
    private Path folder;

    private final ScenarioRunner runner = new ScenarioRunner(ReferenceEndpoint::new, ReferenceEndpoint::new);

    @ParameterizedTest
    @EnumSource(Profile.class)
    void aRunIsReplayedCallForCall(Profile profile) {
        TraceReplayer replayer = new TraceReplayer(ReferenceEndpoint::new);
        for (long seed = 0; seed < SEEDS; seed++) {
            Run run = runner.run(Scenario.fromSeed(profile, seed));

            assertThat(replayer.replay(run.header(), run.trace())).as("%s seed %d", profile, seed).isEmpty();
        }
    }

    @Test
    void theTraceFileOfAFailureShowsItAgainOnlyOnTheEndpointThatFailed() throws IOException {
        ScenarioRunner mutant = new ScenarioRunner(
                () -> Mutants.withholding(PacketType.FIN), () -> Mutants.withholding(PacketType.FIN));
        Campaign.Plan plan = new Campaign.Plan(List.of(Profile.CLOSE), 0, 100, LIMIT_NANOS, 1, LIMIT_NANOS);
        Failure failure = new Campaign(new Examiner(mutant, List.of())).run(plan, coverage -> { })
                .failures().getFirst();
        Path file = folder.resolve("failure.ndjson");

        FailureReport.write(failure, file);

        try (TraceReader reader = TraceReader.open(file)) {
            assertThat(new TraceReplayer(() -> Mutants.withholding(PacketType.FIN)).replay(reader.header(), reader))
                    .isEmpty();
        }
        try (TraceReader reader = TraceReader.open(file)) {
            Optional<Difference> difference =
                    new TraceReplayer(ReferenceEndpoint::new).replay(reader.header(), reader);
            assertThat(difference).isPresent();
            assertThat(difference.get().expected().event()).isInstanceOf(TraceEvent.Pull.class);
        }
    }

    @Test
    void wrongBytesAreWrongAgain() {
        Run run = new ScenarioRunner(Mutants::corruptingPayload, ReferenceEndpoint::new)
                .run(Scenario.fromSeed(Profile.DATA, firstCorrupted()));

        Optional<Difference> difference = new TraceReplayer(ReferenceEndpoint::new).replay(run.header(), run.trace());

        // The first packet with wrong bytes is pulled from host A; the reference gives it with right ones.
        assertThat(difference).isPresent();
        assertThat(difference.get().expected().event().toString()).contains("intact=false");
        assertThat(difference.get().answered().event().toString()).doesNotContain("intact=false");
    }

    private static long firstCorrupted() {
        ScenarioRunner mutant = new ScenarioRunner(Mutants::corruptingPayload, ReferenceEndpoint::new);
        long seed = 0;
        while (mutant.run(Scenario.fromSeed(Profile.DATA, seed)).violation().isEmpty()) {
            seed++;
        }
        return seed;
    }
}
