package org.netchannel.optimized;

import java.nio.ByteBuffer;
import java.util.List;
import org.agrona.concurrent.Agent;
import org.netchannel.optimized.dpdk.EalMemory;
import org.netchannel.optimized.dpdk.host.DpdkHost;
import org.netchannel.optimized.tcp.TcpConnection;
import org.netchannel.optimized.tcp.wire.Ipv6Address;
import org.netchannel.traces.ChannelClass;

/**
 * Channels over a device of DPDK, without the kernel: each is a connection of our own TCP. The same bytes go over them
 * as over {@link TcpLink}, so that the peer may use that. One host listens, the other dials, and dials again what it
 * loses (NC-FAIL-2). From its opening on one thread of the stack's drives the host of the device, and only it may use
 * that: all channels of the link are that thread's. A device with several queues has a host and a link for each:
 * {@link DpdkLinks}.
 */
public final class DpdkLink {
    private final NetStack stack;
    private final DpdkHost host;
    private final ReceivedSegments views;

    private final int agent;

    private DpdkLink(NetStack stack, DpdkHost host, int agent) {
        this.agent = agent;
        this.stack = stack;
        this.host = host;
        this.views = new ReceivedSegments(host);
    }

    /**
     * Lets the first channel agent of a stack drive a host.
     *
     * @param stack gets the channels
     * @param host nobody else's; it is closed with the stack
     * @return the link, without channels
     * @throws IllegalArgumentException when the device can't send from the memory of the stack, or SEND_BUFFER of the
     *     host's TCP has no room for the largest packet
     */
    public static DpdkLink open(NetStack stack, DpdkHost host) {
        return open(stack, host, 0);
    }

    /**
     * Lets a channel agent of a stack drive a host.
     *
     * @param stack gets the channels
     * @param host nobody else's; it is closed with the stack
     * @param agent which agent, 0 to one less than there are
     * @return the link, without channels
     * @throws IllegalArgumentException when there is no such agent, or the device can't send from the memory of the
     *     stack, which has to be {@link EalMemory} for hardware, or SEND_BUFFER of the host's TCP has no room for the
     *     largest packet
     */
    public static DpdkLink open(NetStack stack, DpdkHost host, int agent) {
        if (agent < 0 || agent >= stack.channelAgents()) {
            throw new IllegalArgumentException(
                    "agent is " + agent + ", legal is 0 to " + (stack.channelAgents() - 1));
        }
        if (!host.readsAllMemory() && stack.memory() != EalMemory.INSTANCE) {
            throw new IllegalArgumentException(host + " sends from DPDK's memory only: make the stack with EalMemory");
        }
        if (host.sendBuffer() < DpdkSender.LEAST_SEND_BUFFER) {
            throw new IllegalArgumentException("SEND_BUFFER of " + host + " is " + host.sendBuffer()
                    + ", legal for channels is at least " + DpdkSender.LEAST_SEND_BUFFER);
        }
        DpdkLink link = new DpdkLink(stack, host, agent);
        stack.host().statistics.dpdk().add(host);
        stack.add(agent, link.new Work());
        return link;
    }

    /** Moves frames. */
    private final class Work implements Agent {
        @Override
        public int doWork() {
            return views.takeBack() + host.work();
        }

        @Override
        public String roleName() {
            return "netchannel-dpdk";
        }

        @Override
        public void onClose() {
            host.close();
            views.close();
        }
    }

    /**
     * Accepts the channels of the peer, for as long as the stack runs.
     *
     * @param port 1 to 65,535
     */
    public void listen(int port) {
        requirePort(port);
        add(new DpdkAcceptor(stack, this, port));
    }

    /**
     * Dials the peer: one control channel and some data channels. What cannot be opened is tried again.
     *
     * @param address the peer's IPv4 address, 32 bits
     * @param port where the peer listens, 1 to 65,535
     * @param latency how many channels of class LATENCY, 0 to {@link TcpLink#MOST_CHANNELS}
     * @param throughput how many channels of class THROUGHPUT, 0 to {@link TcpLink#MOST_CHANNELS}
     * @throws IllegalArgumentException when a number is not legal, or the host can't have such a peer
     */
    public void dial(int address, int port, int latency, int throughput) {
        dial(Ipv6Address.ofIpv4(address), port, latency, throughput);
    }

    /**
     * Dials the peer, as with an IPv4 address.
     *
     * @param address the peer's IPv6 address, for which the host needs one, too; or one of IPv4 as one of those
     * @param port where the peer listens, 1 to 65,535
     * @param latency how many channels of class LATENCY, 0 to {@link TcpLink#MOST_CHANNELS}
     * @param throughput how many channels of class THROUGHPUT, 0 to {@link TcpLink#MOST_CHANNELS}
     * @throws IllegalArgumentException when a number is not legal, or the host can't have such a peer
     */
    public void dial(Ipv6Address address, int port, int latency, int throughput) {
        new DpdkLinks(List.of(this)).dial(address, port, latency, throughput);
    }

    /**
     * Dials the peer: one control channel, and data channels as what is sent from here calls for them, as {@link
     * TcpLink#dial(NetStack, java.net.SocketAddress, ChannelRange, ChannelRange)}.
     *
     * @param address the peer's IPv6 address, for which the host needs one, too; or one of IPv4 as one of those
     * @param port where the peer listens, 1 to 65,535
     * @param latency how many channels of class LATENCY
     * @param throughput how many channels of class THROUGHPUT
     * @throws IllegalArgumentException when the port is not legal, or the host can't have such a peer
     */
    public void dial(Ipv6Address address, int port, ChannelRange latency, ChannelRange throughput) {
        new DpdkLinks(List.of(this)).dial(address, port, latency, throughput);
    }

    void requireDialable(Ipv6Address address, int port) {
        host.ip().requirePossiblePeer(address);
        requirePort(port);
    }

    private static void requirePort(int port) {
        if (port < 1 || port > 65_535) {
            throw new IllegalArgumentException("port is " + port + ", legal is 1 to 65535");
        }
    }

    DpdkHost host() {
        return host;
    }

    NetStack stack() {
        return stack;
    }

    /** From now on the thread of the link does this, too. */
    void add(Agent work) {
        stack.add(agent, work);
    }

    /** A channel that a connection of the host's is from now on; null when it may not come up. */
    Channel attach(int number, ChannelClass channelClass, boolean dialer, TcpConnection connection, ByteBuffer hello) {
        DpdkDriver driver = new DpdkDriver(connection, host, stack.host().segments, views, hello);
        Channel channel = stack.attach(number, channelClass, dialer, driver, agent);
        if (channel == null) {
            driver.close();
        }
        return channel;
    }
}
