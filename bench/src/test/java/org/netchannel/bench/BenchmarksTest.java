package org.netchannel.bench;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.File;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Collection;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.netchannel.bench.stack.BesideBulkBenchmark;
import org.netchannel.bench.stack.LargeReadsBenchmark;
import org.netchannel.bench.stack.Neighbours;
import org.netchannel.bench.stack.PingPongBenchmark;
import org.netchannel.bench.stack.ThroughputBenchmark;
import org.netchannel.bench.stack.Transport;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.profile.GCProfiler;
import org.openjdk.jmh.results.RunResult;
import org.openjdk.jmh.runner.Runner;
import org.openjdk.jmh.runner.RunnerException;
import org.openjdk.jmh.runner.options.OptionsBuilder;
import org.openjdk.jmh.runner.options.TimeValue;
import org.openjdk.jmh.runner.options.VerboseMode;

/** Every benchmark still runs. How fast is no test's business. */
class BenchmarksTest {
    /** The smallest object takes 16 bytes. What the harness allocates for an iteration is less for each message. */
    private static final double HALF_AN_OBJECT = 8;

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

    @Test
    void scenariosAreRunAndJudged() throws RunnerException {
        Collection<RunResult> results = scenarios(ScenarioBenchmark.Depth.REFERENCE.name(),
                ScenarioBenchmark.Depth.SPECIFICATION.name());
        assertThat(results).hasSize(2).allSatisfy(result ->
                assertThat(result.getSecondaryResults().get("calls").getScore()).isPositive());
    }

    @Test
    void scenariosOfProcessesAreRun() throws RunnerException {
        boolean present = Arrays.stream(System.getenv().getOrDefault("PATH", "").split(File.pathSeparator))
                .anyMatch(folder -> Files.isExecutable(Path.of(folder, "python3")));
        assumeTrue(present, "python3 is missing: install it and have it on the PATH to test this benchmark");
        assertThat(scenarios(ScenarioBenchmark.Depth.PROCESS.name())).hasSize(1).allSatisfy(result ->
                assertThat(result.getSecondaryResults().get("calls").getScore()).isPositive());
    }

    private static Collection<RunResult> scenarios(String... depths) throws RunnerException {
        return new Runner(new OptionsBuilder()
                        .include(ScenarioBenchmark.class.getName())
                        .param("depth", depths)
                        .forks(0)
                        .warmupIterations(0)
                        .measurementIterations(1)
                        .measurementTime(TimeValue.milliseconds(1))
                        .shouldFailOnError(true)
                        .verbosity(VerboseMode.SILENT)
                        .build())
                .run();
    }

    @Test
    void messagesGetThroughBesideBulk() throws RunnerException {
        Collection<RunResult> results = stackBenchmark(BesideBulkBenchmark.class);
        assertThat(results).hasSize(2 * Neighbours.values().length);
        assertThat(results).allSatisfy(result -> assertThat(result.getPrimaryResult().getScore()).isPositive());
        assertThat(results)
                .filteredOn(result -> result.getParams().getMode() == Mode.Throughput)
                .hasSize(Neighbours.values().length)
                .allSatisfy(result -> assertThat(result.getSecondaryResults().get("bulkBytes").getScore())
                        .isPositive());
    }

    @ParameterizedTest
    @ValueSource(classes = {ThroughputBenchmark.class, PingPongBenchmark.class})
    void everyTransportCarriesMessages(Class<?> benchmark) throws RunnerException {
        Collection<RunResult> results = stackBenchmark(benchmark);
        assertThat(results).hasSizeGreaterThanOrEqualTo(Transport.values().length);
        assertThat(results).allSatisfy(result -> assertThat(result.getPrimaryResult().getScore()).isPositive());
    }

    @Test
    void largeReadsGetThroughWithAndWithoutWorkers() throws RunnerException {
        assertThat(stackBenchmark(LargeReadsBenchmark.class)).hasSize(3)
                .allSatisfy(result -> assertThat(result.getPrimaryResult().getScore()).isPositive());
    }

    /** The gate: in steady state no byte is allocated for a message, by either application or either stack. */
    @ParameterizedTest
    @EnumSource(value = Transport.class, names = {"MEMORY_INVOKER", "MEMORY_DEDICATED"})
    void messagesAllocateNothing(Transport transport) throws RunnerException {
        Collection<RunResult> results = new Runner(new OptionsBuilder()
                        .include(ThroughputBenchmark.class.getName())
                        .param("transport", transport.name())
                        .param("size", "4096")
                        .addProfiler(GCProfiler.class)
                        .forks(1)
                        .warmupIterations(2)
                        .warmupTime(TimeValue.milliseconds(500))
                        .measurementIterations(3)
                        .measurementTime(TimeValue.milliseconds(500))
                        .shouldFailOnError(true)
                        .verbosity(VerboseMode.SILENT)
                        .build())
                .run();
        assertThat(results).singleElement().satisfies(result ->
                assertThat(result.getSecondaryResults().get("gc.alloc.rate.norm").getScore())
                        .isLessThan(HALF_AN_OBJECT));
    }

    private static Collection<RunResult> stackBenchmark(Class<?> benchmark) throws RunnerException {
        return new Runner(new OptionsBuilder()
                        .include(benchmark.getName())
                        .forks(0)
                        .warmupIterations(0)
                        .measurementIterations(1)
                        .measurementTime(TimeValue.milliseconds(benchmark == BesideBulkBenchmark.class ? 200 : 20))
                        .shouldFailOnError(true)
                        .verbosity(VerboseMode.SILENT)
                        .build())
                .run();
    }
}
