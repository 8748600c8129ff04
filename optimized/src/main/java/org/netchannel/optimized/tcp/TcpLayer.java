package org.netchannel.optimized.tcp;

import java.util.HashMap;
import java.util.Map;
import java.util.function.Predicate;
import org.netchannel.optimized.tcp.congestion.CongestionAlgorithm;
import org.netchannel.optimized.tcp.wire.FrameBuffer;
import org.netchannel.optimized.tcp.wire.FrameChain;
import org.netchannel.optimized.tcp.wire.FramePool;
import org.netchannel.optimized.tcp.wire.TcpHeader;
import org.netchannel.optimized.time.TimerQueue;

/**
 * TCP of one host: its connections, listeners and timers. Segments go in by {@link #receive}, time by {@link #advance},
 * and segments come out by {@link #transmit}. One thread at a time calls, also of its connections and listeners.
 */
public final class TcpLayer {
    /** One tick of timestamps, nanoseconds: a millisecond (RFC 7323, section 5.4). */
    static final long TIMESTAMP_TICK = 1_000_000;

    private static final int IPV4_AND_TCP_HEADERS = 40;
    private static final int IPV6_AND_TCP_HEADERS = 60;
    private static final int FIRST_EPHEMERAL = 49_152;
    private static final int EPHEMERAL_PORTS = 65_536 - FIRST_EPHEMERAL;

    private final Settings settings;
    private final FramePool pool;
    private final Counters counters;
    private final EarlySegments earlySegments;
    private final InitialSequence sequences;
    private final Answers answers;
    private final TimerQueue<TcpTimer> timers = new TimerQueue<>();
    private final ConnectionTable connections;
    private final Map<Integer, TcpListener> listeners = new HashMap<>();
    private final Arrival arrival = new Arrival(this);
    private final Transmission transmission;
    private final IncomingSegment incoming = new IncomingSegment();
    private final FrameChain nothing = new FrameChain();
    private final boolean ecn;
    private Predicate<Flow> ours = flow -> true;
    private int portsTried;
    private long nowNs;

    /**
     * A host without connections.
     *
     * @param settings of all its connections
     * @param pool buffers for what applications send
     * @param counters counts what happens
     * @param firstKey half of a secret that nobody else may know
     * @param secondKey the other half
     */
    public TcpLayer(Settings settings, FramePool pool, Counters counters, long firstKey, long secondKey) {
        this.settings = settings;
        this.pool = pool;
        this.counters = counters;
        this.earlySegments = new EarlySegments((int) settings.get(Setting.HOST_EARLY_SEGMENTS));
        this.sequences = new InitialSequence(firstKey, secondKey);
        this.answers = new Answers(counters);
        this.connections = new ConnectionTable(sequences);
        this.transmission = new Transmission(this);
        this.ecn = settings.isOn(Setting.ECN) || settings.congestion() == CongestionAlgorithm.DCTCP;
        if (pool.bufferBytes() <= SendQueue.HEADROOM) {
            throw new IllegalArgumentException("buffers have " + pool.bufferBytes() + " bytes, legal is at least "
                    + (SendQueue.HEADROOM + 1));
        }
    }

    Settings settings() {
        return settings;
    }

    FramePool pool() {
        return pool;
    }

    Counters counters() {
        return counters;
    }

    EarlySegments earlySegments() {
        return earlySegments;
    }

    InitialSequence sequences() {
        return sequences;
    }

    Answers answers() {
        return answers;
    }

    TimerQueue<TcpTimer> timers() {
        return timers;
    }

    long nowNs() {
        return nowNs;
    }

    boolean isEcnOn() {
        return ecn;
    }

    /** The largest payload and TCP options that a packet takes: MTU less the headers (RFC 9293, section 3.7.1). */
    int largestSegment(Flow flow) {
        return (int) settings.get(Setting.MTU) - (flow.isIpv4() ? IPV4_AND_TCP_HEADERS : IPV6_AND_TCP_HEADERS);
    }

    /** The clock of a connection's timestamps. */
    int timestamp(TcpConnection connection) {
        return (int) (nowNs / TIMESTAMP_TICK) + connection.timestampOffset;
    }

    /**
     * How many connections there are, in whatever state but CLOSED.
     *
     * @return 0 to the setting CONNECTIONS
     */
    public int connections() {
        return connections.size();
    }

