package org.netchannel.bench.hosts;

import java.io.IOException;
import java.net.Inet4Address;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import org.netchannel.bench.stack.StackEnd;
import org.netchannel.optimized.DpdkLinks;
import org.netchannel.optimized.Idling;
import org.netchannel.optimized.NetStack;
import org.netchannel.optimized.SchedulingPolicies;
import org.netchannel.optimized.Threading;
import org.netchannel.optimized.VirtualServerSocket;
import org.netchannel.optimized.dpdk.EalMemory;
import org.netchannel.optimized.dpdk.host.PortHosts;
import org.netchannel.traces.ChannelClass;

/** A stack on a device of this host, for one measurement. The thread that sends or receives steps it, and spins. */
final class DeviceStack implements AutoCloseable {
    private static final int LINK_PORT = 7_000;
    private static final int PORT = 80;

    private final PortHosts hosts;
    private final NetStack stack;
    private final DpdkLinks links;

    DeviceStack(HostDevice device) throws IOException {
        hosts = device.open();
        Threading threading = Threading.of(NetStack.Mode.INVOKER).withIdling(Idling.YIELD)
                .withChannelAgents(hosts.queues());
        stack = hosts.host(0).readsAllMemory()
                ? new NetStack(device.config(), threading, SchedulingPolicies.ROUND_ROBIN, HostTransport.MEMORY_BYTES)
                : new NetStack(device.config(), threading, SchedulingPolicies.ROUND_ROBIN, HostTransport.MEMORY_BYTES,
                        EalMemory.INSTANCE, null);
        links = DpdkLinks.open(stack, hosts.hosts());
    }

    /** Accepts one connection. */
    Listening listen() throws IOException {
        VirtualServerSocket server = stack.listen(PORT, 1);
        links.listen(LINK_PORT);
        InetAddress self = InetAddress.getByAddress(
                ByteBuffer.allocate(Integer.BYTES).putInt(hosts.address().address()).array());
        return new Listening(new Place(LINK_PORT, self),
                () -> new StackEnd(stack, NetStack.Mode.INVOKER, server.accept()), this::close);
    }

    /** Connects with who listens there. */
    Session dial(InetSocketAddress there) throws IOException {
        if (!(there.getAddress() instanceof Inet4Address)) {
            throw new IOException(there.getAddress().getHostAddress() + " is no IPv4 address");
        }
        int peer = HostDevice.bits(there.getAddress());
        if (!hosts.host(0).ip().mayReach(peer)) {
            throw new IOException(there.getAddress().getHostAddress() + " can't be reached from " + hosts.address());
        }
        links.dial(peer, there.getPort(), hosts.queues(), 0);
        return new Session(new StackEnd(stack, NetStack.Mode.INVOKER, stack.connect(PORT, ChannelClass.LATENCY)),
                this::close);
    }

    @Override
    public void close() {
        stack.close();
        hosts.close();
    }
}
