package org.netchannel.bench.stack;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import org.netchannel.optimized.MemoryLink;
import org.netchannel.optimized.NetStack;
import org.netchannel.optimized.SchedulingPolicies;
import org.netchannel.optimized.TcpLink;
import org.netchannel.optimized.Threading;
import org.netchannel.optimized.VirtualServerSocket;
import org.netchannel.optimized.VirtualSocket;
import org.netchannel.traces.ChannelClass;
import org.netchannel.traces.Config;

/** Two stacks with channels between them. One thread opens connections. */
final class StackLink implements AutoCloseable {
    private static final long MEMORY_BYTES = 64 << 20;

    /** Makes channels between two stacks. */
    interface Connector {
        /** Does it; what is answered is run after the stacks were closed. */
        Runnable connect(NetStack left, NetStack right) throws IOException;
    }

    private final Runnable below;
    private final NetStack leftStack;
    private final NetStack rightStack;
    private final NetStack.Mode mode;
    private final VirtualServerSocket server;

    /** A link with so many data channels of each class. */
    StackLink(NetStack.Mode mode, boolean tcp, int latency, int throughput) throws IOException {
        this(Threading.of(mode), tcp, latency, throughput);
    }

    /** The same with stacks that divide their work as told. */
    StackLink(Threading threading, boolean tcp, int latency, int throughput) throws IOException {
        this(threading, Config.DEFAULTS, (left, right) -> connect(left, right, tcp, latency, throughput));
    }

    /** A link with channels of whatever kind. */
    StackLink(Threading threading, Config config, Connector connector) throws IOException {
        mode = threading.mode();
        leftStack = new NetStack(config, threading, SchedulingPolicies.ROUND_ROBIN, MEMORY_BYTES);
        rightStack = new NetStack(config, threading, SchedulingPolicies.ROUND_ROBIN, MEMORY_BYTES);
        below = connector.connect(leftStack, rightStack);
        server = rightStack.listen(80, 1);
    }

    private static Runnable connect(NetStack left, NetStack right, boolean tcp, int latency, int throughput)
            throws IOException {
        if (tcp) {
            InetSocketAddress any = new InetSocketAddress(InetAddress.getLoopbackAddress(), 0);
            TcpLink.dial(left, TcpLink.listen(right, any), latency, throughput);
        } else {
            MemoryLink.connect(left, right, latency, throughput);
        }
        return () -> { };
    }

    /** One more connection. */
    Pipe connect(ChannelClass trafficClass) throws IOException {
        VirtualSocket left = leftStack.startConnecting(80, trafficClass);
        return new Connection(new StackEnd(left), new StackEnd(accept()));
    }

    /** Where the stacks have no threads, this one does the work of both until they have met. */
    private VirtualSocket accept() throws IOException {
        if (mode == NetStack.Mode.DEDICATED) {
            return server.accept();
        }
        return Stepping.accept(leftStack, rightStack, server);
    }

    private record Connection(StackEnd left, StackEnd right) implements Pipe {
        @Override
        public void close() {
            left.socket().close();
            right.socket().close();
        }
    }

    @Override
    public void close() {
        leftStack.close();
        rightStack.close();
        below.run();
    }
}
