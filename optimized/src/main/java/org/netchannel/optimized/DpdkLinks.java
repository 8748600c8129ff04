package org.netchannel.optimized;

import java.util.ArrayList;
import java.util.List;
import org.netchannel.optimized.dpdk.host.DpdkHost;
import org.netchannel.optimized.dpdk.host.PortHosts;
import org.netchannel.optimized.tcp.wire.Ipv6Address;
import org.netchannel.traces.ChannelClass;

/**
 * Channels over all queues of a device: each queue's host is driven by a channel agent of its own, and has some of the
 * channels. The peer sees one host.
 */
public final class DpdkLinks {
    private final List<DpdkLink> links;

    DpdkLinks(List<DpdkLink> links) {
        this.links = links;
    }

    /**
     * Lets the first channel agents of a stack drive the hosts of a device, one each.
     *
     * @param stack gets the channels; it has at least as many channel agents as there are hosts
     * @param hosts {@linkplain PortHosts#hosts of one device}, nobody else's; they are closed with the stack
     * @return the links, without channels
     * @throws IllegalArgumentException when the stack has fewer agents, or as {@link DpdkLink#open}
     */
    public static DpdkLinks open(NetStack stack, List<DpdkHost> hosts) {
        if (hosts.isEmpty() || hosts.size() > stack.channelAgents()) {
            throw new IllegalArgumentException(
                    hosts.size() + " hosts, legal is 1 to " + stack.channelAgents() + ", one for each channel agent");
        }
        List<DpdkLink> links = new ArrayList<>();
        for (int agent = 0; agent < hosts.size(); agent++) {
            links.add(DpdkLink.open(stack, hosts.get(agent), agent));
        }
        return new DpdkLinks(links);
    }

    /**
     * Accepts the channels of the peer on whichever queue they come, for as long as the stack runs.
     *
     * @param port 1 to 65,535
     */
    public void listen(int port) {
        links.forEach(link -> link.listen(port));
    }

    /**
     * Dials the peer: one control channel from the first queue, and data channels from the next ones in turn. What
     * cannot be opened is tried again.
     *
     * @param address the peer's IPv4 address, 32 bits
     * @param port where the peer listens, 1 to 65,535
     * @param latency how many channels of class LATENCY, 0 to {@link TcpLink#MOST_CHANNELS}
     * @param throughput how many channels of class THROUGHPUT, 0 to {@link TcpLink#MOST_CHANNELS}
     * @throws IllegalArgumentException when a number is not legal, or the hosts can't have such a peer
     */
    public void dial(int address, int port, int latency, int throughput) {
        dial(Ipv6Address.ofIpv4(address), port, latency, throughput);
    }

    /**
     * Dials the peer, as with an IPv4 address.
     *
     * @param address the peer's IPv6 address, for which the hosts need one, too; or one of IPv4 as one of those
     * @param port where the peer listens, 1 to 65,535
     * @param latency how many channels of class LATENCY, 0 to {@link TcpLink#MOST_CHANNELS}
     * @param throughput how many channels of class THROUGHPUT, 0 to {@link TcpLink#MOST_CHANNELS}
     * @throws IllegalArgumentException when a number is not legal, or the hosts can't have such a peer
     */
    public void dial(Ipv6Address address, int port, int latency, int throughput) {
        TcpLink.requireChannels("latency", latency);
        TcpLink.requireChannels("throughput", throughput);
        dial(address, port, ChannelRange.fixed(latency), ChannelRange.fixed(throughput));
    }

    /**
     * Dials the peer: one control channel, and data channels as what is sent from here calls for them (NC-CH-5), as
     * {@link TcpLink#dial(NetStack, java.net.SocketAddress, ChannelRange, ChannelRange)}; a channel more on the
     * queue that has the fewest.
     *
     * @param address the peer's IPv6 address, for which the hosts need one, too; or one of IPv4 as one of those
     * @param port where the peer listens, 1 to 65,535
     * @param latency how many channels of class LATENCY
     * @param throughput how many channels of class THROUGHPUT
     * @throws IllegalArgumentException when the port is not legal, or the hosts can't have such a peer
     */
    public void dial(Ipv6Address address, int port, ChannelRange latency, ChannelRange throughput) {
        links.getFirst().requireDialable(address, port);
        ChannelNumbers numbers = new ChannelNumbers();
        List<DpdkDialer> dialers = new ArrayList<>();
        links.forEach(link -> dialers.add(new DpdkDialer(link, address, port, numbers)));
        DpdkDialers all = new DpdkDialers(dialers);
        all.want(ChannelClass.CONTROL);
        all.want(ChannelClass.LATENCY, latency.least());
        all.want(ChannelClass.THROUGHPUT, throughput.least());
        for (int i = 0; i < links.size(); i++) {
            links.get(i).add(dialers.get(i));
        }
        scale(all, ChannelClass.LATENCY, latency);
        scale(all, ChannelClass.THROUGHPUT, throughput);
    }

    private void scale(DpdkDialers all, ChannelClass channelClass, ChannelRange range) {
        if (!range.isFixed()) {
            DpdkLink first = links.getFirst();
            first.add(new ChannelScaler(first.stack(), all, channelClass, range));
        }
    }
}
