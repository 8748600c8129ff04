package org.netchannel.optimized;

import java.nio.ByteBuffer;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.function.Function;
import org.netchannel.optimized.Connection.Fin;
import org.netchannel.traces.Bytes;
import org.netchannel.traces.ChannelClass;
import org.netchannel.traces.Config;
import org.netchannel.traces.Endpoint;
import org.netchannel.traces.ErrorCode;
import org.netchannel.traces.Outcome;
import org.netchannel.traces.Outcome.Done;
import org.netchannel.traces.Reason;

/**
 * The stack as an endpoint (endpoint.md): the production code, stepped in the caller's thread. The caller is driver and
 * application at once, so packets and data are copied in and out here. One thread calls at a time.
 */
public final class OptimizedEndpoint implements Endpoint {
    private static final Identity IDENTITY = new Identity("optimized", "1");
    private static final long SEGMENT_BYTES = 1L << 30;
    private static final int PIECES = 1 << 22;

    private final SchedulingPolicy policy;
    private HostCore host;
    private EndpointChannels channels;

    /** An endpoint that is not open yet, and takes channels in turn. */
    public OptimizedEndpoint() {
        this(SchedulingPolicies.ROUND_ROBIN);
    }

    /**
     * An endpoint that is not open yet.
     *
     * @param policy chooses the channel of each packet
     */
    public OptimizedEndpoint(SchedulingPolicy policy) {
        this.policy = policy;
    }

    @Override
    public Outcome<Identity> open(Config config, long seed, OptionalLong incarnation) {
        if (host != null) {
            return bad("open was called before");
        }
        if (!config.problem().isEmpty()) {
            return bad(config.problem());
        }
        Identifiers fromSeed = new Identifiers(seed, ~seed);
        long life = incarnation.orElse(fromSeed.secret(1));
        host = new HostCore(Settings.of(config), life, new Identifiers(fromSeed.secret(2) ^ life, fromSeed.secret(3)),
                new SegmentPool(SEGMENT_BYTES, null), new SegmentPool(SEGMENT_BYTES, null), PIECES, policy);
        channels = new EndpointChannels(host);
        return Outcome.ok(IDENTITY);
    }

    HostCore host() {
        return host;
    }

    static <T> Outcome<T> bad(String message) {
        return Outcome.failed(ErrorCode.BAD_REQUEST, message);
    }

    private static <T> Outcome<T> unopened() {
        return bad("open has to be called first");
    }

    private static String problem(String what, long value, long most) {
        return what + " is " + value + ", legal is 1 to " + most;
    }

    /** A call has changed something: what is over is forgotten (NC-CH-5). */
    private Outcome<Done> done() {
        host.channels.forgetClosed();
        return Outcome.done();
    }

    @Override
    public Outcome<Done> channelUp(int channel, ChannelClass channelClass, boolean dialer) {
        return host == null ? unopened() : channels.up(channel, channelClass, dialer);
    }

    @Override
    public Outcome<Done> channelDown(int channel) {
        return host == null ? unopened() : channels.down(channel);
    }

    @Override
    public Outcome<Done> channelDrain(int channel) {
        return host == null ? unopened() : channels.drain(channel);
    }

    @Override
    public Outcome<Endpoint.Delivery> deliver(int channel, Bytes packet) {
        return host == null ? unopened() : channels.deliver(channel, packet);
    }

    @Override
    public Outcome<List<Bytes>> pull(int channel, int max) {
        if (max < 1) {
            return host == null ? unopened() : bad(problem("max", max, Integer.MAX_VALUE));
        }
        return host == null ? unopened() : channels.pull(channel, max);
    }

    @Override
    public Outcome<Done> listen(int port, int backlog) {
        if (host == null) {
            return unopened();
        }
        if (!isPort(port) || backlog < 1) {
            return isPort(port) ? bad(problem("backlog", backlog, Integer.MAX_VALUE)) : badPort(port);
        }
        if (host.listeners.containsKey(port)) {
            return Outcome.failed(ErrorCode.PORT_IN_USE, "a listener holds port " + port);
        }
        host.listeners.put(port, new Listener(port, backlog));
        return done();
    }

    private static boolean isPort(int port) {
        return port >= 1 && port <= 65_535;
    }

    private static <T> Outcome<T> badPort(int port) {
        return bad(problem("port", port, 65_535));
    }

    /** A call on a listener. */
    private <T> Outcome<T> onListener(int port, Function<Listener, Outcome<T>> call) {
        if (host == null) {
            return unopened();
        }
        Listener listener = host.listeners.get(port);
        return listener == null ? bad("nothing listens on port " + port) : call.apply(listener);
    }

