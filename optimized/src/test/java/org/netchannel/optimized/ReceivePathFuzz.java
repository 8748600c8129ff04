package org.netchannel.optimized;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.ScatteringByteChannel;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import org.netchannel.traces.Bytes;
import org.netchannel.traces.ChannelClass;
import org.netchannel.traces.Config;
import org.netchannel.traces.Config.Setting;
import org.netchannel.traces.Endpoint.Connected;
import org.netchannel.traces.Endpoint.Delivery;
import org.netchannel.traces.Endpoint.Received;
import org.netchannel.traces.Outcome;

/**
 * Fuzz target: what a hostile peer sends on four channels, byte by byte, goes through {@link TcpReceiver} and
 * {@link Demultiplexer} of a host that has connections with it, and with an honest peer over channels of its own.
 * Whatever it is: nothing is thrown, the honest connection goes on, and in the end all memory is back.
 *
 * <p>The input is a program: what arrives on which channel, what the application does, how time passes. Everything is
 * the same each time, connection ids included.
 */
public final class ReceivePathFuzz {
    private static final int SERVER = 80;
    private static final int MOST_STEPS = 200;
    private static final int FIRST_HONEST_CHANNEL = 11;
    /** Connections that the hostile peer has opened have these ids, and their numbers are those of its ports. */
    private static final int HOSTILE_CONNECTIONS = 2;
    private static final long HONEST_INCARNATION = 7;
    private static final Config CONFIG = Config.DEFAULTS
            .with(Setting.SEND_BUFFER, 4_096).with(Setting.RECEIVE_BUFFER, 3_000).with(Setting.CHANNEL_BUDGET, 2_000)
            .with(Setting.QUEUE_THRESHOLD, 8_192).with(Setting.MAX_PAYLOAD, 2_048).with(Setting.SOCKET_LIMIT, 12)
            .with(Setting.CONNECT_TIMEOUT_NANOS, 50_000_000);

    /** The bytes of one channel, as a transport gives them. */
    private static final class Feed implements ScatteringByteChannel {
        private ByteBuffer bytes = ByteBuffer.allocate(0);

        private void add(byte[] more) {
            ByteBuffer all = ByteBuffer.allocate(bytes.remaining() + more.length);
            bytes = all.put(bytes).put(more).flip();
        }

        @Override
        public int read(ByteBuffer target) {
            int count = Math.min(target.remaining(), bytes.remaining());
            target.put(bytes.slice(bytes.position(), count));
            bytes.position(bytes.position() + count);
            return count;
        }

        @Override
        public long read(ByteBuffer[] targets, int from, int count) {
            long read = 0;
            for (int i = from; i < from + count; i++) {
                read += read(targets[i]);
            }
            return read;
        }

        @Override
        public long read(ByteBuffer[] targets) {
            return read(targets, 0, targets.length);
        }

        @Override
        public boolean isOpen() {
            return true;
        }

        @Override
        public void close() {
            bytes.clear().limit(0);
        }
    }

    /** A channel of the hostile peer. */
    private record Fed(Channel channel, Feed feed, TcpReceiver receiver) {}

    private final ByteBuffer input;
    /** Honest connections go on honest channels only, the others on the others. */
    private final OptimizedEndpoint attacked = new OptimizedEndpoint((channels, last, connection) -> {
        boolean hostile = connection >= 1 && connection <= HOSTILE_CONNECTIONS;
        for (int i = 0; i < channels.size(); i++) {
            if (channels.mayCarry(i) && channels.number(i) < FIRST_HONEST_CHANNEL == hostile) {
                return i;
            }
        }
        return SchedulingPolicy.NONE;
    });
    private final OptimizedEndpoint honest = new OptimizedEndpoint();
    private final HostCore host;
    private final List<Fed> fed = new ArrayList<>();
    /** What is under way on each honest channel, from the attacked host and to it. */
    private final List<Deque<Bytes>> out = List.of(new ArrayDeque<>(), new ArrayDeque<>());
    private final List<Deque<Bytes>> in = List.of(new ArrayDeque<>(), new ArrayDeque<>());
    private final IncomingPacket incoming = new IncomingPacket();
    private final List<Integer> sockets = new ArrayList<>();
    private final int asking;
    private final int asked;

