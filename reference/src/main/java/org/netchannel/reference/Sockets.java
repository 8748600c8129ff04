package org.netchannel.reference;

import java.util.Optional;
import org.netchannel.traces.Endpoint.Connected;
import org.netchannel.traces.Endpoint.Status;
import org.netchannel.traces.ErrorCode;

/** The application's names for connections: socket numbers (endpoint.md). */
final class Sockets {
    private Sockets() {}

    /**
     * NC-HS-2: the limit counts sockets and children not yet accepted. Connections that the application has closed and
     * that are not over yet may be as many again, so that what a peer can make this host keep is bounded.
     */
    static boolean isLimitReached(HostState host) {
        int limit = host.settings().socketLimit();
        int children = 0;
        for (Listener listener : host.listeners().values()) {
            children += listener.children().size();
        }
        return host.sockets().size() + children >= limit || host.connections().size() >= 2 * limit;
    }

    /** A number that no socket has. */
    static Connected next(HostState host, Connection connection) {
        int number = host.nextSocket();
        while (host.sockets().containsKey(number)) {
            number = after(number);
        }
        return new Connected(number, connection.id());
    }

    static HostState remember(HostState host, Connected opened) {
        return host.withSockets(host.sockets().plus(opened.socket(), opened.connection()), after(opened.socket()));
    }

    private static int after(int number) {
        return number == Integer.MAX_VALUE ? 1 : number + 1;
    }

    /** The connection of a socket number; empty after close and abort. */
    static Optional<Connection> find(HostState host, int socket) {
        return Optional.ofNullable(host.sockets().get(socket)).map(host.connections()::get);
    }

    static <T> Step<T> none(HostState host, int socket) {
        return Step.failed(host, ErrorCode.NO_SUCH_SOCKET, "there is no socket " + socket);
    }

    /** The number is gone after close and abort. */
    static HostState forget(HostState host, int socket) {
        return host.withSockets(host.sockets().minus(socket), host.nextSocket());
    }

    static Step<Status> status(HostState host, int socket) {
        Optional<Connection> connection = find(host, socket);
        return connection.isEmpty() ? none(host, socket) : Step.ok(host,
                new Status(connection.get().state(), connection.get().end().map(Connection.End::reason)));
    }
}
