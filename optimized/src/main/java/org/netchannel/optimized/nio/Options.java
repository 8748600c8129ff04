package org.netchannel.optimized.nio;

import java.net.SocketOption;
import java.net.StandardSocketOptions;
import java.nio.channels.Channel;
import java.nio.channels.ClosedChannelException;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.netchannel.optimized.NetStack;
import org.netchannel.traces.ChannelClass;
import org.netchannel.traces.Config.Setting;

/**
 * Options of a channel. Those of the JDK that are hints are kept and have no effect: sizes of buffers are the stack's,
 * nothing waits to be sent together with more (TCP_NODELAY is always on), addresses are free at once (NC-FIN-5).
 */
final class Options {
    private static final Set<SocketOption<?>> OF_SOCKETS = Set.of(
            StandardSocketOptions.SO_SNDBUF, StandardSocketOptions.SO_RCVBUF, StandardSocketOptions.SO_KEEPALIVE,
            StandardSocketOptions.SO_REUSEADDR, StandardSocketOptions.SO_LINGER, StandardSocketOptions.TCP_NODELAY,
            VirtualSocketOptions.TRAFFIC_CLASS);
    private static final Set<SocketOption<?>> OF_SERVERS = Set.of(
            StandardSocketOptions.SO_RCVBUF, StandardSocketOptions.SO_REUSEADDR);

    private final Set<SocketOption<?>> supported;
    private final Map<SocketOption<?>, Object> values = new ConcurrentHashMap<>();

    private Options(NetStack stack, Set<SocketOption<?>> supported) {
        this.supported = supported;
        values.put(StandardSocketOptions.SO_SNDBUF, (int) stack.config().get(Setting.SEND_BUFFER));
        values.put(StandardSocketOptions.SO_RCVBUF, (int) stack.config().get(Setting.RECEIVE_BUFFER));
        values.put(StandardSocketOptions.SO_KEEPALIVE, false);
        values.put(StandardSocketOptions.SO_REUSEADDR, true);
        values.put(StandardSocketOptions.SO_LINGER, -1);
        values.put(StandardSocketOptions.TCP_NODELAY, true);
    }

    static Options ofSocket(NetStack stack, ChannelClass trafficClass) {
        Options options = new Options(stack, OF_SOCKETS);
        options.values.put(VirtualSocketOptions.TRAFFIC_CLASS, trafficClass);
        return options;
    }

    static Options ofServer(NetStack stack) {
        return new Options(stack, OF_SERVERS);
    }

    Set<SocketOption<?>> supported() {
        return supported;
    }

    <T> T get(Channel channel, SocketOption<T> name) throws ClosedChannelException {
        require(channel, name);
        return value(name);
    }

    private <T> T value(SocketOption<T> name) {
        return name.type().cast(values.get(name));
    }

    <T> void set(Channel channel, SocketOption<T> name, T value) throws ClosedChannelException {
        require(channel, name);
        if (!name.type().isInstance(value)) {
            throw new IllegalArgumentException(name + " is " + value + ", legal is a " + name.type().getSimpleName());
        }
        if (name.equals(StandardSocketOptions.SO_LINGER)) {
            // Below zero there is none; above, close resets nothing and does not wait either.
            values.put(name, Math.max(-1, (Integer) value));
        } else if (isSize(name)) {
            requireSize(name, (Integer) value);
        } else if (value == ChannelClass.CONTROL) {
            throw new IllegalArgumentException("TRAFFIC_CLASS is CONTROL, legal is LATENCY or THROUGHPUT");
        } else if (!name.equals(StandardSocketOptions.TCP_NODELAY)) {
            values.put(name, value);
        }
    }

    private void require(Channel channel, SocketOption<?> name) throws ClosedChannelException {
        Objects.requireNonNull(name);
        if (!channel.isOpen()) {
            throw new ClosedChannelException();
        }
        if (!supported.contains(name)) {
            throw new UnsupportedOperationException(name + " is not supported, legal are " + supported);
        }
    }

    private static boolean isSize(SocketOption<?> name) {
        return name.equals(StandardSocketOptions.SO_SNDBUF) || name.equals(StandardSocketOptions.SO_RCVBUF);
    }

    private static void requireSize(SocketOption<?> name, int bytes) {
        if (bytes < 0) {
            throw new IllegalArgumentException(name + " is " + bytes + ", legal is 0 and more");
        }
    }

    /** SO_LINGER is 0: close resets. */
    boolean closeResets() {
        return value(StandardSocketOptions.SO_LINGER) == 0;
    }

    /** What a connection that is asked for will be. */
    ChannelClass trafficClass() {
        return value(VirtualSocketOptions.TRAFFIC_CLASS);
    }
}
