package org.netchannel.bench.stack;

import java.io.IOException;
import java.util.concurrent.TimeUnit;
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

/** How long does a message of 4 KiB take to the other end and back, with nothing else going on? */
@BenchmarkMode(Mode.SampleTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Warmup(iterations = 3, time = 2)
@Measurement(iterations = 5, time = 2)
@Fork(value = 2, jvmArgsAppend = {
    "--sun-misc-unsafe-memory-access=allow", "--add-opens=java.base/jdk.internal.misc=ALL-UNNAMED"})
@State(Scope.Benchmark)
public class PingPongBenchmark {
    private static final int SIZE = 4_096;

    /** What carries the bytes. */
    @Param
    public Transport transport;

    private Pipe pipe;
    private RoundTrip message;

    /** JMH makes one. */
    public PingPongBenchmark() {}

    /**
     * Opens the connection and starts the echo.
     *
     * @throws IOException when it cannot be opened
     */
    @Setup(Level.Trial)
    public void open() throws IOException {
        pipe = transport.open();
        message = new RoundTrip(pipe, SIZE);
    }

    /**
     * Sends a message and waits until it is back.
     *
     * @throws IOException when the connection fails, on either side
     */
    @Benchmark
    public void roundTrip() throws IOException {
        message.go();
    }

    /**
     * Ends the echo, and then the connection.
     *
     * @throws IOException when the echo has failed
     */
    @TearDown(Level.Trial)
    public void close() throws IOException {
        message.close();
        pipe.close();
    }
}
