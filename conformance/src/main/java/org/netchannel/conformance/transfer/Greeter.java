package org.netchannel.conformance.transfer;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.netchannel.traces.Bytes;
import org.netchannel.traces.ChannelClass;
import org.netchannel.traces.Decoded;
import org.netchannel.traces.Hello;
import org.netchannel.traces.HelloCodec;
import org.netchannel.traces.Packet;
import org.netchannel.traces.PacketCodec;
import org.netchannel.traces.PacketType;

/**
 * Accepts TCP connections and finds out which channel each is: it reads the HELLO that has to come first (NC-CH-2),
 * without taking it from the endpoint. Who says nothing for too long, says anything else, or comes when the house is
 * full is shown out and counted; an endpoint never hears of it.
 */
final class Greeter implements ChannelSource {
    /** A connection that has not said HELLO by then is closed. */
    static final long PATIENCE_NANOS = 5_000_000_000L;
    /** So many connections may be on the doorstep. */
    static final int MAX_WAITING = 64;
    /** So many channels may be open. */
    static final int MAX_CHANNELS = 2 * LinkPlan.MAX_PER_CLASS + 8;

    private final ServerSocketChannel server;
    private final Set<Visitor> waiting = new LinkedHashSet<>();
    private final Set<Integer> used = new HashSet<>();
    private Selector selector;
    private Opened opened;
    private int open;
    private long nowNs;
    private long turnedAway;

    /**
     * A greeter that has not begun.
     *
     * @param server where to accept, bound; closed with the greeter
     */
    Greeter(ServerSocketChannel server) {
        this.server = server;
    }

    @Override
    public void begin(Selector pumpSelector, Opened whenOpened, long now) throws IOException {
        selector = pumpSelector;
        opened = whenOpened;
        nowNs = now;
        server.configureBlocking(false);
        server.register(selector, SelectionKey.OP_ACCEPT, (Handler) this::accept);
    }

    private void accept() throws IOException {
        for (SocketChannel socket = server.accept(); socket != null; socket = server.accept()) {
            if (waiting.size() >= MAX_WAITING || open >= MAX_CHANNELS) {
                turnedAway++;
                socket.close();
            } else {
                waiting.add(new Visitor(socket));
            }
        }
    }

    @Override
    public void turn(long now) throws IOException {
        nowNs = now;
        for (Visitor visitor : List.copyOf(waiting)) {
            if (now - visitor.sinceNs > PATIENCE_NANOS) {
                visitor.showOut();
            }
        }
    }

    @Override
    public void over(TcpChannel channel) {
        open--;
    }

    /** How many connections became no channel. */
    long turnedAway() {
        return turnedAway;
    }

    @Override
    public void close() throws IOException {
        server.close();
    }

    /** The channel that a first packet names, if it is a HELLO that can name one. */
    static Optional<Hello> identify(Bytes packet) {
        if (!(PacketCodec.decode(packet) instanceof Decoded.Good<Packet>(Packet first))
                || first.header().typeCode() != PacketType.HELLO.code()
                || !(HelloCodec.decode(first.payload()) instanceof Decoded.Good<Hello>(Hello hello))) {
            return Optional.empty();
        }
        boolean dialed = hello.channel() % 2 == 1 && hello.channel() <= Integer.MAX_VALUE;
        return dialed && classOf(hello).isPresent() ? Optional.of(hello) : Optional.empty();
    }

    private static Optional<ChannelClass> classOf(Hello hello) {
        for (ChannelClass channelClass : ChannelClass.values()) {
            if (channelClass.code() == hello.classCode()) {
                return Optional.of(channelClass);
            }
        }
        return Optional.empty();
    }

    /** A connection that has not said which channel it is. */
    private final class Visitor implements Handler {
        private final SocketChannel socket;
        private final long sinceNs = nowNs;
        private final ByteBuffer first = ByteBuffer.allocate(PacketFramer.HELLO_PACKET);

        Visitor(SocketChannel socket) throws IOException {
            this.socket = socket;
            socket.configureBlocking(false);
            socket.register(selector, SelectionKey.OP_READ, this);
        }

        @Override
        public void ready() throws IOException {
            int count;
            try {
                count = socket.read(first);
            } catch (IOException e) { // gone before it said anything
                count = -1;
            }
            if (count < 0) {
                showOut();
            } else if (!first.hasRemaining()) {
                admit();
            }
        }

        private void admit() throws IOException {
            Bytes packet = Bytes.of(first.array());
            Optional<Hello> hello = identify(packet);
            if (hello.isEmpty() || !used.add((int) hello.get().channel())) {
                showOut();
                return;
            }
            waiting.remove(this);
            TcpChannel channel = new TcpChannel(
                    selector, socket, (int) hello.get().channel(), classOf(hello.get()).orElseThrow());
            channel.framer().feed(packet);
            if (opened.opened(channel, false)) {
                open++;
            } else {
                turnedAway++;
            }
        }

        private void showOut() throws IOException {
            waiting.remove(this);
            turnedAway++;
            socket.close();
        }
    }
}
