package org.netchannel.optimized;

import java.util.ArrayDeque;
import java.util.Deque;

/** A listener and its accept queue; a child counts until it is accepted, whatever became of it. */
final class Listener {
    final int port;
    final Deque<Connection> children = new ArrayDeque<>();
    final Waiters waiters = new Waiters();
    boolean isClosed;
    private final int backlog;

    Listener(int port, int backlog) {
        this.port = port;
        this.backlog = backlog;
    }

    boolean isFull() {
        return children.size() >= backlog;
    }
}
