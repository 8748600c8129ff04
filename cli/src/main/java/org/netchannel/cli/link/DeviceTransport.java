package org.netchannel.cli.link;

import java.io.IOException;
import java.net.Inet4Address;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;
import java.nio.ByteBuffer;
import org.netchannel.optimized.DpdkLinks;
import org.netchannel.optimized.NetStack;
import org.netchannel.optimized.SchedulingPolicies;
import org.netchannel.optimized.Threading;
import org.netchannel.optimized.dpdk.EalMemory;
import org.netchannel.optimized.dpdk.host.PortHosts;
import org.netchannel.traces.Config;

/** A device of DPDK with a TCP of its own. */
public final class DeviceTransport implements Transport {
    private final PortHosts hosts;

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
        try {
            return InetAddress.getByAddress(
                    ByteBuffer.allocate(Integer.BYTES).putInt(hosts.address().address()).array());
        } catch (UnknownHostException e) {
            throw new IllegalStateException("four bytes are an address", e);
        }
    }

    @Override
    public boolean reaches(InetAddress peer) {
        return peer instanceof Inet4Address && hosts.host(0).ip().mayReach(bits(peer));
    }

    private static int bits(InetAddress address) {
        return ByteBuffer.wrap(address.getAddress()).getInt();
    }

    @Override
    public NetStack start(Config config, long memoryBytes) {
        Threading threading = Threading.of(NetStack.Mode.DEDICATED).withChannelAgents(hosts.queues());
        return hosts.host(0).readsAllMemory()
                ? new NetStack(config, threading, SchedulingPolicies.SHORTEST_QUEUE, memoryBytes)
                : new NetStack(config, threading, SchedulingPolicies.SHORTEST_QUEUE, memoryBytes,
                        EalMemory.INSTANCE, null);
    }

    @Override
    public InetSocketAddress listen(NetStack stack, InetSocketAddress address) throws IOException {
        boolean everywhere = address.getAddress().isAnyLocalAddress();
        if (!everywhere && !address.getAddress().equals(home())) {
            throw new IOException("the device has " + home().getHostAddress() + " alone");
        }
        if (address.getPort() == 0) {
            throw new IOException("on a device the port has to be named");
        }
        DpdkLinks.open(stack, hosts.hosts()).listen(address.getPort());
        return new InetSocketAddress(home(), address.getPort());
    }

    @Override
    public void dial(NetStack stack, InetSocketAddress peer, int latency, int throughput) {
        DpdkLinks.open(stack, hosts.hosts()).dial(bits(peer.getAddress()), peer.getPort(), latency, throughput);
    }

    @Override
    public void close() {
        hosts.close();
    }
}
