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
        mode = threading.mode();
        leftStack = new NetStack(Config.DEFAULTS, threading, SchedulingPolicies.ROUND_ROBIN, MEMORY_BYTES);
        rightStack = new NetStack(Config.DEFAULTS, threading, SchedulingPolicies.ROUND_ROBIN, MEMORY_BYTES);
        if (tcp) {
            InetSocketAddress any = new InetSocketAddress(InetAddress.getLoopbackAddress(), 0);
            TcpLink.dial(leftStack, TcpLink.listen(rightStack, any), latency, throughput);
        } else {
            MemoryLink.connect(leftStack, rightStack, latency, throughput);
        }
        server = rightStack.listen(80, 1);
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
        while (true) {
            leftStack.doWork();
            rightStack.doWork();
            var accepted = server.tryAccept();
            if (accepted.isPresent()) {
                leftStack.doWork();
                return accepted.get();
            }
        }
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
    }
}
