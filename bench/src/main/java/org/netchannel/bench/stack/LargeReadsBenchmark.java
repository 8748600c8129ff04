package org.netchannel.bench.stack;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.concurrent.TimeUnit;
import org.netchannel.optimized.NetStack;
import org.netchannel.optimized.Threading;
import org.netchannel.traces.ChannelClass;
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
 * How many mebibytes a second does one connection carry into a buffer of 1 MiB, with copy workers that share the
 * copying with the reader, and without? Over an in-memory channel: there the copying is most of the work. An operation
 * is one MiB that was received; the sender is a thread of its own, and so are the stacks'.
 */
@BenchmarkMode(Mode.Throughput)
@OutputTimeUnit(TimeUnit.SECONDS)
@Warmup(iterations = 3, time = 2)
@Measurement(iterations = 5, time = 2)
@Fork(value = 2, jvmArgsAppend = {
    "--sun-misc-unsafe-memory-access=allow", "--add-opens=java.base/jdk.internal.misc=ALL-UNNAMED"})
@State(Scope.Benchmark)
public class LargeReadsBenchmark {
    private static final int SIZE = 1 << 20;

    /** Copy workers of the receiving stack. */
    @Param({"0", "1", "2"})
    public int workers;

    private StackLink link;
    private Pipe pipe;
    private Pipe.End receiver;
    private Peer sender;
    private ByteBuffer target;

    /** JMH makes one. */
    public LargeReadsBenchmark() {}

    /**
     * Opens the connection and starts the sender.
     *
     * @throws IOException when it cannot be opened
     */
    @Setup(Level.Trial)
    public void open() throws IOException {
        link = new StackLink(Threading.of(NetStack.Mode.DEDICATED).withCopyWorkers(workers), Connector.MEMORY, 0, 1);
        pipe = link.connect(ChannelClass.THROUGHPUT);
        target = ByteBuffer.allocateDirect(SIZE);
        ByteBuffer source = ByteBuffer.allocateDirect(SIZE);
        Pipe.End left = pipe.left();
        receiver = pipe.right();
        sender = new Peer(() -> left.send(source.clear()));
    }

    /**
     * Receives a MiB.
     *
     * @throws IOException when the connection fails, on either side
     */
    @Benchmark
    public void mebibyte() throws IOException {
        receiver.receiveFully(target.clear());
    }

    /**
     * Ends the sender, and then the connection.
     *
     * @throws IOException when one of them has failed
     */
    @TearDown(Level.Trial)
    public void close() throws IOException {
        sender.close();
        pipe.close();
        link.close();
    }
}
