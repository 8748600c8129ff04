package org.netchannel.conformance.application;

import java.util.EnumSet;
import java.util.Set;
import org.netchannel.conformance.link.Host;
import org.netchannel.traces.ChannelClass;
import org.netchannel.traces.PayloadPattern;
import org.netchannel.traces.Reason;

/**
 * A connection as somebody who sees both hosts knows it: what was sent and read at each end, and every reason there is
 * for it to be refused or reset. A reset for any other reason is a violation.
 */
public final class Conversation {
    private final int number;
    private final long connection;
    private final int connecting;
    private final int port;
    private final ChannelClass trafficClass;
    private final long connectedAtNanos;
    private final Side[] sides = {new Side(), new Side()};
    private final Passage[] passages = {new Passage(), new Passage()};
    private final long[] firstArrivalNanos = {-1, -1};
    private final Set<Reason> expected = EnumSet.noneOf(Reason.class);
    private int connectingPort = -1;
    private boolean established;
    private boolean hit;
    private boolean ghost;
    private boolean mayBeChild;

    Conversation(int number, long connection, int connecting, int port, ChannelClass trafficClass, long nanos) {
        this.number = number;
        this.connection = connection;
        this.connecting = connecting;
        this.port = port;
        this.trafficClass = trafficClass;
        connectedAtNanos = nanos;
    }

    /**
     * The connection id.
     *
     * @return unsigned 64 bits
     */
    public long connection() {
        return connection;
    }

    /**
     * Which host connected.
     *
     * @return 0 or 1
     */
    public int connecting() {
        return connecting;
    }

    /**
     * The port the other host listened on.
     *
     * @return 1 to 65,535
     */
    public int port() {
        return port;
    }

    /**
     * The connecting side's port, seen in its NCSYN.
     *
     * @return the port, or -1 when no packet has shown it yet
     */
    public int connectingPort() {
        return connectingPort;
    }

    /**
     * The connection's class.
     *
     * @return LATENCY or THROUGHPUT
     */
    public ChannelClass trafficClass() {
        return trafficClass;
    }

    /**
     * The direction in which a host sends.
     *
     * @param host 0 or 1
     * @return {@link PayloadPattern#FROM_CONNECTING} or {@link PayloadPattern#FROM_ACCEPTING}
     */
    public int direction(int host) {
        return host == connecting ? PayloadPattern.FROM_CONNECTING : PayloadPattern.FROM_ACCEPTING;
    }

    /**
     * Says that a packet which the peer never sent may have changed the connection: it may be reset, end early or
     * stop. Its bytes may still not be wrong.
     */
    public void hit() {
        hit = true;
    }

    /**
     * Whether a forged packet may have changed the connection.
     *
     * @return true once one was accepted
     */
    public boolean isHit() {
        return hit;
    }

    /**
     * How far a host's stream was put on channels, as seen on the link.
     *
     * @param host the sending host, 0 or 1
     * @return one past the highest offset
     */
    public long handed(int host) {
        return passages[host].handed();
    }

    /**
     * One end of the connection.
     *
     * @param host 0 or 1
     * @return what the host's application knows of it
     */
    public Side side(int host) {
        return sides[host];
    }

    /**
     * The connection's place among all.
     *
     * @return 0 for the first of the run
     */
    public int number() {
        return number;
    }

    /**
     * Whether the connecting side has got a packet that answers its NCSYN (NC-HS-3).
     *
     * @return true once it has
     */
    public boolean isEstablished() {
        return established;
    }

    /**
     * Whether a packet of the connection has ever arrived at a host.
     *
     * @param host 0 or 1
     * @return true once one has
     */
    public boolean arrivedAt(int host) {
        return firstArrivalNanos[host] >= 0;
    }

    long connectedAtNanos() {
        return connectedAtNanos;
    }


    /** What passed of the bytes that a host sends. */
    Passage passage(int sender) {
        return passages[sender];
    }

    void sawConnectingPort(int seen) {
        connectingPort = seen;
    }

    void establish() {
        established = true;
    }

    /** No application connected: the NCSYN was forged. */
    boolean ghost() {
        return ghost;
    }

    void becomeGhost() {
        ghost = true;
        hit = true;
    }

    /** An NCSYN of it has met a listener before; says so once. */
    boolean becomeChild() {
        boolean first = !mayBeChild;
        mayBeChild = true;
        return first;
    }

    long firstArrivalNanos(int host) {
        return firstArrivalNanos[host];
    }

    void firstArrival(int host, long nanos) {
        firstArrivalNanos[host] = nanos;
    }

    /** From now on the connection may be refused or reset for this reason. */
    void expect(Reason reason) {
        expected.add(reason);
    }

    /** Whether the connection may have been refused or reset for this reason. */
    boolean mayEndWith(Reason reason) {
        return switch (reason) {
            case CLOSED -> hit || expected.contains(reason) || closedEarly(0) || closedEarly(1);
            // The answer to whatever still arrives after the connection was reset for another reason (NC-HS-7).
            case UNKNOWN_CONNECTION -> mayEnd();
            default -> hit || expected.contains(reason);
        };
    }

    /**
     * Whether a host may have forgotten the connection: it may have ended, well or badly.
     *
     * @return false while both hosts must know it, or will when they are told
     */
    public boolean mayBeGone() {
        return mayEnd() || sides[0].finished() && sides[1].finished();
    }

    /** Whether there is any reason at all for the connection to be refused or reset. */
    boolean mayEnd() {
        return hit || !expected.isEmpty() || closedEarly(0) || closedEarly(1);
    }

    /** The host closed and had not read everything that its peer sent, then or later (NC-FIN-4). */
    private boolean closedEarly(int host) {
        return sides[host].closed() && sides[1 - host].taken() > sides[host].read();
    }

    /** Some application has seen the connection refused or reset, or has aborted it. */
    boolean broken() {
        return sides[0].broken() || sides[1].broken();
    }

    @Override
    public String toString() {
        String name = ghost ? "forged connection " : "connection ";
        return name + hex(connection) + " from " + Host.name(connecting) + " to port " + port + " of "
                + Host.name(1 - connecting) + ", " + trafficClass;
    }

    private static String hex(long id) {
        return String.format("%016x", id);
    }
}
