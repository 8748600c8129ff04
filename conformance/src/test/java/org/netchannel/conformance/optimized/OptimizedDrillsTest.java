package org.netchannel.conformance.optimized;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.netchannel.conformance.check.SpecOracle;
import org.netchannel.conformance.drill.Drill;
import org.netchannel.conformance.drill.DrillRunner;
import org.netchannel.conformance.drill.Drills;
import org.netchannel.optimized.OptimizedEndpoint;

/** The optimized stack passes every drill, clause by clause. */
class OptimizedDrillsTest {
    private static DrillRunner runner;

    @BeforeAll
    static void load() {
        runner = new DrillRunner(OptimizedEndpoint::new, new SpecOracle(Path.of("../specs/tla")));
    }

    static List<Drill> drills() {
        return Drills.all();
    }

    @ParameterizedTest
    @MethodSource("drills")
    void itPassesEveryDrill(Drill drill) {
        assertThat(runner.run(drill).violation()).isEmpty();
    }
}
