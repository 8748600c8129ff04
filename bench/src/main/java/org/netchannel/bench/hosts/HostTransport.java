package org.netchannel.bench.hosts;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.util.Locale;
import org.netchannel.bench.stack.MbufEnd;
import org.netchannel.bench.stack.NioEnd;
import org.netchannel.bench.stack.StackEnd;
import org.netchannel.optimized.NetStack;
import org.netchannel.optimized.SchedulingPolicies;
import org.netchannel.optimized.TcpLink;
import org.netchannel.optimized.VirtualServerSocket;
import org.netchannel.optimized.dpdk.host.PortHosts;
import org.netchannel.traces.ChannelClass;
import org.netchannel.traces.Config;

/** What carries bytes between two hosts. */
public enum HostTransport {
    /** Plain NIO sockets: what is to be replaced. */
    NIO {
        @Override
        Listening listen(Here here) throws IOException {
            ServerSocketChannel server = ServerSocketChannel.open();
            return Opening.orClose(server::close, () -> {
                server.bind(new InetSocketAddress(here.address(), 0), 1);
                return new Listening(new Place(((InetSocketAddress) server.getLocalAddress()).getPort(), null),
                        () -> NioEnd.of(server.accept()), server::close);
            });
        }

        @Override
        Dialer dialer(Here here) {
            return Dialer.of(there -> {
                NioEnd end = NioEnd.of(SocketChannel.open(there));
                return new Session(end, end::close);
            });
        }
    },
    /** The stack over one TCP connection of the kernel's, stepped by the application's thread. */
    TCP_INVOKER {
        @Override
        Listening listen(Here here) throws IOException {
            return stackListening(here.address(), NetStack.Mode.INVOKER);
        }

        @Override
        Dialer dialer(Here here) {
            return Dialer.of(there -> stackSession(there, NetStack.Mode.INVOKER));
        }
    },
    /** The stack over one TCP connection of the kernel's, with a thread of its own. */
    TCP_DEDICATED {
        @Override
        Listening listen(Here here) throws IOException {
            return stackListening(here.address(), NetStack.Mode.DEDICATED);
        }

        @Override
        Dialer dialer(Here here) {
            return Dialer.of(there -> stackSession(there, NetStack.Mode.DEDICATED));
        }
    },
    /** The stack over a device of DPDK, stepped by the application's thread. Either end may be the kernel's instead. */
    DPDK_INVOKER {
        @Override
        Listening listen(Here here) throws IOException {
            return DeviceStack.on(here.requireDevice()).listen(here.address());
        }

        @Override
        Dialer dialer(Here here) throws IOException {
            HostDevice device = here.requireDevice();
            if (!device.device().isThereFirst()) {
                return Dialer.of(there -> DeviceStack.on(device).dial(there));
            }
            DeviceStack stack = DeviceStack.on(device);
            return new Dialer(stack::dial, stack::close);
        }
    },
    /** A copy into mbufs, on a device that loses nothing, and nothing else: what the stack over it can't exceed. */
    MBUF_COPIES {
        @Override
        Listening listen(Here here) throws IOException {
            Session session = copies(here.requireDevice());
            return new Listening(new Place(1, null), session::end, session.closing());
        }

        @Override
        Dialer dialer(Here here) throws IOException {
            HostDevice device = here.requireDevice();
            if (!device.device().isThereFirst()) {
                return Dialer.of(there -> copies(device));
            }
            Session session = copies(device);
            return new Dialer(there -> session, session.closing());
        }
    };

    static final long MEMORY_BYTES = 64 << 20;
    private static final int PORT = 80;

    /** Listens on any free port, for one session. */
    abstract Listening listen(Here here) throws IOException;

    /** Dials who listens with whatever transport that understands the same. */
    abstract Dialer dialer(Here here) throws IOException;

    /**
     * What it is called in tables.
     *
     * @return in lower case, with hyphens
     */
    public String tableName() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    private static Listening stackListening(InetAddress address, NetStack.Mode mode) throws IOException {
        NetStack stack = stack(mode);
        return Opening.orClose(stack::close, () -> {
            VirtualServerSocket server = stack.listen(PORT, 1);
            int port = TcpLink.listen(stack, new InetSocketAddress(address, 0)).getPort();
            return new Listening(new Place(port, null), () -> new StackEnd(stack, mode, server.accept()),
                    stack::close);
        });
    }

    private static Session stackSession(InetSocketAddress address, NetStack.Mode mode) throws IOException {
        NetStack stack = stack(mode);
        return Opening.orClose(stack::close, () -> {
            TcpLink.dial(stack, address, 1, 0);
            return new Session(
                    new StackEnd(stack, mode, stack.connect(PORT, ChannelClass.LATENCY)), stack::close);
        });
    }

    private static Session copies(HostDevice device) throws IOException {
        if (!device.device().isMemif()) {
            throw new IOException(device.device() + " may lose frames");
        }
        PortHosts hosts = device.open();
        return Opening.orClose(hosts::close, () -> {
            MbufEnd end = new MbufEnd(hosts.port(), hosts.pool());
            return new Session(end, () -> {
                end.close();
                hosts.close();
            });
        });
    }

    private static NetStack stack(NetStack.Mode mode) {
        return new NetStack(Config.DEFAULTS, mode, SchedulingPolicies.ROUND_ROBIN, MEMORY_BYTES);
    }
}
