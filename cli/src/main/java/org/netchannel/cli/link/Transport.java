package org.netchannel.cli.link;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import org.netchannel.optimized.NetStack;
import org.netchannel.optimized.TcpLink;
import org.netchannel.traces.Config;

/** What the link of a command's stack goes over. For one stack; it is closed after that. Any thread calls. */
public sealed interface Transport extends AutoCloseable permits KernelTransport, DeviceTransport {
    /** TCP of the kernel's. */
    Transport KERNEL = new KernelTransport();

    /**
     * Where a port is that is named without a host.
     *
     * @return an address of this host
     */
    InetAddress home();

    /**
     * Whether there may be a peer with an address.
     *
     * @param peer the address
     * @return whether it makes sense to dial
     */
    boolean reaches(InetAddress peer);

    /**
     * Starts the stack, with the threads and the memory that it has to have.
     *
     * @param config its settings
     * @param memoryBytes the most memory that payload may take
     * @return the stack, without channels
     */
    NetStack start(Config config, long memoryBytes);

    /**
     * Accepts the channels of the peer.
     *
     * @param stack gets them
     * @param address where to listen
     * @return where it listens
     * @throws IOException when that is not possible there
     */
    InetSocketAddress listen(NetStack stack, InetSocketAddress address) throws IOException;

    /**
     * Dials the peer; that nobody is there shows with the first connection.
     *
     * @param stack gets the channels
     * @param peer where the peer listens, which this {@linkplain #reaches reaches}
     * @param latency how many channels of class LATENCY, 0 to {@link TcpLink#MOST_CHANNELS}
     * @param throughput how many channels of class THROUGHPUT, 0 to {@link TcpLink#MOST_CHANNELS}
     */
    void dial(NetStack stack, InetSocketAddress peer, int latency, int throughput);

    /** Somebody may still read what was received: from now on {@link #close} gives no memory back. */
    void keepMemory();

    @Override
    void close();
}
