package org.netchannel.bench;

import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.netchannel.conformance.check.ReferenceOracle;
import org.netchannel.conformance.check.SpecOracle;
import org.netchannel.conformance.exec.ExecImplementation;
import org.netchannel.conformance.run.Check;
import org.netchannel.conformance.run.Examiner;
import org.netchannel.conformance.run.Run;
import org.netchannel.conformance.run.ScenarioRunner;
import org.netchannel.conformance.scenario.Profile;
import org.netchannel.conformance.scenario.Scenario;
import org.netchannel.reference.ReferenceEndpoint;
import org.netchannel.traces.Endpoint;
import org.openjdk.jmh.annotations.AuxCounters;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Level;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;
import org.openjdk.jmh.annotations.Warmup;

/**
 * How many calls on endpoints does a campaign of scenarios make in a second, checking included? An operation is a
 * scenario from its start until it is judged, one seed after the other; bytes are always checked.
 */
@BenchmarkMode(Mode.Throughput)
@OutputTimeUnit(TimeUnit.SECONDS)
@Warmup(iterations = 3, time = 10)
@Measurement(iterations = 5, time = 10)
@Fork(value = 1, jvmArgsAppend = "--sun-misc-unsafe-memory-access=allow")
@State(Scope.Benchmark)
public class ScenarioBenchmark {
    private static final long FIRST_SEED = 1;

    /** What answers, and who judges. */
    public enum Depth {
        /** The reference in this JVM, judged by replaying the trace on the reference. */
        REFERENCE,
        /** The reference in this JVM, judged by the executed specification. */
        SPECIFICATION,
        /** Processes behind the line protocol, of which only bytes are checked. */
        PROCESS
    }

    /** The number to look at: calls made. */
    @AuxCounters(AuxCounters.Type.OPERATIONS)
    @State(Scope.Thread)
    public static class Made {
        /** Calls made in this iteration. */
        public long calls;

        /** JMH makes one for each thread. */
        public Made() {}

        /** Counts from the beginning. */
        @Setup(Level.Iteration)
        public void reset() {
            calls = 0;
        }
    }

    /** What answers, and who judges. */
    @Param
    public Depth depth;

    /** The process of {@link Depth#PROCESS}, for the shell. */
    @Param("python3 ../conformance/examples/python/endpoint.py")
    public String command;

    private Modules modules;
    private ExecImplementation processes;
    private Examiner examiner;
    private long next;

    /** JMH makes one. */
    public ScenarioBenchmark() {}

    /**
     * Loads the specification where it judges.
     *
     * @throws IOException when the modules cannot be put into a folder
     */
    @Setup
    public void prepare() throws IOException {
        modules = Modules.extracted();
        processes = new ExecImplementation(command, Duration.ofSeconds(60), 2);
        Supplier<Endpoint> maker = depth == Depth.PROCESS ? processes::get : ReferenceEndpoint::new;
        List<Check> checks = switch (depth) {
            case REFERENCE -> List.of(new Check("the reference", new ReferenceOracle(), 1, false));
            case SPECIFICATION -> List.of(new Check("the specification", new SpecOracle(modules.folder()), 1, false));
            case PROCESS -> List.of();
        };
        examiner = new Examiner(new ScenarioRunner(maker, maker), checks);
    }

    /**
     * Ends the processes and takes the modules away again.
     *
     * @throws IOException when that fails
     */
    @TearDown
    public void tidy() throws IOException {
        processes.close();
        modules.close();
    }

    /**
     * Runs and judges the next scenario.
     *
     * @param made counts its calls
     * @return the run
     */
    @Benchmark
    public Run scenario(Made made) {
        Profile[] profiles = Profile.values();
        long number = next++;
        Run run = examiner.examine(Scenario.fromSeed(
                profiles[(int) (number % profiles.length)], FIRST_SEED + number / profiles.length), number);
        run.violation().ifPresent(violation -> {
            throw new IllegalStateException("a scenario fails: " + violation);
        });
        made.calls += run.trace().size();
        return run;
    }
}
