package org.netchannel.optimized.nio;

import java.net.ProtocolFamily;
import java.net.StandardProtocolFamily;
import java.nio.channels.DatagramChannel;
import java.nio.channels.Pipe;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.channels.spi.AbstractSelector;
import java.nio.channels.spi.SelectorProvider;
import org.netchannel.optimized.NetStack;
import org.netchannel.traces.ChannelClass;

/**
 * Gives out socket channels, server socket channels and selectors of one stack. A stack has one peer, so of an address
 * only the port counts, which is the virtual port there; the host part is not looked at. Local addresses are shown as
 * the loopback address with the virtual port. Selectors take channels of their own provider only. Any thread calls; in
 * {@link NetStack.Mode#INVOKER} mode channels and selectors are for the stack's one thread.
 */
public final class VirtualSelectorProvider extends SelectorProvider {
    private final NetStack stack;
    private final ChannelClass trafficClass;

    /**
     * A provider for a stack.
     *
     * @param stack has the connections; it is not closed by anything here
     * @param trafficClass LATENCY or THROUGHPUT: the class of connections that are asked for here, unless
     *     {@link VirtualSocketOptions#TRAFFIC_CLASS} says otherwise
     * @throws IllegalArgumentException when the class is CONTROL
     */
    public VirtualSelectorProvider(NetStack stack, ChannelClass trafficClass) {
        if (trafficClass == ChannelClass.CONTROL) {
            throw new IllegalArgumentException("class is CONTROL, legal is LATENCY or THROUGHPUT");
        }
        this.stack = stack;
        this.trafficClass = trafficClass;
    }

    NetStack stack() {
        return stack;
    }

    ChannelClass trafficClass() {
        return trafficClass;
    }

    @Override
    public SocketChannel openSocketChannel() {
        return new VirtualSocketChannel(this);
    }

    /**
     * Opens a socket channel.
     *
     * @param family INET or INET6, which are the same here
     * @return the channel
     * @throws UnsupportedOperationException for any other family
     */
    @Override
    public SocketChannel openSocketChannel(ProtocolFamily family) {
        requireInternet(family);
        return openSocketChannel();
    }

    @Override
    public ServerSocketChannel openServerSocketChannel() {
        return new VirtualServerSocketChannel(this);
    }

    /**
     * Opens a server socket channel.
     *
     * @param family INET or INET6, which are the same here
     * @return the channel
     * @throws UnsupportedOperationException for any other family
     */
    @Override
    public ServerSocketChannel openServerSocketChannel(ProtocolFamily family) {
        requireInternet(family);
        return openServerSocketChannel();
    }

    private static void requireInternet(ProtocolFamily family) {
        if (family != StandardProtocolFamily.INET && family != StandardProtocolFamily.INET6) {
            throw new UnsupportedOperationException("family is " + family.name() + ", legal is INET or INET6");
        }
    }

    @Override
    public AbstractSelector openSelector() {
        return new VirtualSelector(this);
    }

    /**
     * Not supported: virtual sockets are streams.
     *
     * @throws UnsupportedOperationException always
     */
    @Override
    public DatagramChannel openDatagramChannel() {
        throw new UnsupportedOperationException("there are no virtual datagrams");
    }

    /**
     * Not supported: virtual sockets are streams.
     *
     * @throws UnsupportedOperationException always
     */
    @Override
    public DatagramChannel openDatagramChannel(ProtocolFamily family) {
        throw new UnsupportedOperationException("there are no virtual datagrams");
    }

    /**
     * Not supported.
     *
     * @throws UnsupportedOperationException always
     */
    @Override
    public Pipe openPipe() {
        throw new UnsupportedOperationException("there are no virtual pipes");
    }
}
