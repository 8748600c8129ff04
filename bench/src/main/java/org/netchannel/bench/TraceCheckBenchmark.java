package org.netchannel.bench;

import java.io.IOException;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.netchannel.conformance.check.ReferenceOracle;
import org.netchannel.conformance.check.SampleTrace;
import org.netchannel.conformance.check.SpecOracle;
import org.netchannel.conformance.check.TraceChecker;
import org.netchannel.conformance.check.Verdict;
import org.netchannel.traces.TraceHeader;
import org.netchannel.traces.TraceLine;
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
 * How many lines of a trace does an oracle judge in a second, and is that the same for long traces? The trace has two
 * hosts with several connections and is in memory; reading a file is not part of it.
 */
@BenchmarkMode(Mode.Throughput)
@OutputTimeUnit(TimeUnit.SECONDS)
@Warmup(iterations = 3, time = 5)
@Measurement(iterations = 5, time = 5)
@Fork(value = 1, jvmArgsAppend = "--sun-misc-unsafe-memory-access=allow")
@State(Scope.Benchmark)
public class TraceCheckBenchmark {
    private static final long SEED = 1;

    /** Who judges. */
    public enum Oracle {
        /** The specification, executed. */
        SPEC,
        /** The reference, replayed. */
        REFERENCE
    }

    /** The number to look at: lines judged. */
    @AuxCounters(AuxCounters.Type.OPERATIONS)
    @State(Scope.Thread)
    public static class Judged {
        /** Lines judged in this iteration. */
        public long lines;

        /** JMH makes one for each thread. */
        public Judged() {}

        /** Counts from the beginning. */
        @Setup(Level.Iteration)
        public void reset() {
            lines = 0;
        }
    }

    /** Who judges. */
    @Param
    public Oracle oracle;

    /** How long the trace is. */
    @Param({"1000", "10000", "100000"})
    public int length;

    private TraceHeader header;
    private List<TraceLine> trace;
    private TraceChecker checker;
    private Modules modules;

    /** JMH makes one. */
    public TraceCheckBenchmark() {}

    /**
     * Records the trace and loads the specification.
     *
     * @throws IOException when the modules cannot be put into a folder
     */
    @Setup
    public void prepare() throws IOException {
        header = SampleTrace.header(SEED);
        trace = SampleTrace.lines(SEED, length);
        modules = Modules.extracted();
        checker = oracle == Oracle.SPEC ? new SpecOracle(modules.folder()) : new ReferenceOracle();
    }

    /**
     * Takes the modules away again.
     *
     * @throws IOException when that fails
     */
    @TearDown
    public void tidy() throws IOException {
        modules.close();
    }

    /**
     * Judges the trace once.
     *
     * @param judged counts its lines
     * @return the verdict
     */
    @Benchmark
    public Verdict check(Judged judged) {
        Verdict verdict = checker.check(header, trace);
        if (!(verdict instanceof Verdict.Accepted)) {
            throw new IllegalStateException("a trace of the reference is not accepted: " + verdict);
        }
        judged.lines += trace.size();
        return verdict;
    }
}
