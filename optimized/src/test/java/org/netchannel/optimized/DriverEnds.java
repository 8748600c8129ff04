package org.netchannel.optimized;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.foreign.Arena;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.util.function.BooleanSupplier;
import java.util.function.UnaryOperator;

/** Both ends of a channel, and what a stack would do with them, step by step. */
final class DriverEnds implements AutoCloseable {
    final SegmentPool pool = new SegmentPool(16 << 20, Arena.ofAuto());
    final OutgoingPackets packets = new OutgoingPackets(1 << 20);
    final ChannelDriver left;
    final ChannelDriver right;
    private final IncomingPacket incoming = new IncomingPacket();

    private DriverEnds(UnaryOperator<ChannelDriver> around, boolean tcp) throws IOException {
        if (tcp) {
            try (ServerSocketChannel server = ServerSocketChannel.open()) {
                server.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0));
                SocketChannel dialed = SocketChannel.open(server.getLocalAddress());
                SocketChannel accepted = server.accept();
                dialed.configureBlocking(false);
                accepted.configureBlocking(false);
                left = around.apply(new TcpDriver(dialed, pool, ByteBuffer.allocate(0)));
                right = around.apply(new TcpDriver(accepted, pool, ByteBuffer.allocate(0)));
            }
        } else {
            MemoryDriver[] ends = MemoryDriver.pair();
            left = around.apply(ends[0]);
            right = around.apply(ends[1]);
        }
    }

    static DriverEnds memory(UnaryOperator<ChannelDriver> around) {
        return of(around, false);
    }

    static DriverEnds tcp(UnaryOperator<ChannelDriver> around) {
        return of(around, true);
    }

    private static DriverEnds of(UnaryOperator<ChannelDriver> around, boolean tcp) {
        try {
            return new DriverEnds(around, tcp);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Every field and every byte says which one it is. */
    void put(ChannelDriver end, int number, int length) {
        int type = length == 0 ? Wire.ACK : Wire.DATA;
        OutgoingPacket packet = packets.of(type, length, number, number, 3L * number, ~number);
        packet.sourcePort = number & 0xffff;
        packet.destinationPort = number * 7 & 0xffff;
        if (length > 0) {
            packet.segment = pool.claim(length);
            packet.at = 0;
            for (int i = 0; i < length; i++) {
                packet.segment.bytes().put(i, (byte) (i * 13 + number));
            }
        }
        end.enqueue(packet);
        packets.release(packet);
    }

    /** Puts one in as soon as there is room, if there is. */
    boolean offer(ChannelDriver end, int number, int length) {
        boolean room = end.hasRoom();
        if (room) {
            put(end, number, length);
        }
        end.flush();
        return room;
    }

    /** Takes the next packet, which has to be this one, if it is there. */
    boolean take(ChannelDriver end, int number, int length) {
        end.fetch();
        // As an agent does: who is not told of news does not ask.
        ChannelDriver.Dequeued dequeued = end.hasNews() ? end.next(incoming) : ChannelDriver.Dequeued.NOTHING;
        if (dequeued == ChannelDriver.Dequeued.NOTHING) {
            return false;
        }
        require(dequeued == ChannelDriver.Dequeued.PACKET, "not a packet");
        require(incoming.tag == number && incoming.connection() == number && incoming.offset() == 3L * number
                && incoming.ack == ~number && incoming.sourcePort == (number & 0xffff)
                && incoming.destinationPort == (number * 7 & 0xffff) && incoming.length() == length,
                "packet " + number + " came as packet " + incoming.connection() + " of " + incoming.length());
        for (int i = 0; i < length; i++) {
            require(incoming.payload().get(incoming.payloadAt() + i) == (byte) (i * 13 + number), "wrong byte " + i);
        }
        end.release(incoming);
        return true;
    }

    static void until(BooleanSupplier reached) {
        while (!reached.getAsBoolean()) {
            if (Thread.interrupted()) {
                throw new AssertionError("what the test waits for does not happen");
            }
        }
    }

    private static void require(boolean holds, String otherwise) {
        if (!holds) {
            throw new AssertionError(otherwise);
        }
    }

    @Override
    public void close() {
        left.close();
        right.close();
    }
}
