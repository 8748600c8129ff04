package org.netchannel.optimized.nio;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import org.netchannel.optimized.MemoryLink;
import org.netchannel.optimized.NetStack;
import org.netchannel.optimized.SchedulingPolicies;
import org.netchannel.traces.ChannelClass;
import org.netchannel.traces.Config;

/** Two stacks in one process with a provider each, and threads of applications. */
final class TwoProviders {
    final NetStack leftStack;
    final NetStack rightStack;
    final VirtualSelectorProvider left;
    final VirtualSelectorProvider right;
    final ExecutorService threads = Executors.newCachedThreadPool();

    TwoProviders(Config config) {
        leftStack = new NetStack(config, NetStack.Mode.DEDICATED, SchedulingPolicies.ROUND_ROBIN, 64 << 20);
        rightStack = new NetStack(config, NetStack.Mode.DEDICATED, SchedulingPolicies.ROUND_ROBIN, 64 << 20);
        MemoryLink.connect(leftStack, rightStack, 1, 1);
        left = new VirtualSelectorProvider(leftStack, ChannelClass.LATENCY);
        right = new VirtualSelectorProvider(rightStack, ChannelClass.LATENCY);
    }

    static InetSocketAddress port(int port) {
        return new InetSocketAddress("127.0.0.1", port);
    }

    ServerSocketChannel listen(int port) throws IOException {
        return right.openServerSocketChannel().bind(port(port));
    }

    /** A connection from left to right, both ends in blocking mode. */
    SocketChannel[] connect(ServerSocketChannel server) throws IOException {
        SocketChannel asking = left.openSocketChannel();
        assertThat(asking.connect(server.getLocalAddress())).isTrue();
        return new SocketChannel[] {asking, server.accept()};
    }

    static ByteBuffer bytes(String text) {
        return ByteBuffer.wrap(text.getBytes(StandardCharsets.US_ASCII));
    }

    static String text(ByteBuffer buffer) {
        return StandardCharsets.US_ASCII.decode(buffer).toString();
    }

    /** A thread that waits, as far as can be seen: it is about to if not. */
    static void awaitBlocked(Thread thread) {
        while (thread.getState() != Thread.State.WAITING && thread.getState() != Thread.State.TIMED_WAITING) {
            Thread.onSpinWait();
        }
    }

    void close() throws InterruptedException {
        leftStack.close();
        rightStack.close();
        threads.shutdownNow();
        assertThat(threads.awaitTermination(30, TimeUnit.SECONDS)).isTrue();
    }
}
