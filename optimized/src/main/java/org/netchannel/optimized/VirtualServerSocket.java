package org.netchannel.optimized;

import java.io.Closeable;
import java.io.IOException;
import java.util.Optional;

/** A listener, for an application. Any thread calls, in INVOKER mode the stack's one. */
public final class VirtualServerSocket implements Closeable {
    private final NetStack stack;
    private final Listener listener;

    VirtualServerSocket(NetStack stack, Listener listener) {
        this.stack = stack;
        this.listener = listener;
    }

    /**
     * The next connection, when one waits (NC-HS-10).
     *
     * @return its socket, or empty
     * @throws IOException when the listener or the stack was closed
     */
    public Optional<VirtualSocket> tryAccept() throws IOException {
        stack.turn().enter();
        try {
            if (listener.children.isEmpty()) {
                requireOpen();
                stack.threads().requireRunning();
                return Optional.empty();
            }
            return Optional.of(acceptNext());
        } finally {
            stack.turn().leave();
        }
    }

    /**
     * Waits for the next connection.
     *
     * @return its socket
     * @throws IOException when the listener was closed, or the thread was interrupted
     */
    public VirtualSocket accept() throws IOException {
        stack.turn().enter();
        try {
            while (listener.children.isEmpty()) {
                requireOpen();
                stack.threads().await(listener.waiters, Long.MAX_VALUE);
            }
            return acceptNext();
        } finally {
            stack.turn().leave();
        }
    }

    private void requireOpen() throws IOException {
        if (listener.isClosed) {
            throw new IOException("the listener on port " + listener.port + " was closed");
        }
    }

    /**
     * Where it listens.
     *
     * @return the virtual port
     */
    public int port() {
        return listener.port;
    }

    boolean isOf(NetStack other) {
        return stack == other;
    }

    Waiters waiters() {
        return listener.waiters;
    }

    /** With the turn: not closed. */
    boolean isOpen() {
        return !listener.isClosed;
    }

    /** With the turn: what calls would not wait for now, as {@link PollKey} says. */
    int readiness() {
        return !listener.children.isEmpty() || stack.threads().hasEnded() ? PollKey.ACCEPTABLE : 0;
    }

    private VirtualSocket acceptNext() {
        Connection child = stack.host().handshake.accept(listener);
        int socket = stack.host().sockets.open(child);
        if (stack.tap() != null) {
            stack.tap().accept(listener.port, socket, child);
        }
        return new VirtualSocket(stack, child, socket);
    }

    /** Closes the listener; connections not yet accepted are reset (NC-HS-8). */
    @Override
    public void close() {
        stack.turn().enter();
        try {
            if (!listener.isClosed) {
                stack.host().handshake.unlisten(listener);
                listener.waiters.end();
                if (stack.tap() != null) {
                    stack.tap().unlisten(listener.port);
                }
            }
        } finally {
            stack.turn().leave();
        }
    }
}
