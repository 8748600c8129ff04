package org.netchannel.bench;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Collection;
import org.junit.jupiter.api.Test;
import org.openjdk.jmh.results.RunResult;
import org.openjdk.jmh.runner.Runner;
import org.openjdk.jmh.runner.RunnerException;
import org.openjdk.jmh.runner.options.OptionsBuilder;
import org.openjdk.jmh.runner.options.TimeValue;
import org.openjdk.jmh.runner.options.VerboseMode;

/** Every benchmark still runs. How fast is no test's business. */
class BenchmarksTest {
    @Test
    void oraclesJudgeTheTraceThatTheyAreMeasuredWith() throws RunnerException {
        Collection<RunResult> results = new Runner(new OptionsBuilder()
                        .include(TraceCheckBenchmark.class.getName())
                        .param("length", "500")
                        .forks(0)
                        .warmupIterations(0)
                        .measurementIterations(1)
                        .measurementTime(TimeValue.milliseconds(1))
                        .shouldFailOnError(true)
                        .verbosity(VerboseMode.SILENT)
                        .build())
                .run();
        assertThat(results).hasSize(TraceCheckBenchmark.Oracle.values().length);
        assertThat(results).allSatisfy(result -> assertThat(result.getSecondaryResults().get("lines").getScore())
                .isPositive());
    }
}
