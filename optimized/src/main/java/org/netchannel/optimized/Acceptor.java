package org.netchannel.optimized;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.ArrayDeque;
import java.util.Deque;
import org.agrona.concurrent.Agent;

/**
 * Accepts transports and finds out which channel each is, from the HELLO that has to come first (NC-CH-2). Who says
 * nothing for too long, or anything else, is shown out; and so is who has waited longest when too many wait, for an
 * honest peer says HELLO at once. The stack's thread calls.
 *
 * @param <T> a transport
 */
abstract class Acceptor<T> implements Agent {
    private static final long EVERY_NS = 1_000_000;
    /** After accepting has failed, for want of file descriptors, say, so long passes before the next attempt. */
    private static final long RETRY_NS = 50_000_000;
    /** The most that are let in at a look: others have to get on, too. */
    private static final int BATCH = 16;

    /** A transport that has not said yet what it is. */
    private record Stranger<T>(T transport, ByteBuffer said, long sinceNs) {}

    private final NetStack stack;
    private final HostCore host;
    /** Who has waited longest is first. */
    private final Deque<Stranger<T>> strangers = new ArrayDeque<>();
    private long nextLookNs = System.nanoTime();

    Acceptor(NetStack stack) {
        this.stack = stack;
        this.host = stack.host();
    }

    /** The next one that has come; null for nobody. */
    abstract T accept() throws IOException;

    /** Prepares it for {@link #read}; an exception says that it is gone again. */
    abstract void prepare(T transport) throws IOException;

    /** Adds to what it has said; negative, or an exception, when no more will come. */
    abstract int read(T transport, ByteBuffer said) throws IOException;

    /** It is a channel from now on; answers whether it is. */
    abstract boolean attach(T transport, Hello hello, ByteBuffer said);

    abstract void showOut(T transport) throws IOException;

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
            Stranger<T> stranger = strangers.remove();
            if (isStillWaiting(stranger, now)) {
                strangers.add(stranger);
            } else {
                work++;
            }
        }
        return work;
    }

    private boolean accept(long now) throws IOException {
        T transport;
        try {
            transport = accept();
        } catch (IOException e) {
            host.statistics.error(e);
            nextLookNs = now + RETRY_NS;
            return false;
        }
        if (transport == null) {
            return false;
        }
        if (strangers.size() >= host.limits.get(Limit.STRANGERS)) {
            showOut(strangers.remove().transport());
            host.statistics.limited(Limited.STRANGER_REPLACED);
        }
        try {
            prepare(transport);
            strangers.add(new Stranger<>(transport, ByteBuffer.allocate(Hello.PACKET_BYTES), now));
        } catch (IOException e) {
            // The stranger is gone again.
            showOut(transport);
        }
        return true;
    }

    private boolean isStillWaiting(Stranger<T> stranger, long now) throws IOException {
        int count;
        try {
            count = read(stranger.transport(), stranger.said());
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
            showOut(stranger.transport());
            host.statistics.limited(Limited.STRANGER_SHOWN_OUT);
        }
        return false;
    }

    private boolean letIn(Stranger<T> stranger) {
        ByteBuffer said = stranger.said().flip();
        Hello hello = Hello.of(said);
        // A driver has large buffers: it is made when it is needed.
        return hello != null && stack.mayComeUp(hello.number(), hello.channelClass(), false)
                && attach(stranger.transport(), hello, said);
    }

    /** For the end: nobody waits any more. */
    void showOutAll() throws IOException {
        while (!strangers.isEmpty()) {
            showOut(strangers.remove().transport());
        }
    }
}
