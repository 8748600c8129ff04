package org.netchannel.cli.proxy;

import java.io.Closeable;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Semaphore;
import org.netchannel.cli.link.Handlers;
import org.netchannel.cli.link.Transport;
import org.netchannel.optimized.DriverDecorator;
import org.netchannel.optimized.NetStack;
import org.netchannel.optimized.TcpLink;
import org.netchannel.optimized.VirtualServerSocket;
import org.netchannel.optimized.VirtualSocket;
import org.netchannel.optimized.counters.CountersFile;
import org.netchannel.traces.ChannelClass;
import org.netchannel.traces.Config;
import org.netchannel.traces.Config.Setting;

/**
 * One half of a proxy: an entrance accepts TCP connections and carries them over the link, an exit takes them from the
 * link and dials the server. Each connection has two virtual threads. Any thread may close.
 */
public final class Proxy implements AutoCloseable {
    /** The virtual port that carries TCP. */
    private static final int PORT = 1;
    private static final int BACKLOG = 128;
    private static final long MEMORY_BYTES = 256L << 20;

    private final NetStack stack;
    private final Handlers handlers;
    private final InetSocketAddress address;
    private final Semaphore places;
    private final Traffic traffic = new Traffic();
    private final Closeable door;
    private final CompletableFuture<Void> end = new CompletableFuture<>();

    private Proxy(NetStack stack, Handlers handlers, InetSocketAddress address, int most, Closeable door) {
        this.stack = stack;
        this.handlers = handlers;
        this.address = address;
        this.places = new Semaphore(most);
        this.door = door;
    }

    private static NetStack stack(Transport transport, int most, DriverDecorator decorator) throws IOException {
        // Both halves know of connections that the other has just closed: twice as many sockets as connections.
        Config config = Config.DEFAULTS.with(Setting.SOCKET_LIMIT, 2L * most);
        CountersFile counters = CountersFile.create("proxy");
        NetStack stack = transport.start(config, MEMORY_BYTES);
        stack.countInto(counters);
        stack.decorate(decorator);
        return stack;
    }

    /**
     * The half at the clients.
     *
     * @param transport what the link goes over; closed after this
     * @param accept where TCP clients connect; port 0 for any that is free
     * @param peer where the other half listens for the link
     * @param trafficClass LATENCY or THROUGHPUT, of every connection
     * @param channels how many data channels of that class the link has, 1 to {@link TcpLink#MOST_CHANNELS}
     * @param most how many connections there may be at a time; more wait in the kernel
     * @param decorator what is put around the drivers of the link's channels
     * @return the proxy, running
     * @throws IOException when the address cannot be listened on
     */
    public static Proxy entrance(
            Transport transport, InetSocketAddress accept, InetSocketAddress peer, ChannelClass trafficClass,
            int channels, int most, DriverDecorator decorator) throws IOException {
        ServerSocketChannel server = ServerSocketChannel.open();
        NetStack stack;
        try {
            server.bind(accept);
            stack = stack(transport, most, decorator);
        } catch (IOException e) {
            server.close();
            throw e;
        }
        boolean latency = trafficClass == ChannelClass.LATENCY;
        transport.dial(stack, peer, latency ? channels : 0, latency ? 0 : channels);
        Proxy proxy = new Proxy(
                stack, new Handlers(transport), (InetSocketAddress) server.getLocalAddress(), most, server);
        proxy.start(() -> {
            SocketChannel client = server.accept();
            return new Visit(() -> proxy.enter(client, trafficClass), () -> Relay.close(client, true));
        });
        return proxy;
    }

    /**
     * The half at the server.
     *
     * @param transport what the link goes over; closed after this
     * @param listen where the other half dials the link; port 0 for any that is free
     * @param server where connections are carried to
     * @param most how many connections there may be at a time; more wait, and are refused when too many wait
     * @param decorator what is put around the drivers of the link's channels
     * @return the proxy, running
     * @throws IOException when the address cannot be listened on
     */
    public static Proxy exit(
            Transport transport, InetSocketAddress listen, InetSocketAddress server, int most,
            DriverDecorator decorator) throws IOException {
        NetStack stack = stack(transport, most, decorator);
        try {
            InetSocketAddress bound = transport.listen(stack, listen);
            VirtualServerSocket door = stack.listen(PORT, BACKLOG);
            Proxy proxy = new Proxy(stack, new Handlers(transport), bound, most, door);
            proxy.start(() -> {
                VirtualSocket visitor = door.accept();
                return new Visit(() -> proxy.leave(visitor, server), visitor::abort);
            });
            return proxy;
        } catch (IOException e) {
            stack.close();
            throw e;
        }
    }

    /** Waits for a connection, and says what to do with it. */
    private interface Door {
        Visit open() throws IOException;
    }

    private interface Handling {
        void run() throws InterruptedException;
    }

    /** A connection that was accepted: what is done with it, and what instead when nothing is any more. */
    private record Visit(Handling handling, Runnable refusal) {}

    private void start(Door door) {
        handlers.start(() -> serve(door));
    }

    private void serve(Door door) {
        try {
            Visit visit = next(door);
            while (handlers.start(handling(visit))) {
                visit = next(door);
            }
            visit.refusal().run();
        } catch (IOException e) {
            // Where close() has closed the door, it was the first to say how this ends.
            end.completeExceptionally(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private Visit next(Door door) throws IOException, InterruptedException {
        places.acquire();
        return door.open();
    }

    private Runnable handling(Visit visit) {
        return () -> {
            try {
                visit.handling().run();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            } finally {
                places.release();
            }
        };
    }

    private void enter(SocketChannel client, ChannelClass trafficClass) throws InterruptedException {
        VirtualSocket virtual;
        try {
            virtual = stack.connect(PORT, trafficClass);
        } catch (IOException e) {
            // Refused, or the other half is not there: the client sees its connection reset.
            traffic.failed();
            Relay.close(client, true);
            return;
        }
        new Relay(client, virtual, traffic).run(handlers);
    }

    private void leave(VirtualSocket visitor, InetSocketAddress server) throws InterruptedException {
        SocketChannel target;
        try {
            target = SocketChannel.open(server);
        } catch (IOException e) {
            // The server is not there: the client sees its connection reset.
            traffic.failed();
            visitor.abort();
            return;
        }
        new Relay(target, visitor, traffic).run(handlers);
    }

    /**
     * Where this half listens: an entrance for clients, an exit for the link.
     *
     * @return the address, with the port that was free if 0 was asked for
     */
    public InetSocketAddress address() {
        return address;
    }

    /**
     * What was carried so far.
     *
     * @return counts that go on
     */
    public Traffic traffic() {
        return traffic;
    }

    /**
     * When this half ends.
     *
     * @return completes after {@link #close}; exceptionally when no more connections can be accepted
     */
    public CompletableFuture<Void> end() {
        return end.copy();
    }

    /** Accepts nothing more and ends what is open; the peer sees it reset. Returns when nobody carries any more. */
    @Override
    public void close() throws IOException {
        end.complete(null);
        try (handlers; stack) {
            door.close();
        }
    }
}
