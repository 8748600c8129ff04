package org.netchannel.reference;

import java.util.Optional;
import java.util.OptionalLong;
import org.netchannel.traces.ChannelClass;
import org.netchannel.traces.Config;
import org.pcollections.OrderedPSet;
import org.pcollections.PSortedMap;
import org.pcollections.TreePMap;

/**
 * Everything one host knows. Immutable: a step makes the next one.
 *
 * @param settings the settings in force
 * @param incarnation this host's incarnation, unsigned
 * @param choices where connection ids and local ports come from
 * @param now time on this host in nanoseconds, 0 when it was opened
 * @param link the channels
 * @param connections every connection there is state for, by id
 * @param sockets the application's sockets: connection id by socket number
 * @param nextSocket the socket number to try next
 * @param listeners the listeners, by port
 * @param latency LATENCY connections that have something for a channel, in the order of their turns
 * @param throughput THROUGHPUT connections that have something for a channel, in the order of their turns
 * @param memory what is remembered of connections that are over
 * @param dropped how often what arrived had no effect, by cause
 */
public record HostState(
        Settings settings,
        long incarnation,
        Choices choices,
        long now,
        Link link,
        PSortedMap<Long, Connection> connections,
        PSortedMap<Integer, Long> sockets,
        int nextSocket,
        PSortedMap<Integer, Listener> listeners,
        OrderedPSet<Long> latency,
        OrderedPSet<Long> throughput,
        Memory memory,
        PSortedMap<Drop, Long> dropped) {

    /**
     * A host that has just started.
     *
     * @param config its settings; must have no {@link Config#problem}
     * @param seed fixes every choice
     * @param incarnation the host incarnation, or empty to have it fixed by the seed
     * @return the state
     */
    public static HostState opened(Config config, long seed, OptionalLong incarnation) {
        long life = incarnation.orElse(Choices.incarnationOf(seed));
        return new HostState(Settings.of(config), life, Choices.of(seed, life), 0, Link.EMPTY, TreePMap.empty(),
                TreePMap.empty(), 1, TreePMap.empty(), OrderedPSet.empty(), OrderedPSet.empty(), Memory.NOTHING,
                TreePMap.empty());
    }

    Optional<Channel> channel(int number) {
        return link.channel(number);
    }

    /** The connection that packets find: one in SYN_SENT or ESTABLISHED. */
    Optional<Connection> live(long id) {
        return Optional.ofNullable(connections.get(id)).filter(Connection::isLive);
    }

    /** The connections that have something for a channel of this class. */
    OrderedPSet<Long> ready(ChannelClass trafficClass) {
        return trafficClass == ChannelClass.LATENCY ? latency : throughput;
    }

    /** Keeps a connection, and its place among those that have something for a channel. */
    HostState with(Connection connection) {
        boolean ready = connection.isEstablished() && connection.sending().isReady();
        return withConnections(connections.plus(connection.id(), connection))
                .withReady(connection.trafficClass(), connection.id(), ready);
    }

    HostState without(Connection connection) {
        return withConnections(connections.minus(connection.id()))
                .withReady(connection.trafficClass(), connection.id(), false);
    }

    private HostState withReady(ChannelClass trafficClass, long id, boolean ready) {
        OrderedPSet<Long> before = ready(trafficClass);
        return withReady(trafficClass, ready ? before.plus(id) : before.minus(id));
    }

    /** The connection has had its turn and stands last now. */
    HostState afterTurn(Connection connection) {
        OrderedPSet<Long> before = ready(connection.trafficClass());
        long id = connection.id();
        return before.contains(id) ? withReady(connection.trafficClass(), before.minus(id).plus(id)) : this;
    }

    private HostState withReady(ChannelClass trafficClass, OrderedPSet<Long> ids) {
        if (ids == ready(trafficClass)) {
            return this;
        }
        boolean isLatency = trafficClass == ChannelClass.LATENCY;
        return new HostState(settings, incarnation, choices, now, link, connections, sockets, nextSocket, listeners,
                isLatency ? ids : latency, isLatency ? throughput : ids, memory, dropped);
    }

    private HostState withConnections(PSortedMap<Long, Connection> table) {
        return new HostState(settings, incarnation, choices, now, link, table, sockets, nextSocket, listeners, latency,
                throughput, memory, dropped);
    }

    HostState with(Choices next) {
        return new HostState(settings, incarnation, next, now, link, connections, sockets, nextSocket, listeners,
                latency, throughput, memory, dropped);
    }

    HostState withNow(long nanos) {
        return new HostState(settings, incarnation, choices, nanos, link, connections, sockets, nextSocket, listeners,
                latency, throughput, memory, dropped);
    }

    HostState with(Link next) {
        return new HostState(settings, incarnation, choices, now, next, connections, sockets, nextSocket, listeners,
                latency, throughput, memory, dropped);
    }

    HostState with(Channel channel) {
        return with(link.with(channel));
    }

    HostState withSockets(PSortedMap<Integer, Long> ids, int next) {
        return new HostState(settings, incarnation, choices, now, link, connections, ids, next, listeners, latency,
                throughput, memory, dropped);
    }

    HostState withListeners(PSortedMap<Integer, Listener> ports) {
        return new HostState(settings, incarnation, choices, now, link, connections, sockets, nextSocket, ports,
                latency, throughput, memory, dropped);
    }

    HostState with(Memory next) {
        return new HostState(settings, incarnation, choices, now, link, connections, sockets, nextSocket, listeners,
                latency, throughput, next, dropped);
    }

    /** What arrived has no effect; that is counted. */
    HostState dropping(Drop cause) {
        return new HostState(settings, incarnation, choices, now, link, connections, sockets, nextSocket, listeners,
                latency, throughput, memory, dropped.plus(cause, dropped.getOrDefault(cause, 0L) + 1));
    }
}
