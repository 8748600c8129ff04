package org.netchannel.optimized;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.nio.channels.ServerSocketChannel;
import org.netchannel.traces.ChannelClass;

/**
 * Channels over TCP connections of the kernel's. One host listens, the other dials, and dials again what it loses
 * (NC-FAIL-2). Nothing listens on an address that was not named.
 */
public final class TcpLink {
    /** The most data channels of a class. */
    public static final int MOST_CHANNELS = 64;

    private TcpLink() {}

    /**
     * Accepts the channels of the peer, for as long as the stack runs.
     *
     * @param stack the stack that gets the channels
     * @param address where to listen; port 0 for any that is free
     * @return where it listens
     * @throws IOException when the address cannot be listened on
     * @throws IllegalArgumentException when the address is not resolved
     */
    public static InetSocketAddress listen(NetStack stack, InetSocketAddress address) throws IOException {
        requireResolved("address", address);
        ServerSocketChannel server = ServerSocketChannel.open();
        try {
            server.bind(address);
            server.configureBlocking(false);
            InetSocketAddress bound = (InetSocketAddress) server.getLocalAddress();
            stack.add(new TcpAcceptor(stack, server));
            return bound;
        } catch (IOException e) {
            server.close();
            throw e;
        }
    }

    /**
     * Dials the peer: one control channel and some data channels. What cannot be opened is tried again.
     *
     * @param stack the stack that gets the channels
     * @param peer where the peer listens
     * @param latency how many channels of class LATENCY, 0 to {@link #MOST_CHANNELS}
     * @param throughput how many channels of class THROUGHPUT, 0 to {@link #MOST_CHANNELS}
     * @throws IllegalArgumentException when a number is not legal, or the address is not a resolved internet address
     */
    public static void dial(NetStack stack, SocketAddress peer, int latency, int throughput) {
        requireChannels("latency", latency);
        requireChannels("throughput", throughput);
        dial(stack, peer, ChannelRange.fixed(latency), ChannelRange.fixed(throughput));
    }

    /**
     * Dials the peer: one control channel, and data channels as what is sent from here calls for them. They are opened
     * when those there are do not keep up, and drained when fewer would do (NC-CH-5). What cannot be opened is tried
     * again.
     *
     * @param stack the stack that gets the channels
     * @param peer where the peer listens
     * @param latency how many channels of class LATENCY
     * @param throughput how many channels of class THROUGHPUT
     * @throws IllegalArgumentException when the address is not a resolved internet address
     */
    public static void dial(NetStack stack, SocketAddress peer, ChannelRange latency, ChannelRange throughput) {
        requireResolved("peer", peer);
        TcpDialer dialer = new TcpDialer(stack, peer);
        dialer.want(ChannelClass.CONTROL);
        dialer.want(ChannelClass.LATENCY, latency.least());
        dialer.want(ChannelClass.THROUGHPUT, throughput.least());
        stack.add(dialer);
        scale(stack, dialer, ChannelClass.LATENCY, latency);
        scale(stack, dialer, ChannelClass.THROUGHPUT, throughput);
    }

    /** Otherwise the stack's thread would find out, later. */
    private static void requireResolved(String name, SocketAddress address) {
        if (!(address instanceof InetSocketAddress internet) || internet.isUnresolved()) {
            throw new IllegalArgumentException(name + " is " + address + ", legal is a resolved internet address");
        }
    }

    private static void scale(NetStack stack, TcpDialer dialer, ChannelClass channelClass, ChannelRange range) {
        if (!range.isFixed()) {
            stack.add(new ChannelScaler(stack, dialer, channelClass, range));
        }
    }

    static void requireChannels(String name, int count) {
        if (count < 0 || count > MOST_CHANNELS) {
            throw new IllegalArgumentException(name + " is " + count + ", legal is 0 to " + MOST_CHANNELS);
        }
    }
}
