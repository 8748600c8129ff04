package org.netchannel.bench.speed;

import java.util.List;
import java.util.stream.Stream;
import org.netchannel.bench.speed.Demand.Bound;
import org.netchannel.bench.stack.Connector;
import org.netchannel.bench.stack.Transport;
import org.netchannel.traces.Config;

/** What the stack promises about speed. */
public final class Questions {
    private static final int BULK = 1 << 18;
    private static final int SHORT = 1 << 12;
    /** Bytes for a packet: one object for any of a thousand packets would be more. */
    private static final double HARNESS = 0.01;
    private static final String NIO = Transport.NIO.tableName();
    private static final String TWO_COPIES = Transport.TWO_COPIES.tableName();
    private static final String MEMORY = Transport.MEMORY_INVOKER.tableName();
    private static final String TCP = Transport.TCP_INVOKER.tableName();

    private Questions() {}

    /**
     * All questions; those about DPDK only where it is there.
     *
     * @return in the order in which they are asked
     */
    public static List<Question> all() {
        return Stream.concat(
                Stream.of(tcp(), memory(), messages(), pingPong(), beside(), connections()),
                DpdkQuestions.all().stream()).toList();
    }

    private static Question tcp() {
        return new Question("tcp", "One connection over one TCP connection of the kernel's, 256 KiB writes.",
                streams(BULK, Transport.NIO, Transport.TCP_INVOKER, Transport.TCP_DEDICATED),
                List.of(new Demand(Quantity.GBIT_PER_SECOND, TCP, NIO, Bound.atLeast(0.93))));
    }

    private static Question memory() {
        return new Question("memory", "One connection over one channel in memory, 256 KiB writes, bytes checked once.",
                streams(BULK, Transport.NIO, Transport.TWO_COPIES, Transport.MEMORY_INVOKER,
                        Transport.MEMORY_DEDICATED),
                List.of(new Demand(Quantity.GBIT_PER_SECOND, MEMORY, NIO, Bound.atLeast(5)),
                        new Demand(Quantity.GBIT_PER_SECOND, MEMORY, TWO_COPIES, Bound.atLeast(0.5))));
    }

    private static Question messages() {
        return new Question("messages", "Messages of 4 KiB on one connection over one channel in memory.",
                streams(SHORT, Transport.NIO, Transport.TWO_COPIES, Transport.MEMORY_INVOKER,
                        Transport.MEMORY_DEDICATED),
                List.of(new Demand(Quantity.MESSAGES_PER_SECOND, MEMORY, NIO, Bound.atLeast(8))));
    }

    private static List<Contender> streams(int size, Transport... transports) {
        return List.of(transports).stream().<Contender>map(it -> new StreamContender(it, size)).toList();
    }

    private static Question pingPong() {
        return new Question("ping-pong", "4 KiB there and back over one channel in memory, two threads that spin.",
                List.of(new RoundTripContender(Transport.NIO, SHORT),
                        new RoundTripContender(Transport.MEMORY_INVOKER, SHORT)),
                List.of(new Demand(Quantity.P50_MICROSECONDS, MEMORY, null, Bound.atMost(5)),
                        new Demand(Quantity.P999_MICROSECONDS, MEMORY, NIO, Bound.atMost(0.1))));
    }

    private static Question beside() {
        return new Question("beside-bulk", "64 bytes there and back beside eight connections that send without end.",
                BulkContender.both(Config.DEFAULTS, Connector.TCP, true),
                List.of(new Demand(Quantity.P999_MICROSECONDS, BulkContender.APART, BulkContender.SHARED,
                                Bound.atMost(0.1)),
                        new Demand(Quantity.GBIT_PER_SECOND, BulkContender.APART, BulkContender.SHARED,
                                Bound.atLeast(0.88))));
    }

    private static Question connections() {
        ConnectionsContender few = new ConnectionsContender(100, 100);
        ConnectionsContender many = new ConnectionsContender(10_000, 100);
        return new Question("connections", "Messages of 1 KiB on 100 connections while 10,000 are open.",
                List.of(few, many),
                List.of(new Demand(Quantity.NANOSECONDS_PER_PACKET, many.name(), few.name(), Bound.atMost(1.1)),
                        new Demand(Quantity.BYTES_PER_CONNECTION, many.name(), null, Bound.atMost(2_048)),
                        new Demand(Quantity.ALLOCATED_BYTES_PER_PACKET, many.name(), null, Bound.atMost(HARNESS))));
    }
}