    private ReceivePathFuzz(byte[] input) throws IOException {
        this.input = ByteBuffer.wrap(input);
        attacked.open(CONFIG, 1, OptionalLong.of(5));
        honest.open(CONFIG, 2, OptionalLong.of(HONEST_INCARNATION));
        host = attacked.host();
        ChannelClass[] classes = {
            ChannelClass.CONTROL, ChannelClass.LATENCY, ChannelClass.THROUGHPUT, ChannelClass.LATENCY
        };
        for (int i = 0; i < classes.length; i++) {
            attacked.channelUp(1 + 2 * i, classes[i], false);
            Feed feed = new Feed();
            TcpReceiver receiver = new TcpReceiver(feed, host.segments, ByteBuffer.allocate(0));
            fed.add(new Fed(host.link.channel(1 + 2 * i), feed, receiver));
        }
        for (int i = 0; i < classes.length - 1; i++) {
            fed.get(i).feed().add(hello(1 + 2 * i, classes[i]));
        }
        for (int i = 0; i < 2; i++) {
            attacked.channelUp(FIRST_HONEST_CHANNEL + 2 * i, classes[i], false);
            honest.channelUp(FIRST_HONEST_CHANNEL + 2 * i, classes[i], true);
        }
        attacked.listen(SERVER, 4);
        asking = ((Outcome.Ok<Connected>) honest.connect(SERVER, ChannelClass.LATENCY)).value().socket();
        settle();
        asked = accept();
        for (int id = 1; id <= HOSTILE_CONNECTIONS; id++) {
            fed.get(0).feed().add(packet(Wire.NCSYN, id, id, 0, 4_096));
            settle();
            sockets.add(accept());
        }
    }

    /**
     * One run.
     *
     * @param input whatever it is
     * @throws IOException never
     */
    public static void fuzzerTestOneInput(byte[] input) throws IOException {
        ReceivePathFuzz run = new ReceivePathFuzz(input);
        try {
            for (int step = 0; step < MOST_STEPS && run.input.hasRemaining(); step++) {
                run.step();
                run.settle();
            }
            run.honestConnectionGoesOn(run.asking, run.honest, run.asked, run.attacked);
            run.honestConnectionGoesOn(run.asked, run.attacked, run.asking, run.honest);
        } finally {
            run.fed.forEach(it -> it.receiver().close());
        }
        run.allMemoryIsBack();
    }

    static byte[] hello(int number, ChannelClass channelClass) {
        byte[] bytes = packet(Wire.HELLO, 0, 0, Wire.HELLO_BYTES, 0);
        ByteBuffer.wrap(bytes).position(Wire.HEADER_BYTES).putLong(HONEST_INCARNATION).putInt(number)
                .putInt(channelClass.code()).putInt(2_048);
        return bytes;
    }

    static byte[] packet(int type, long tag, long connection, int length, long offset) {
        OutgoingPacket packet = new OutgoingPacket();
        packet.type = type;
        packet.tag = tag;
        packet.connection = connection;
        packet.sourcePort = (int) connection;
        packet.destinationPort = connection == 0 ? 0 : SERVER;
        packet.length = length;
        packet.offset = offset;
        byte[] bytes = new byte[Wire.HEADER_BYTES + length];
        packet.writeHeader(ByteBuffer.wrap(bytes), 0);
        return bytes;
    }

    private int accept() {
        return attacked.accept(SERVER) instanceof Outcome.Ok<Optional<Connected>>(var child)
                ? child.map(Connected::socket).orElse(0) : 0;
    }

    private int nextByte() {
        return input.hasRemaining() ? Byte.toUnsignedInt(input.get()) : 0;
    }

    private byte[] nextBytes(int most) {
        byte[] bytes = new byte[Math.min(most, input.remaining())];
        input.get(bytes);
        return bytes;
    }

    private void step() {
        int code = nextByte();
        int what = code & 15;
        int which = code >> 4 & 3;
        int socket = sockets.get(which % sockets.size());
        switch (what) {
            case 0 -> raw(fed.get(which % 3), nextBytes(nextByte()));
            case 1 -> attacked.advance((long) nextByte() << 2 * (code >> 4));
            case 2 -> attacked.send(socket, Bytes.of(new byte[1 + 16 * nextByte()]));
            case 3 -> attacked.receive(socket, 1 + 16 * nextByte());
            case 4 -> end(socket, which);
            case 5 -> take();
            case 6 -> open();
            case 7 -> attacked.channelDrain(fed.get(which).channel().number);
            default -> header(fed.get(what & 3));
        }
    }

    private void end(int socket, int how) {
        switch (how) {
            case 0 -> attacked.close(socket);
            case 1 -> attacked.abort(socket);
            default -> attacked.shutdown(socket);
        }
    }

    private void take() {
        int socket = accept();
        if (socket != 0) {
            sockets.add(socket);
        }
    }

    private void open() {
        if (sockets.size() < 4 && attacked.connect(90, ChannelClass.LATENCY) instanceof Outcome.Ok<Connected>(var it)) {
            sockets.add(it.socket());
        }
    }

    private void raw(Fed target, byte[] bytes) {
        target.feed().add(bytes);
    }

