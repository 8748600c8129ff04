package org.netchannel.bench.stack;

import java.io.IOException;
import java.nio.ByteBuffer;
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

/**
 * How many messages of a size does one connection carry in a second? One thread sends without end, one receives and
 * checks every byte once. An operation is one message; bytes a second are operations times the size.
 */
@BenchmarkMode(Mode.Throughput)
@OutputTimeUnit(TimeUnit.SECONDS)
@Warmup(iterations = 3, time = 2)
@Measurement(iterations = 5, time = 2)
@Fork(value = 2, jvmArgsAppend = {
    "--sun-misc-unsafe-memory-access=allow", "--add-opens=java.base/jdk.internal.misc=ALL-UNNAMED"})
@State(Scope.Benchmark)
public class ThroughputBenchmark {
    /** What carries the bytes. */
    @Param
    public Transport transport;

    /** Bytes of a message. */
    @Param({"4096", "262144"})
    public int size;

    private Pipe pipe;
    private Pipe.End receiver;
    private Peer sender;
    private ByteBuffer expected;
    private ByteBuffer target;

    /** JMH makes one. */
    public ThroughputBenchmark() {}

    /**
     * Opens the connection and starts the sender.
     *
     * @throws IOException when it cannot be opened
     */
    @Setup(Level.Trial)
    public void open() throws IOException {
        pipe = transport.open();
        expected = Bytes.pattern(size);
        target = ByteBuffer.allocateDirect(size);
        ByteBuffer source = Bytes.pattern(size);
        Pipe.End left = pipe.left();
        receiver = pipe.right();
        sender = new Peer(() -> left.send(source.clear()));
    }

    /**
     * Receives one message and checks it.
     *
     * @throws IOException when the connection fails, on either side
     */
    @Benchmark
    public void message() throws IOException {
        receiver.receiveFully(target.clear());
        Bytes.requireSame(expected, target.flip());
    }

    /**
     * Ends the sender, and then the connection.
     *
     * @throws IOException when the sender has failed
     */
    @TearDown(Level.Trial)
    public void close() throws IOException {
        sender.close();
        pipe.close();
    }
}
