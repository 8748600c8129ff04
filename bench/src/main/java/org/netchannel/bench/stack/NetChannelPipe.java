package org.netchannel.bench.stack;

import java.io.EOFException;
import java.io.IOException;
import java.nio.ByteBuffer;
import org.netchannel.optimized.MemoryLink;
import org.netchannel.optimized.NetStack;
import org.netchannel.optimized.SchedulingPolicies;
import org.netchannel.optimized.VirtualServerSocket;
import org.netchannel.optimized.VirtualSocket;
import org.netchannel.traces.ChannelClass;
import org.netchannel.traces.Config;

/** One connection of two stacks over one in-memory channel. */
final class NetChannelPipe implements Pipe {
    private static final long MEMORY_BYTES = 64 << 20;

    private final NetStack leftStack;
    private final NetStack rightStack;
    private final VirtualSocket left;
    private final VirtualSocket right;

    NetChannelPipe(NetStack.Mode mode) throws IOException {
        leftStack = new NetStack(Config.DEFAULTS, mode, SchedulingPolicies.ROUND_ROBIN, MEMORY_BYTES);
        rightStack = new NetStack(Config.DEFAULTS, mode, SchedulingPolicies.ROUND_ROBIN, MEMORY_BYTES);
        MemoryLink.connect(leftStack, rightStack, 1, 0);
        VirtualServerSocket server = rightStack.listen(80, 1);
        left = leftStack.startConnecting(80, ChannelClass.LATENCY);
        right = accept(server, mode);
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

    private record NetChannelEnd(VirtualSocket socket) implements End {
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
        return new NetChannelEnd(left);
    }

    @Override
    public End right() {
        return new NetChannelEnd(right);
    }

    @Override
    public void close() {
        leftStack.close();
        rightStack.close();
    }
}