    /**
     * A header as it stands in the input, and as much payload as it says. A life that is later than the honest peer's
     * would reset the honest connection, and rightly so (NC-FAIL-3).
     */
    private void header(Fed target) {
        byte[] header = nextBytes(Wire.HEADER_BYTES);
        if (header.length < Wire.HEADER_BYTES || !Wire.isHeader(ByteBuffer.wrap(header), 0)) {
            raw(fed.get(Math.min(2, fed.indexOf(target))), header);
            return;
        }
        byte[] payload = new byte[ByteBuffer.wrap(header).getInt(Wire.LENGTH_AT)];
        if (header[Wire.TYPE_AT] == Wire.HELLO) {
            byte[] said = nextBytes(payload.length);
            System.arraycopy(said, 0, payload, 0, said.length);
            if (payload.length >= Long.BYTES) {
                ByteBuffer.wrap(payload).putLong(HONEST_INCARNATION - (payload[0] & 1));
            }
        }
        target.feed().add(header);
        target.feed().add(payload);
    }

    /** Everything that is on its way arrives, as far as it may. */
    private void settle() throws IOException {
        int work;
        do {
            work = 0;
            for (Fed one : fed) {
                work += deliver(one);
                attacked.pull(one.channel().number, Integer.MAX_VALUE);
            }
            for (int i = 0; i < 2; i++) {
                int number = FIRST_HONEST_CHANNEL + 2 * i;
                work += carry(attacked, honest, number, out.get(i)) + carry(honest, attacked, number, in.get(i));
            }
        } while (work > 0);
    }

    private int deliver(Fed one) throws IOException {
        int count = 0;
        one.receiver().fetch();
        while (!one.channel().isGone && host.channels.isReadable(one.channel())) {
            ChannelDriver.Dequeued dequeued = one.receiver().next(incoming);
            if (dequeued == ChannelDriver.Dequeued.NOTHING) {
                if (one.receiver().fetch() == 0) {
                    break;
                }
                continue;
            }
            count++;
            if (dequeued == ChannelDriver.Dequeued.MALFORMED) {
                host.failure.failBecauseOfPacket(one.channel());
                break;
            }
            if (host.demultiplexer.mayCome(one.channel(), incoming)) {
                host.demultiplexer.deliver(one.channel(), incoming);
            } else {
                host.failure.failBecauseOfPacket(one.channel());
            }
            one.receiver().release();
        }
        return count;
    }

    private static int carry(OptimizedEndpoint from, OptimizedEndpoint to, int channel, Deque<Bytes> underWay) {
        if (from.pull(channel, Integer.MAX_VALUE) instanceof Outcome.Ok<List<Bytes>>(var packets)) {
            underWay.addAll(packets);
        }
        int count = 0;
        while (!underWay.isEmpty()) {
            long connection = ByteBuffer.wrap(underWay.peek().toArray()).getLong(Wire.CONNECTION_AT);
            // The honest peer knows nothing of the hostile one's connections, and does not get to.
            boolean isHonest = connection < 1 || connection > HOSTILE_CONNECTIONS;
            if (isHonest && to.deliver(channel, underWay.peek()) instanceof Outcome.Ok<Delivery>(var delivery)
                    && !delivery.accepted()) {
                break;
            }
            underWay.remove();
            count++;
        }
        return count;
    }

    private void honestConnectionGoesOn(int sender, OptimizedEndpoint from, int receiver, OptimizedEndpoint to)
            throws IOException {
        Bytes sent = Bytes.of(new byte[20_000]);
        int taken = 0;
        int received = 0;
        for (int i = 0; received < sent.length(); i++) {
            Bytes rest = sent.slice(taken, sent.length() - taken);
            Outcome<Integer> outcome = from.send(sender, rest);
            if (i == 1_000 || !(outcome instanceof Outcome.Ok<Integer>(var n))) {
                throw new IllegalStateException("the honest connection stands still at " + received + ": " + outcome);
            }
            taken += n;
            settle();
            if (to.receive(receiver, 30_000) instanceof Outcome.Ok<Received>(var got)) {
                received += got.data().length();
            }
            attacked.advance(1_000_000);
            honest.advance(1_000_000);
            settle();
        }
    }

    private void allMemoryIsBack() throws IOException {
        for (int socket : sockets) {
            attacked.abort(socket);
        }
        attacked.abort(asked);
        attacked.unlisten(SERVER);
        for (Channel channel : host.link.all()) {
            attacked.channelDown(channel.number);
        }
        attacked.advance(1_000_000_000);
        long held = host.pieces.inUse() + host.outgoingPieces.inUse() + host.segments.bytesInUse()
                + host.outgoingSegments.bytesInUse() + host.timers.size();
        if (held > 0) {
            throw new IllegalStateException(host.pieces.inUse() + " pieces received, " + host.outgoingPieces.inUse()
                    + " pieces to be sent, " + host.segments.bytesInUse() + " and " + host.outgoingSegments.bytesInUse()
                    + " bytes and " + host.timers.size() + " timers are left of " + host.connectionCount()
                    + " connections");
        }
    }
}
