package org.netchannel.bench.stack;

import java.io.IOException;
import org.netchannel.optimized.NetStack;
import org.netchannel.optimized.Threading;
import org.netchannel.optimized.VirtualServerSocket;
import org.netchannel.optimized.VirtualSocket;
import org.netchannel.traces.ChannelClass;
import org.netchannel.traces.Config;

/** Two stacks with channels between them. One thread opens connections. */
public final class StackLink implements AutoCloseable {
    static final long MEMORY_BYTES = 64 << 20;

    private final Runnable below;
    private final NetStack leftStack;
    private final NetStack rightStack;
    private final NetStack.Mode mode;
    private final VirtualServerSocket server;

    /** A link with so many data channels of each class. */
    StackLink(Threading threading, Connector connector, int latency, int throughput) throws IOException {
        this(threading, Config.DEFAULTS, connector, latency, throughput);
    }

    /**
     * The same with another configuration.
     *
     * @param threading who does the work of the stacks
     * @param config of both
     * @param connector makes the channels
     * @param latency how many data channels of that class
     * @param throughput how many of that one
     * @throws IOException when channels can't be made
     */
    public StackLink(Threading threading, Config config, Connector connector, int latency, int throughput)
            throws IOException {
        mode = threading.mode();
        leftStack = connector.newStack(config, threading);
        rightStack = connector.newStack(config, threading);
        below = connector.connect(leftStack, rightStack, latency, throughput);
        server = rightStack.listen(80, 1);
    }

    /**
     * The stack that connects.
     *
     * @return closed with the link
     */
    public NetStack left() {
        return leftStack;
    }

    /**
     * The stack that accepts.
     *
     * @return closed with the link
     */
    public NetStack right() {
        return rightStack;
    }

    /**
     * One more connection. Where the stacks have no threads, this one does the work of both until they have met.
     *
     * @param trafficClass of what the left end sends
     * @return both ends
     * @throws IOException when there is no connection
     */
    public Connection connect(ChannelClass trafficClass) throws IOException {
        VirtualSocket left = leftStack.startConnecting(80, trafficClass);
        return new Connection(new StackEnd(leftStack, mode, left), new StackEnd(rightStack, mode, accept()));
    }

    private VirtualSocket accept() throws IOException {
        if (mode == NetStack.Mode.DEDICATED) {
            return server.accept();
        }
        return Stepping.accept(leftStack, rightStack, server);
    }

    /**
     * A connection of two stacks.
     *
     * @param left the end that has connected
     * @param right the end that has accepted
     */
    public record Connection(StackEnd left, StackEnd right) implements Pipe {
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
