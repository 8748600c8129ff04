package org.netchannel.optimized;

import java.util.Arrays;
import java.util.Comparator;
import org.agrona.collections.Int2IntCounterMap;
import org.agrona.collections.Int2ObjectHashMap;
import org.agrona.collections.Long2ObjectHashMap;
import org.netchannel.optimized.Connection.Holder;
import org.netchannel.optimized.time.TimerQueue;

/**
 * The protocol state of one host, and the parts that change it, a part for each section of protocol.md. One thread at a
 * time calls, whichever that is: nothing here blocks, copies payload, or looks at a clock.
 *
 * <p>After every step the host is settled: packets that can move have moved, and what has to be sent stands in a
 * transmit queue if there is a channel for it (endpoint.md). Timers expire in {@link Timers#advance}.
 */
final class HostCore {
    private static final Connection[] NONE = {};

    final Settings settings;
    final long incarnation;
    final Identifiers identifiers;
    /** What the peer may have, beside the settings. */
    volatile Limits limits = Limits.DEFAULTS;
    /** For what is received. */
    final SegmentPool segments;
    final Pieces pieces;
    /** For what is sent: neither direction takes the other one's, or two hosts would wait for each other for ever. */
    final SegmentPool outgoingSegments;
    final Pieces outgoingPieces;
    final OutgoingPackets packets;

    final Link link = new Link();
    final Memory memory;
    final TimerQueue<Timer> timers = new TimerQueue<>();
    final Statistics statistics = new Statistics();
    private final long[] dropped = new long[Dropped.values().length];

    /** Every connection there is state for, by id; a CLOSED one only while somebody holds it. */
    private final Long2ObjectHashMap<Connection> connections = new Long2ObjectHashMap<>();
    /** How many live connections have each local port. */
    final Int2IntCounterMap localPorts = new Int2IntCounterMap(0);
    final Int2ObjectHashMap<Listener> listeners = new Int2ObjectHashMap<>();
    final Sockets sockets = new Sockets(this);
    /** Nanoseconds since this host was opened. */
    long now;

    final Channels channels = new Channels(this);
    final Handshake handshake = new Handshake(this);
    final Delivery delivery = new Delivery(this);
    final HeadOfLine headOfLine = new HeadOfLine(this);
    final Closing closing = new Closing(this);
    final Failure failure = new Failure(this);
    final Timers clock = new Timers(this);
    final Demultiplexer demultiplexer = new Demultiplexer(this);
    final Scheduler scheduler;

    HostCore(Settings settings, long incarnation, Identifiers identifiers, SegmentPool segments,
            SegmentPool outgoingSegments, int pieceCapacity, SchedulingPolicy policy) {
        this.settings = settings;
        this.incarnation = incarnation;
        this.identifiers = identifiers;
        this.segments = segments;
        this.outgoingSegments = outgoingSegments;
        this.pieces = new Pieces(pieceCapacity);
        this.outgoingPieces = new Pieces(pieceCapacity);
        this.packets = new OutgoingPackets(pieceCapacity);
        this.memory = new Memory(this);
        this.scheduler = new Scheduler(this, policy);
    }

    /** The connection with this id, CLOSED ones included, or null. */
    Connection connection(long id) {
        return connections.get(id);
    }

    /** The connection that packets find: one in SYN_SENT or ESTABLISHED, or null. */
    Connection live(long id) {
        Connection connection = connections.get(id);
        return connection == null || !connection.isLive() ? null : connection;
    }

    int connectionCount() {
        return connections.size();
    }

    /** A copy, by id: steps that end connections may be taken for each of them. */
    Connection[] allConnections() {
        Connection[] all = connections.values().toArray(NONE);
        Arrays.sort(all, Comparator.comparingLong(it -> it.id));
        return all;
    }

    void add(Connection connection) {
        connections.put(connection.id, connection);
        localPorts.incrementAndGet(connection.localPort);
    }

    /** The connection has just ended: its timers, its place in line and its port are free. */
    void retire(Connection connection) {
        connection.waiters.wake();
        scheduler.refresh(connection);
        timers.remove(connection.connectTimer);
        timers.remove(connection.headOfLineTimer);
        timers.remove(connection.acknowledgementTimer);
        timers.remove(connection.lostTimer);
        localPorts.decrementAndGet(connection.localPort);
        for (Channel channel : link.all()) {
            channel.users.remove(connection.id);
        }
        if (connection.holder == Holder.NOBODY) {
            forget(connection);
        }
    }

    /** Nobody holds it, and it is over. */
    void forget(Connection connection) {
        connection.receiving.clear();
        // One that was aborted in an accept queue may have given up its id before.
        if (connections.get(connection.id) == connection) {
            connections.remove(connection.id);
        }
    }

    /** What arrived has no effect; that is counted. */
    void drop(Dropped cause) {
        dropped[cause.ordinal()]++;
        FlightEvents.dropped(this, cause);
    }

    long dropped(Dropped cause) {
        return dropped[cause.ordinal()];
    }

    /** A control packet of a connection; the value of {@code rcv_nxt} on it is sent, too (NC-DATA-5). */
    void sendControl(Connection connection, int type, long tag, long offset) {
        long ack = connection.receivedNext();
        channels.sendControl(type, tag, connection.id, offset, ack, connection.localPort, connection.remotePort);
        connection.acknowledged = ack;
        connection.acknowledgementTimer.stop();
    }

    /** Whether a sender can be given memory; it may be gone when that one asks for it. */
    boolean hasMemory() {
        return !outgoingPieces.isShort() && outgoingSegments.hasLarge();
    }

    /** After a change to a connection: whatever can be sent is sent, what is over ends, its timers run. */
    void settle(Connection connection) {
        scheduler.refresh(connection);
        scheduler.handOver();
        connection.waiters.wake();
        if (connection.isLive()) {
            closing.sendFinWhenDue(connection);
            closing.finishWhenOver(connection);
        }
        if (connection.isLive()) {
            delivery.acknowledgeWhenDue(connection);
            delivery.runAcknowledgementDelay(connection);
            headOfLine.runTimer(connection);
            failure.runChannelLostTimer(connection);
        }
    }

    /** After a change to a channel: the same for every connection. */
    void settleAll() {
        for (Connection connection : allConnections()) {
            settle(connection);
        }
    }

    /** A timer that is to run or not: it keeps its deadline while it runs. */
    void run(Timer timer, boolean runs, long forNs) {
        if (!runs) {
            timer.stop();
        } else if (!timer.isRunning()) {
            timers.start(timer, now + forNs);
        }
    }
}