    @Override
    public Outcome<Done> unlisten(int port) {
        return onListener(port, listener -> {
            host.handshake.unlisten(listener);
            return done();
        });
    }

    @Override
    public Outcome<Connected> connect(int port, ChannelClass trafficClass) {
        if (host == null) {
            return unopened();
        }
        if (!isPort(port) || trafficClass == ChannelClass.CONTROL) {
            return isPort(port) ? bad("class is CONTROL, legal is LATENCY or THROUGHPUT") : badPort(port);
        }
        Connection connection = host.handshake.connect(port, trafficClass);
        return connection == null
                ? Outcome.failed(ErrorCode.REFUSED, Reason.LIMIT)
                : Outcome.ok(new Connected(host.sockets.open(connection), connection.id));
    }

    @Override
    public Outcome<Optional<Connected>> accept(int port) {
        return onListener(port, listener -> Outcome.ok(Optional.ofNullable(host.handshake.accept(listener))
                .map(child -> new Connected(host.sockets.open(child), child.id))));
    }

    /** A call on a socket. */
    private <T> Outcome<T> onSocket(int socket, Function<Connection, Outcome<T>> call) {
        if (host == null) {
            return unopened();
        }
        Connection connection = host.sockets.find(socket);
        return connection == null
                ? Outcome.failed(ErrorCode.NO_SUCH_SOCKET, "there is no socket " + socket)
                : call.apply(connection);
    }

    @Override
    public Outcome<Integer> send(int socket, Bytes data) {
        return onSocket(socket, connection -> {
            if (connection.error != null) {
                return ended(connection);
            }
            if (connection.fin != Fin.OPEN) {
                return Outcome.failed(ErrorCode.NOT_CONNECTED, "socket " + socket + " was shut down");
            }
            return Outcome.ok(send(connection, data));
        });
    }

    private static <T> Outcome<T> ended(Connection connection) {
        return connection.error == ErrorCode.TIMEOUT
                ? Outcome.failed(ErrorCode.TIMEOUT, "no answer within the connect timeout")
                : Outcome.failed(connection.error, connection.reason);
    }

    private int send(Connection connection, Bytes data) {
        int most = (int) Math.min(host.delivery.room(connection), data.length());
        if (most == 0) {
            return 0;
        }
        SegmentChain chain = new SegmentChain(host.outgoingSegments);
        chain.goOnBehind(connection.sending.lastWaiting(), connection.sending.waiting());
        chain.put(ByteBuffer.wrap(data.array()), data.from(), most, 0);
        int taken = chain.length();
        host.delivery.send(connection, chain.appended(), chain.take());
        return taken;
    }

    @Override
    public Outcome<Received> receive(int socket, int max) {
        if (max < 1) {
            return host == null ? unopened() : bad(problem("max", max, Integer.MAX_VALUE));
        }
        return onSocket(socket, connection -> {
            if (connection.receiving.readable() > 0) {
                return Outcome.ok(new Received(read(connection, max), false));
            }
            if (!connection.isFinReceived() && connection.error != null) {
                return ended(connection);
            }
            return Outcome.ok(new Received(Bytes.EMPTY, connection.isFinReceived()));
        });
    }

    private Bytes read(Connection connection, int max) {
        int count = (int) Math.min(max, connection.receiving.readable());
        Bytes bytes = Tap.bytes(connection.receiving.firstReadable(), count);
        host.delivery.consume(connection, count);
        return bytes;
    }

    @Override
    public Outcome<Done> shutdown(int socket) {
        return onSocket(socket, connection -> {
            host.closing.shutdown(connection);
            return done();
        });
    }

    @Override
    public Outcome<Done> close(int socket) {
        return onSocket(socket, connection -> {
            host.sockets.forget(socket);
            host.closing.close(connection);
            return done();
        });
    }

    @Override
    public Outcome<Done> abort(int socket) {
        return onSocket(socket, connection -> {
            host.sockets.forget(socket);
            host.closing.release(connection, Reason.ABORTED);
            return done();
        });
    }

    @Override
    public Outcome<Status> status(int socket) {
        return onSocket(socket, connection ->
                Outcome.ok(new Status(connection.state, Optional.ofNullable(connection.reason))));
    }

    @Override
    public Outcome<Done> advance(long nanos) {
        if (host == null) {
            return unopened();
        }
        long most = Timers.END_OF_TIME - host.now;
        if (nanos < 0 || nanos > most) {
            return bad("nanos is " + nanos + ", legal is 0 to " + most);
        }
        host.clock.advance(host.now + nanos);
        return Outcome.done();
    }
}
