package org.netchannel.optimized;

import org.agrona.collections.Int2ObjectHashMap;

/** The application's names for connections: socket numbers (endpoint.md). */
final class Sockets {
    private final HostCore host;
    private final Int2ObjectHashMap<Connection> numbers = new Int2ObjectHashMap<>();
    private int next = 1;

    Sockets(HostCore host) {
        this.host = host;
    }

    /** The connection of a socket number, or null after close and abort. */
    Connection find(int socket) {
        return numbers.get(socket);
    }

    /** The number of a connection, 0 when no socket has it. Looks at all of them. */
    int numberOf(Connection connection) {
        for (int number : numbers.keySet()) {
            if (numbers.get(number) == connection) {
                return number;
            }
        }
        return 0;
    }

    int count() {
        return numbers.size();
    }

    /**
     * NC-HS-2: the limit counts sockets and children not yet accepted. Connections that the application has closed and
     * that are not over yet may be as many again, so that what a peer can make this host keep is bounded.
     */
    boolean isLimitReached() {
        int children = 0;
        for (Listener listener : host.listeners.values()) {
            children += listener.children.size();
        }
        int limit = host.settings.socketLimit();
        return numbers.size() + children >= limit || host.connectionCount() >= 2 * limit;
    }

    /** Gives a connection a number that no socket has. */
    int open(Connection connection) {
        while (numbers.containsKey(next)) {
            next = after(next);
        }
        int number = next;
        numbers.put(number, connection);
        next = after(number);
        return number;
    }

    private static int after(int number) {
        return number == Integer.MAX_VALUE ? 1 : number + 1;
    }

    /** The number is gone after close and abort. */
    void forget(int socket) {
        numbers.remove(socket);
    }
}
