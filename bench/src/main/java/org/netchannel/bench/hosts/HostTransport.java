package org.netchannel.bench.hosts;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.util.Locale;
import org.netchannel.bench.stack.NioEnd;
import org.netchannel.bench.stack.StackEnd;
import org.netchannel.optimized.NetStack;
import org.netchannel.optimized.SchedulingPolicies;
import org.netchannel.optimized.TcpLink;
import org.netchannel.optimized.VirtualServerSocket;
import org.netchannel.traces.ChannelClass;
import org.netchannel.traces.Config;

/** What carries bytes between two hosts. */
public enum HostTransport {
    /** Plain NIO sockets: what is to be replaced. */
    NIO {
        @Override
        Listening listen(InetAddress address) throws IOException {
            ServerSocketChannel server = ServerSocketChannel.open();
            server.bind(new InetSocketAddress(address, 0), 1);
            return new Listening(((InetSocketAddress) server.getLocalAddress()).getPort(),
                    () -> NioEnd.of(server.accept()), server::close);
        }

        @Override
        Session dial(InetSocketAddress address) throws IOException {
            NioEnd end = NioEnd.of(SocketChannel.open(address));
            return new Session(end, end::close);
        }
    },
    /** The stack over one TCP connection of the kernel's, stepped by the application's thread. */
    TCP_INVOKER {
        @Override
        Listening listen(InetAddress address) throws IOException {
            return stackListening(address, NetStack.Mode.INVOKER);
        }

        @Override
        Session dial(InetSocketAddress address) throws IOException {
            return stackSession(address, NetStack.Mode.INVOKER);
        }
    },
    /** The stack over one TCP connection of the kernel's, with a thread of its own. */
    TCP_DEDICATED {
        @Override
        Listening listen(InetAddress address) throws IOException {
            return stackListening(address, NetStack.Mode.DEDICATED);
        }

        @Override
        Session dial(InetSocketAddress address) throws IOException {
            return stackSession(address, NetStack.Mode.DEDICATED);
        }
    };

    private static final long MEMORY_BYTES = 64 << 20;
    private static final int PORT = 80;

    /** Listens on any free port of an address, for one session. */
    abstract Listening listen(InetAddress address) throws IOException;

    /** Opens a session with who listens there. */
    abstract Session dial(InetSocketAddress address) throws IOException;

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
        VirtualServerSocket server = stack.listen(PORT, 1);
        int port = TcpLink.listen(stack, new InetSocketAddress(address, 0)).getPort();
        return new Listening(port, () -> new StackEnd(server.accept()), stack::close);
    }

    private static Session stackSession(InetSocketAddress address, NetStack.Mode mode) throws IOException {
        NetStack stack = stack(mode);
        TcpLink.dial(stack, address, 1, 0);
        try {
            return new Session(new StackEnd(stack.connect(PORT, ChannelClass.LATENCY)), stack::close);
        } catch (IOException e) {
            stack.close();
            throw e;
        }
    }

    private static NetStack stack(NetStack.Mode mode) {
        return new NetStack(Config.DEFAULTS, mode, SchedulingPolicies.ROUND_ROBIN, MEMORY_BYTES);
    }
}
