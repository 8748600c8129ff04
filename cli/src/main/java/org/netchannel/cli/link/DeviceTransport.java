package org.netchannel.cli.link;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import org.netchannel.optimized.DpdkLinks;
import org.netchannel.optimized.NetStack;
import org.netchannel.optimized.SchedulingPolicies;
import org.netchannel.optimized.Threading;
import org.netchannel.optimized.dpdk.EalMemory;
import org.netchannel.optimized.dpdk.host.PortHosts;
import org.netchannel.optimized.tcp.wire.Ipv6Address;
import org.netchannel.traces.Config;

/** A device of DPDK with a TCP of its own. */
public final class DeviceTransport implements Transport {
    private final PortHosts hosts;
    private volatile boolean keepsMemory;

    /**
     * Uses a device.
     *
     * @param hosts nobody else's; closed with this
     */
    public DeviceTransport(PortHosts hosts) {
        this.hosts = hosts;
    }

    @Override
    public InetAddress home() {
        return Ipv6Address.ofIpv4(hosts.address().address()).toInetAddress();
    }

    @Override
    public boolean reaches(InetAddress peer) {
        return hosts.host(0).ip().mayReach(Ipv6Address.of(peer));
    }

    @Override
    public NetStack start(Config config, long memoryBytes) {
        Threading threading = Threading.of(NetStack.Mode.DEDICATED).withChannelAgents(hosts.queues());
        return hosts.host(0).readsAllMemory()
                ? new NetStack(config, threading, SchedulingPolicies.SHORTEST_QUEUE, memoryBytes)
                : new NetStack(config, threading, SchedulingPolicies.SHORTEST_QUEUE, memoryBytes,
                        EalMemory.INSTANCE, null);
    }

    /** Whatever address is named: peers reach the port at each that the device has. */
    @Override
    public InetSocketAddress listen(NetStack stack, InetSocketAddress address) throws IOException {
        List<InetAddress> ours = new ArrayList<>(List.of(home()));
        hosts.ipv6().ifPresent(ipv6 -> ours.add(ipv6.address().toInetAddress()));
        boolean everywhere = address.getAddress().isAnyLocalAddress();
        if (!everywhere && !ours.contains(address.getAddress())) {
            throw new IOException("the device has " + ours.stream().map(InetAddress::getHostAddress)
                    .collect(Collectors.joining(" and ")) + " alone");
        }
        if (address.getPort() == 0) {
            throw new IOException("on a device the port has to be named");
        }
        DpdkLinks.open(stack, hosts.hosts()).listen(address.getPort());
        return everywhere ? new InetSocketAddress(home(), address.getPort()) : address;
    }

    @Override
    public void dial(NetStack stack, InetSocketAddress peer, int latency, int throughput) {
        Ipv6Address address = Ipv6Address.of(peer.getAddress());
        DpdkLinks.open(stack, hosts.hosts()).dial(address, peer.getPort(), latency, throughput);
    }

    @Override
    public void keepMemory() {
        keepsMemory = true;
    }

    @Override
    public void close() {
        if (!keepsMemory) {
            hosts.close();
        }
    }
}
