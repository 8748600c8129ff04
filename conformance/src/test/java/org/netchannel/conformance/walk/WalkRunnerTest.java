package org.netchannel.conformance.walk;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;
import java.util.function.Supplier;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.netchannel.conformance.check.SpecOracle;
import org.netchannel.conformance.transfer.Implementations;
import org.netchannel.reference.ReferenceEndpoint;
import org.netchannel.traces.Endpoint;

/** Implementations take the steps of the walks, and nothing is wrong with what they do. */
class WalkRunnerTest {
    private static final long SEED = 1;
    private static final double LEAST_TAKEN = 0.9;

    private static SpecOracle oracle;

    @BeforeAll
    static void load() {
        oracle = new SpecOracle(Path.of("../specs/tla"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"reference", "optimized"})
    void everyWalkIsReplayedAndEveryPairOfActions(String name) {
        Supplier<Endpoint> implementation = Implementations.maker(name).orElseThrow();
        WalkRunner runner = new WalkRunner(implementation, oracle);
        WalkCoverage coverage = new WalkCoverage();
        for (Walk walk : Walks.builtIn()) {
            WalkResult result = runner.run(walk, SEED);
            assertThat(result.violation()).as(() -> name + ": " + walk).isEmpty();
            assertThat(result.clauses()).isNotEmpty();
            coverage.add(result);
        }
        assertThat((double) coverage.stepsTaken() / coverage.steps()).isGreaterThan(LEAST_TAKEN);
        assertThat(coverage.missing()).isEmpty();
    }

    @Test
    void theSameWalkIsTheSameTrace() {
        WalkRunner runner = new WalkRunner(ReferenceEndpoint::new, oracle);
        List<Walk> walks = Walks.builtIn();
        assertThat(runner.run(walks.getLast(), SEED).trace()).isEqualTo(runner.run(walks.getLast(), SEED).trace());
    }
}
