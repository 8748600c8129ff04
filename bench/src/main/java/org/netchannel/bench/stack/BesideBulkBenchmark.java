package org.netchannel.bench.stack;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.LongAdder;
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
 * How long does a message of 64 bytes take to the other end and back while another connection of the same hosts sends
 * 256 KiB at a time without end? The bulk has one thread on each side, and so have the messages. Sampled times have
 * the percentiles; JMH counts the bulk only where it measures throughput.
 */
@BenchmarkMode({Mode.SampleTime, Mode.Throughput})
@OutputTimeUnit(TimeUnit.MICROSECONDS)
@Warmup(iterations = 3, time = 2)
@Measurement(iterations = 5, time = 2)
@Fork(value = 2, jvmArgsAppend = {
    "--sun-misc-unsafe-memory-access=allow", "--add-opens=java.base/jdk.internal.misc=ALL-UNNAMED"})
@State(Scope.Benchmark)
public class BesideBulkBenchmark {
    private static final int MESSAGE = 64;
    private static final int BULK = 1 << 18;

    /** Who shares what. */
    @Param
    public Neighbours neighbours;

    private final LongAdder carried = new LongAdder();
    private Neighbours.Pair pair;
    private RoundTrip message;
    private Peer sender;
    private Peer receiver;

    /** What the bulk reaches meanwhile: a short round trip is no merit where nothing else moves. */
    @AuxCounters(AuxCounters.Type.OPERATIONS)
    @State(Scope.Thread)
    public static class Bulk {
        /** Bytes that have arrived in this iteration. */
        public long bulkBytes;

        private long before;

        /** JMH makes one for each thread. */
        public Bulk() {}

        /**
         * Counts from here.
         *
         * @param benchmark what carries the bulk
         */
        @Setup(Level.Iteration)
        public void begin(BesideBulkBenchmark benchmark) {
            before = benchmark.carried.sum();
            bulkBytes = 0;
        }

        /**
         * Counts to here.
         *
         * @param benchmark what carries the bulk
         */
        @TearDown(Level.Iteration)
        public void end(BesideBulkBenchmark benchmark) {
            bulkBytes = benchmark.carried.sum() - before;
        }
    }

    /** JMH makes one. */
    public BesideBulkBenchmark() {}

    /**
     * Opens both connections and starts the echo and the bulk.
     *
     * @throws IOException when they cannot be opened
     */
    @Setup(Level.Trial)
    public void open() throws IOException {
        pair = neighbours.open();
        message = new RoundTrip(pair.messages(), MESSAGE);
        Pipe.End from = pair.bulk().left();
        ByteBuffer bulk = Bytes.pattern(BULK);
        sender = new Peer(() -> from.send(bulk.clear()));
        Pipe.End to = pair.bulk().right();
        ByteBuffer arrived = ByteBuffer.allocateDirect(BULK);
        receiver = new Peer(() -> {
            to.receiveFully(arrived.clear());
            carried.add(BULK);
        });
    }

    /**
     * Sends a message and waits until it is back.
     *
     * @param bulk counts the bulk
     * @throws IOException when a connection fails, on either side
     */
    @Benchmark
    public void roundTrip(Bulk bulk) throws IOException {
        message.go();
    }

    /**
     * Ends the bulk and the echo, and then the connections.
     *
     * @throws IOException when one of them has failed
     */
    @TearDown(Level.Trial)
    public void close() throws IOException {
        sender.check();
        receiver.check();
        sender.stop();
        receiver.stop();
        sender.close();
        receiver.close();
        message.close();
        pair.close();
    }
}