    /**
     * Listens at a port.
     *
     * @param port 1 to 65,535
     * @param backlog how many established connections may wait to be accepted, at least 1
     * @return null when somebody listens there already
     */
    public TcpListener listen(int port, int backlog) {
        TcpListener listener = new TcpListener(this, port, backlog, (int) settings.get(Setting.SYN_BACKLOG));
        return listeners.putIfAbsent(port, listener) == null ? listener : null;
    }

    /**
     * From now on not every port will do where one is chosen for a connection: other hosts have the same address.
     *
     * @param flows tells whether segments of a connection come to this host
     */
    public void connectOnly(Predicate<Flow> flows) {
        ours = flows;
    }

    /**
     * Connects from a free port.
     *
     * @param local this host's IPv4 address
     * @param remote the peer's IPv4 address
     * @param remotePort 1 to 65,535
     * @return a connection in SYN_SENT; null when no port is free or there are too many connections
     */
    public TcpConnection connect(int local, int remote, int remotePort) {
        return connectFromFreePort(new Flow().setIpv4(local, 0, remote, remotePort));
    }

    /**
     * Connects from a free port.
     *
     * @param flow both ends, but for this host's port, which is changed
     * @return a connection in SYN_SENT; null when no port is free or there are too many connections
     */
    public TcpConnection connectFromFreePort(Flow flow) {
        // RFC 6056, section 3.3.3: the first port depends on the peer, the next ones follow.
        int offset = sequences.portOffset(flow);
        for (int i = 0; i < EPHEMERAL_PORTS; i++) {
            int port = FIRST_EPHEMERAL + Math.floorMod(offset + portsTried++, EPHEMERAL_PORTS);
            flow.setLocalPort(port);
            if (connections.find(flow) == null && !listeners.containsKey(port) && ours.test(flow)) {
                return connect(flow);
            }
        }
        return null;
    }

    /**
     * Connects from a port of the caller's choice.
     *
     * @param flow both ends; it is copied
     * @return a connection in SYN_SENT; null when there is one between these ends, or there are too many
     */
    public TcpConnection connect(Flow flow) {
        if (connections.find(flow) != null || isFull()) {
            return null;
        }
        TcpConnection connection = new TcpConnection(this, flow);
        connections.add(connection);
        arrival.handshake().connect(connection);
        return connection;
    }

    private boolean isFull() {
        return connections.size() >= settings.get(Setting.CONNECTIONS);
    }

    /**
     * A segment arrived. It is read here and now, but payload may be kept; then a reference to the frame is, too.
     *
     * @param flow both ends as this host sees them
     * @param frame holds the segment
     * @param at byte offset of the TCP header; a whole header is there ({@link TcpHeader#isReadable})
     * @param bytes length of header and payload
     * @param marked whether it met congestion (RFC 3168: CE)
     */
    public void receive(Flow flow, FrameBuffer frame, long at, int bytes, boolean marked) {
        receive(flow, frame, at, bytes, bytes, nothing, marked);
    }

    /**
     * The same for a segment in several buffers, or for several that were made one.
     *
     * @param flow both ends as this host sees them
     * @param frame holds the TCP header, and what of the payload is there
     * @param at byte offset of the TCP header
     * @param bytes length of header and payload
     * @param available how many of them are in the frame, at least the header
     * @param rest holds the others; its references stay the caller's
     * @param marked whether it met congestion (RFC 3168: CE)
     */
    public void receive(Flow flow, FrameBuffer frame, long at, int bytes, int available, FrameChain rest,
            boolean marked) {
        if (!incoming.read(frame, at, bytes, available, rest, marked)) {
            counters.count(Counter.MALFORMED_SEGMENT);
            return;
        }
        TcpConnection connection = connections.find(flow);
        if (connection != null && connection.state == State.TIME_WAIT && isReopening(connection)) {
            connection.apply(State.Event.TIME_WAIT_OVER);
            connection = null;
        }
        if (connection != null) {
            counters.count(Counter.SEGMENTS_RECEIVED, incoming.segments());
            arrival.onSegment(connection, incoming);
        } else {
            onStranger(flow);
        }
    }

