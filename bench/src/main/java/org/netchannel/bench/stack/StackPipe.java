package org.netchannel.bench.stack;

import java.io.EOFException;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import org.netchannel.optimized.MemoryLink;
import org.netchannel.optimized.NetStack;
import org.netchannel.optimized.SchedulingPolicies;
import org.netchannel.optimized.TcpLink;
import org.netchannel.optimized.VirtualServerSocket;
import org.netchannel.optimized.VirtualSocket;
import org.netchannel.traces.ChannelClass;
import org.netchannel.traces.Config;

/** One connection of two stacks over one data channel. */
final class StackPipe implements Pipe {
    private static final long MEMORY_BYTES = 64 << 20;

    private final NetStack leftStack;
    private final NetStack rightStack;
    private final VirtualSocket left;
    private final VirtualSocket right;

    private StackPipe(NetStack.Mode mode, boolean tcp) throws IOException {
        leftStack = new NetStack(Config.DEFAULTS, mode, SchedulingPolicies.ROUND_ROBIN, MEMORY_BYTES);
        rightStack = new NetStack(Config.DEFAULTS, mode, SchedulingPolicies.ROUND_ROBIN, MEMORY_BYTES);
        if (tcp) {
            InetSocketAddress any = new InetSocketAddress(InetAddress.getLoopbackAddress(), 0);
            TcpLink.dial(leftStack, TcpLink.listen(rightStack, any), 1, 0);
        } else {
            MemoryLink.connect(leftStack, rightStack, 1, 0);
        }
        VirtualServerSocket server = rightStack.listen(80, 1);
        left = leftStack.startConnecting(80, ChannelClass.LATENCY);
        right = accept(server, mode);
    }

    static StackPipe inMemory(NetStack.Mode mode) throws IOException {
        return new StackPipe(mode, false);
    }

    static StackPipe overTcp(NetStack.Mode mode) throws IOException {
        return new StackPipe(mode, true);
    }

    /** Where the stacks have no threads, this one does the work of both until they have met. */
    private VirtualSocket accept(VirtualServerSocket server, NetStack.Mode mode) throws IOException {
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

    private record StackEnd(VirtualSocket socket) implements End {
        @Override
        public void send(ByteBuffer source) throws IOException {
            socket.send(source);
        }

        @Override
        public void receiveFully(ByteBuffer target) throws IOException {
            while (target.hasRemaining()) {
                if (socket.receive(target) < 0) {
                    throw new EOFException("the other end was closed");
                }
            }
        }
    }

    @Override
    public End left() {
        return new StackEnd(left);
    }

    @Override
    public End right() {
        return new StackEnd(right);
    }

    @Override
    public void close() {
        leftStack.close();
        rightStack.close();
    }
}
