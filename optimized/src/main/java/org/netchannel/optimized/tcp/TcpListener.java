package org.netchannel.optimized.tcp;

import java.util.ArrayDeque;

/**
 * Connections that come to a port. Those that are not established yet and those that wait to be accepted are bounded.
 * The thread of its {@link TcpLayer} calls.
 */
public final class TcpListener {
    private final TcpLayer layer;
    private final int port;
    private final int backlog;
    private final int synBacklog;
    private final ArrayDeque<TcpConnection> accepted = new ArrayDeque<>();
    /** Half-open connections, the oldest first. */
    private TcpConnection oldest;
    private TcpConnection youngest;
    private int halfOpen;
    private boolean closed;

    TcpListener(TcpLayer layer, int port, int backlog, int synBacklog) {
        this.layer = layer;
        this.port = port;
        this.backlog = backlog;
        this.synBacklog = synBacklog;
    }

    /**
     * The next connection that is established.
     *
     * @return null when there is none
     */
    public TcpConnection accept() {
        return accepted.poll();
    }

    /**
     * Where it listens.
     *
     * @return 1 to 65,535
     */
    public int port() {
        return port;
    }

    /**
     * How many connections are not established yet.
     *
     * @return 0 to the setting SYN_BACKLOG
     */
    public int halfOpen() {
        return halfOpen;
    }

    /** Nobody is accepted any more: what was not accepted is reset (RFC 9293, section 3.10.4: delete). */
    public void close() {
        if (closed) {
            return;
        }
        closed = true;
        layer.remove(this);
        while (oldest != null) {
            oldest.abort();
        }
        while (!accepted.isEmpty()) {
            accepted.poll().abort();
        }
    }

    boolean isFull() {
        return accepted.size() >= backlog;
    }

    /** A SYN came; the oldest half-open connection makes way when there are too many (RFC 4987, section 3.3). */
    void began(TcpConnection child) {
        if (halfOpen >= synBacklog) {
            layer.counters().count(Counter.HALF_OPEN_EVICTED);
            oldest.forget();
        }
        halfOpen++;
        child.older = youngest;
        if (youngest == null) {
            oldest = child;
        } else {
            youngest.younger = child;
        }
        youngest = child;
    }

    /** A child is established, or over. */
    void ended(TcpConnection child, boolean established) {
        halfOpen--;
        if (child.older == null) {
            oldest = child.younger;
        } else {
            child.older.younger = child.younger;
        }
        if (child.younger == null) {
            youngest = child.older;
        } else {
            child.younger.older = child.older;
        }
        child.older = null;
        child.younger = null;
        if (established) {
            accepted.add(child);
        }
    }
}