    /** RFC 9293, section 3.10.7.4 (MAY-2), and RFC 6191: a new connection takes the place of one in TIME_WAIT. */
    private boolean isReopening(TcpConnection connection) {
        if (!incoming.has(TcpHeader.SYN) || incoming.has(TcpHeader.ACK) || incoming.has(TcpHeader.RST)
                || !listeners.containsKey(connection.flow.localPort())) {
            return false;
        }
        if (connection.timestampsOn && incoming.options.hasTimestamps()) {
            return Position.isBefore(connection.recentTimestamp, incoming.options.timestampValue());
        }
        return Position.near(connection.receiveNext(), incoming.sequence) > connection.receiveNext();
    }

    /** RFC 9293, sections 3.10.7.1 and 3.10.7.2: there is no connection, but perhaps a listener. */
    private void onStranger(Flow flow) {
        TcpListener listener = listeners.get(flow.localPort());
        if (listener == null) {
            counters.count(Counter.NO_CONNECTION);
            answers.reset(flow, incoming);
        } else if (incoming.has(TcpHeader.RST)) {
            counters.count(Counter.MEANINGLESS_SEGMENT);
        } else if (incoming.has(TcpHeader.ACK)) {
            counters.count(Counter.NO_CONNECTION);
            answers.reset(flow, incoming);
        } else if (!incoming.has(TcpHeader.SYN) || incoming.has(TcpHeader.FIN)) {
            counters.count(Counter.MEANINGLESS_SEGMENT);
        } else if (listener.isFull()) {
            counters.count(Counter.ACCEPT_QUEUE_FULL);
        } else if (isFull()) {
            counters.count(Counter.TOO_MANY_CONNECTIONS);
        } else {
            counters.count(Counter.SEGMENTS_RECEIVED);
            accept(flow, listener);
        }
    }

    private void accept(Flow flow, TcpListener listener) {
        TcpConnection child = new TcpConnection(this, flow);
        listener.began(child);
        child.listener = listener;
        connections.add(child);
        arrival.handshake().accept(child, incoming);
    }

    /** Nothing goes on any more: every connection is reset. */
    public void abort() {
        listeners.values().stream().toList().forEach(TcpListener::close);
        connections.all().forEach(connection -> {
            connection.receiving.clear();
            connection.abort();
        });
    }

    void remove(TcpListener listener) {
        listeners.remove(listener.port(), listener);
    }

    /** The connection is over: nothing is kept but what the application may still read. */
    void remove(TcpConnection connection) {
        connections.remove(connection);
        if (connection.listener != null) {
            connection.listener.ended(connection, false);
            connection.listener = null;
        }
        timers.remove(connection.retransmission.timer());
        timers.remove(connection.acknowledging.timer());
        timers.remove(connection.keepAlive.timer());
        timers.remove(connection.lastTimer);
        connection.sending.clear();
        connection.receiving.clearEarly();
    }

    /** A connection may have something to send. */
    void ready(TcpConnection connection) {
        transmission.ready(connection);
    }

    /** The layer below found a peer: whoever waited for that tries again. */
    public void resolved() {
        transmission.resolved();
    }

    /**
     * Time moves on; every timer due by then expires, each at its own deadline.
     *
     * @param newNowNs nanoseconds since the host was opened, not before the last time
     */
    public void advance(long newNowNs) {
        for (TcpTimer timer = timers.expired(newNowNs); timer != null; timer = timers.expired(newNowNs)) {
            nowNs = Math.max(nowNs, timer.expiredAt());
            expire(timer);
        }
        nowNs = newNowNs;
    }

    private static void expire(TcpTimer timer) {
        TcpConnection connection = timer.connection;
        switch (timer.kind) {
            case RETRANSMISSION -> connection.retransmission.expire();
            case ACKNOWLEDGEMENT -> connection.acknowledging.expire();
            case KEEP_ALIVE -> connection.keepAlive.expire();
            case LAST -> connection.apply(connection.state == State.TIME_WAIT
                    ? State.Event.TIME_WAIT_OVER : State.Event.END);
        }
    }

    /**
     * A time before which nothing happens by itself.
     *
     * @return nanoseconds; {@link org.netchannel.optimized.time.Deadline#NEVER} when there is nothing to wait for
     */
    public long nextDeadlineNs() {
        return timers.earliest();
    }

    /**
     * Sends what is to be sent, a segment of each connection in turn.
     *
     * @param network takes segments
     * @param most how many at most
     * @return how many were sent
     */
    public int transmit(NetworkOutput network, int most) {
        return transmission.transmit(network, most);
    }
}
