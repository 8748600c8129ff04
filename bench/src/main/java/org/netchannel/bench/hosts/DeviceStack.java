package org.netchannel.bench.hosts;

import java.io.IOException;
import java.net.Inet6Address;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import org.netchannel.bench.stack.StackEnd;
import org.netchannel.optimized.DpdkLinks;
import org.netchannel.optimized.Idling;
import org.netchannel.optimized.NetStack;
import org.netchannel.optimized.SchedulingPolicies;
import org.netchannel.optimized.Threading;
import org.netchannel.optimized.VirtualServerSocket;
import org.netchannel.optimized.dpdk.EalMemory;
import org.netchannel.optimized.dpdk.host.PortHosts;
import org.netchannel.optimized.tcp.host.Ipv6Interface;
import org.netchannel.optimized.tcp.wire.Ipv6Address;
import org.netchannel.traces.ChannelClass;
import org.netchannel.traces.Config;

/** A stack on a device of this host, for one measurement. The thread that sends or receives steps it, and spins. */
final class DeviceStack implements AutoCloseable {
    private static final int LINK_PORT = 7_000;
    private static final int PORT = 80;

    private final PortHosts hosts;
    private final NetStack stack;
    private final DpdkLinks links;

    private DeviceStack(PortHosts hosts, NetStack stack) {
        this.hosts = hosts;
        this.stack = stack;
        links = DpdkLinks.open(stack, hosts.hosts());
    }

    /** Opens the device; when anything fails, it is closed again. */
    static DeviceStack on(HostDevice device) throws IOException {
        return on(device.open(), device.config());
    }

    /** Has the hosts from now on, also when this fails: they are closed then. */
    static DeviceStack on(PortHosts hosts, Config config) throws IOException {
        return Opening.orClose(hosts::close, () -> {
            NetStack stack = stack(hosts, config);
            return Opening.orClose(stack::close, () -> new DeviceStack(hosts, stack));
        });
    }

    private static NetStack stack(PortHosts hosts, Config config) {
        Threading threading = Threading.of(NetStack.Mode.INVOKER).withIdling(Idling.YIELD)
                .withChannelAgents(hosts.queues());
        return hosts.host(0).readsAllMemory()
                ? new NetStack(config, threading, SchedulingPolicies.ROUND_ROBIN, HostTransport.MEMORY_BYTES)
                : new NetStack(config, threading, SchedulingPolicies.ROUND_ROBIN, HostTransport.MEMORY_BYTES,
                        EalMemory.INSTANCE, null);
    }

    /**
     * Accepts one connection, over the version of IP with which it was asked to. It is closed when that fails, and
     * otherwise with what this gives.
     */
    Listening listen(InetAddress asked) throws IOException {
        return Opening.orClose(this::close, () -> listening(asked));
    }

    private Listening listening(InetAddress asked) throws IOException {
        VirtualServerSocket server = stack.listen(PORT, 1);
        links.listen(LINK_PORT);
        Ipv6Address self = hosts.ipv6().filter(it -> asked instanceof Inet6Address).map(Ipv6Interface::address)
                .orElseGet(() -> Ipv6Address.ofIpv4(hosts.address().address()));
        return new Listening(new Place(LINK_PORT, self.toInetAddress()),
                () -> new StackEnd(stack, NetStack.Mode.INVOKER, server.accept()), this::close);
    }

    /** Connects with who listens there. It is closed when that fails, and otherwise with what this gives. */
    Session dial(InetSocketAddress there) throws IOException {
        return Opening.orClose(this::close, () -> session(there));
    }

    private Session session(InetSocketAddress there) throws IOException {
        Ipv6Address peer = Ipv6Address.of(there.getAddress());
        if (!hosts.host(0).ip().mayReach(peer)) {
            throw new IOException(there.getAddress().getHostAddress() + " can't be reached from " + hosts.address()
                    + hosts.ipv6().map(it -> " or " + it).orElse(""));
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
