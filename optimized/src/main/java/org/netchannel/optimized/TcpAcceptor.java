package org.netchannel.optimized;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.StandardSocketOptions;
import java.nio.ByteBuffer;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.util.ArrayDeque;
import java.util.Deque;
import org.agrona.concurrent.Agent;

/**
 * Accepts TCP connections and finds out which channel each is, from the HELLO that has to come first (NC-CH-2). Who
 * says nothing for too long, or anything else, is shown out. The stack's thread calls.
 */
final class TcpAcceptor implements Agent {
    private static final long EVERY_NS = 1_000_000;
    private static final long PATIENCE_NS = 5_000_000_000L;
    private static final int MOST_VISITORS = 64;

    /** A connection that has not said yet what it is. */
    private record Visitor(SocketChannel socket, ByteBuffer said, long sinceNs) {}

    private final NetStack stack;
    private final ServerSocketChannel server;
    private final Deque<Visitor> visitors = new ArrayDeque<>();
    private long nextLookNs = System.nanoTime();

    TcpAcceptor(NetStack stack, ServerSocketChannel server) {
        this.stack = stack;
        this.server = server;
    }

    @Override
    public String roleName() {
        return "netchannel-acceptor";
    }

    @Override
    public int doWork() throws IOException {
        long now = System.nanoTime();
        if (now - nextLookNs < 0) {
            return 0;
        }
        nextLookNs = now + EVERY_NS;
        int work = accept(now);
        for (int left = visitors.size(); left > 0; left--) {
            Visitor visitor = visitors.remove();
            if (isStillWaiting(visitor, now)) {
                visitors.add(visitor);
            } else {
                work++;
            }
        }
        return work;
    }

    private int accept(long now) throws IOException {
        SocketChannel socket = visitors.size() < MOST_VISITORS ? server.accept() : null;
        if (socket == null) {
            return 0;
        }
        try {
            socket.configureBlocking(false);
            socket.setOption(StandardSocketOptions.TCP_NODELAY, true);
            visitors.add(new Visitor(socket, ByteBuffer.allocate(Hello.PACKET_BYTES), now));
        } catch (IOException e) {
            // The visitor is gone again.
            socket.close();
        }
        return 1;
    }

    private boolean isStillWaiting(Visitor visitor, long now) throws IOException {
        int count;
        try {
            count = visitor.socket().read(visitor.said());
        } catch (IOException e) {
            // The visitor is gone again.
            count = -1;
        }
        if (count >= 0 && visitor.said().hasRemaining()) {
            if (now - visitor.sinceNs() < PATIENCE_NS) {
                return true;
            }
            count = -1;
        }
        if (count < 0 || !letIn(visitor)) {
            visitor.socket().close();
        }
        return false;
    }

    private boolean letIn(Visitor visitor) {
        ByteBuffer said = visitor.said().flip();
        Hello hello = Hello.of(said);
        return hello != null && stack.attach(hello.number(), hello.channelClass(), false,
                new TcpDriver(visitor.socket(), stack.host().segments, said)) != null;
    }

    @Override
    public void onClose() {
        try {
            for (Visitor visitor : visitors) {
                visitor.socket().close();
            }
            server.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
