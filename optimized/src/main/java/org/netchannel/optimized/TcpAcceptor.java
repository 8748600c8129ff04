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
 * says nothing for too long, or anything else, is shown out; and so is who has waited longest when too many wait, for
 * an honest peer says HELLO at once. The stack's thread calls.
 */
final class TcpAcceptor implements Agent {
    private static final long EVERY_NS = 1_000_000;
    /** After accepting has failed, for want of file descriptors, say, so long passes before the next attempt. */
    private static final long RETRY_NS = 50_000_000;
    /** The most that are let in at a look: others have to get on, too. */
    private static final int BATCH = 16;

    /** A connection that has not said yet what it is. */
    private record Stranger(SocketChannel socket, ByteBuffer said, long sinceNs) {}

    private final NetStack stack;
    private final HostCore host;
    private final ServerSocketChannel server;
    /** Who has waited longest is first. */
    private final Deque<Stranger> strangers = new ArrayDeque<>();
    private long nextLookNs = System.nanoTime();

    TcpAcceptor(NetStack stack, ServerSocketChannel server) {
        this.stack = stack;
        this.host = stack.host();
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
        int work = 0;
        while (work < BATCH && accept(now)) {
            work++;
        }
        for (int left = strangers.size(); left > 0; left--) {
            Stranger stranger = strangers.remove();
            if (isStillWaiting(stranger, now)) {
                strangers.add(stranger);
            } else {
                work++;
            }
        }
        return work;
    }

    private boolean accept(long now) throws IOException {
        SocketChannel socket;
        try {
            socket = server.accept();
        } catch (IOException e) {
            host.statistics.error(e);
            nextLookNs = now + RETRY_NS;
            return false;
        }
        if (socket == null) {
            return false;
        }
        if (strangers.size() >= host.limits.get(Limit.STRANGERS)) {
            strangers.remove().socket().close();
            host.statistics.limited(Limited.STRANGER_REPLACED);
        }
        try {
            socket.configureBlocking(false);
            socket.setOption(StandardSocketOptions.TCP_NODELAY, true);
            strangers.add(new Stranger(socket, ByteBuffer.allocate(Hello.PACKET_BYTES), now));
        } catch (IOException e) {
            // The stranger is gone again.
            socket.close();
        }
        return true;
    }

    private boolean isStillWaiting(Stranger stranger, long now) throws IOException {
        int count;
        try {
            count = stranger.socket().read(stranger.said());
        } catch (IOException e) {
            // The stranger is gone again.
            count = -1;
        }
        if (count >= 0 && stranger.said().hasRemaining()) {
            if (now - stranger.sinceNs() < host.limits.get(Limit.HELLO_PATIENCE)) {
                return true;
            }
            count = -1;
        }
        if (count < 0 || !letIn(stranger)) {
            stranger.socket().close();
            host.statistics.limited(Limited.STRANGER_SHOWN_OUT);
        }
        return false;
    }

    private boolean letIn(Stranger stranger) {
        ByteBuffer said = stranger.said().flip();
        Hello hello = Hello.of(said);
        // A driver has large buffers: it is made when it is needed.
        return hello != null && stack.mayComeUp(hello.number(), hello.channelClass(), false)
                && stack.attach(hello.number(), hello.channelClass(), false,
                        new TcpDriver(stranger.socket(), host.segments, said)) != null;
    }

    @Override
    public void onClose() {
        try {
            for (Stranger stranger : strangers) {
                stranger.socket().close();
            }
            server.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
