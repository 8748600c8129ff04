package org.netchannel.conformance.application;

import java.util.ArrayList;
import java.util.List;
import org.netchannel.conformance.Violation;
import org.netchannel.conformance.ViolationFound;
import org.netchannel.conformance.application.Listeners.Listener;
import org.netchannel.conformance.link.Host;
import org.netchannel.conformance.link.Link;
import org.netchannel.conformance.link.LinkChannel;
import org.netchannel.conformance.link.LinkWatcher;
import org.netchannel.conformance.link.PacketInFlight;
import org.netchannel.traces.ChannelClass;
import org.netchannel.traces.Config.Setting;
import org.netchannel.traces.Endpoint.Delivery;
import org.netchannel.traces.PacketHeader;
import org.netchannel.traces.PacketType;
import org.netchannel.traces.PayloadPattern;
import org.netchannel.traces.Reason;

/**
 * Every connection of a run, with every reason there has been for it to be refused or reset. Reasons come from what
 * the applications called, from time, and from what passed the link. One thread calls.
 */
public final class Ledger implements LinkWatcher {
    private static final ChannelClass[] DATA_CLASSES = {ChannelClass.LATENCY, ChannelClass.THROUGHPUT};

    private final Host[] hosts;
    private final Bounds bounds;
    private final List<Conversation> conversations = new ArrayList<>();
    private final Listeners[] listeners = {new Listeners(), new Listeners()};
    private final long[][] channelSeenNanos = new long[2][ChannelClass.values().length];
    private Link link;

    /**
     * Makes an empty ledger.
     *
     * @param a host A
     * @param b host B
     */
    public Ledger(Host a, Host b) {
        hosts = new Host[] {a, b};
        bounds = new Bounds(a, b);
    }

    /**
     * Names the link that will be watched, because each of the two has to know the other.
     *
     * @param watched the link
     */
    public void watch(Link watched) {
        link = watched;
    }

    /**
     * Every connection so far, in the order of their making.
     *
     * @return the connections; the caller does not change the list
     */
    public List<Conversation> conversations() {
        return conversations;
    }

    /**
     * Finds a connection.
     *
     * @param connection its id
     * @return the connection, or null when nobody made one with that id
     */
    public Conversation find(long connection) {
        for (Conversation conversation : conversations) {
            if (conversation.connection() == connection) {
                return conversation;
            }
        }
        return null;
    }

    Listeners listeners(int host) {
        return listeners[host];
    }

    Conversation add(long connection, int connecting, int port, ChannelClass trafficClass) {
        Conversation conversation = new Conversation(
                conversations.size(), connection, connecting, port, trafficClass, hosts[connecting].nanos());
        conversations.add(conversation);
        return conversation;
    }

    @Override
    public void pulled(int host, LinkChannel channel, PacketInFlight packet) {
        Conversation conversation = find(packet.header().connection());
        if (conversation == null) {
            return;
        }
        conversation.passage(host).sent(packet);
        conversation.passage(1 - host).answered(packet);
        if (packet.is(PacketType.NCSYN) && host == conversation.connecting()) {
            conversation.sawConnectingPort(packet.header().sourcePort());
        }
        if (packet.is(PacketType.DATA)) {
            checkPayload(host, conversation, packet);
        }
        if (!conversation.isHit()) {
            bounds.check(host, conversation, packet);
        }
    }

    private static void checkPayload(int host, Conversation conversation, PacketInFlight packet) {
        long offset = packet.header().offset();
        if (!PayloadPattern.matches(
                conversation.connection(), conversation.direction(host), offset, packet.payload())) {
            throw new ViolationFound(Violation.of("wrong bytes on the link",
                    conversation + ": host " + Host.name(host) + " sent DATA at offset " + offset + ", length "
                            + packet.header().length() + ", that differs from what its application gave",
                    "NC-DATA-1", "NC-DATA-2"));
        }
    }

    @Override
    public void delivered(int host, LinkChannel channel, PacketInFlight packet, boolean forged, Delivery delivery) {
        if (packet.header() == null || packet.header().connection() == 0) {
            return;
        }
        Conversation conversation = find(packet.header().connection());
        if (!delivery.accepted()) {
            noteRefused(host, conversation, forged);
            return;
        }
        if (delivery.failed()) {
            // It failed its channel (NC-CH-2), and its connection never heard of it.
            return;
        }
        if (packet.is(PacketType.NCSYN)) {
            conversation = arrivedNcsyn(host, packet.header(), conversation);
        }
        if (conversation == null) {
            return;
        }
        if (conversation.firstArrivalNanos(host) < 0) {
            conversation.firstArrival(host, hosts[host].nanos());
        }
        if (!forged) {
            conversation.passage(1 - host).arrived(packet, answered(host, conversation));
            conversation.passage(host).answerArrived(packet);
            noteAnswer(host, conversation, packet);
        }
    }

    private static void noteRefused(int host, Conversation conversation, boolean forged) {
        if (conversation != null && !forged) {
            conversation.passage(1 - host).refused();
        }
    }

    private static boolean answered(int host, Conversation conversation) {
        return host != conversation.connecting() || conversation.isEstablished();
    }

    /** Any packet but NCREFUSE and RST establishes (NC-HS-3). */
    private static void noteAnswer(int host, Conversation conversation, PacketInFlight packet) {
        boolean refuses = packet.is(PacketType.NCREFUSE) || packet.is(PacketType.RST);
        if (host == conversation.connecting() && !refuses) {
            conversation.establish();
        }
    }

    /** Notes which refusals an NCSYN may meet, and that it may make a child (NC-HS-2). */
    private Conversation arrivedNcsyn(int host, PacketHeader header, Conversation known) {
        Conversation conversation = known;
        if (conversation == null) {
            conversation = add(header.connection(), 1 - host, header.destinationPort(), classOf(header));
            conversation.becomeGhost();
        }
        boolean late = arrivedLate(host, conversation);
        if (late) {
            // The host may have forgotten the connection: beyond what NC-HS-2 assumes of control packets.
            conversation.hit();
        }
        Listener listener = listeners[host].on(header.destinationPort());
        if (listener == null) {
            conversation.expect(Reason.NO_LISTENER);
            return conversation;
        }
        if (listener.mayBeFull()) {
            conversation.expect(Reason.BACKLOG_FULL);
        }
        if (mayBeAtLimit(host)) {
            conversation.expect(Reason.LIMIT);
        }
        if (conversation.becomeChild() || late) {
            listener.mayHaveChild();
        }
        return conversation;
    }

    private static ChannelClass classOf(PacketHeader header) {
        return header.tag() == ChannelClass.LATENCY.code() ? ChannelClass.LATENCY : ChannelClass.THROUGHPUT;
    }

    private boolean arrivedLate(int host, Conversation conversation) {
        long first = conversation.firstArrivalNanos(host);
        return first >= 0 && hosts[host].nanos() - first >= hosts[host].get(Setting.CONNECT_TIMEOUT_NANOS);
    }

    /** As many connections have been made as the host may have sockets; some of them may be gone. */
    boolean mayBeAtLimit(int host) {
        return conversations.size() >= hosts[host].get(Setting.SOCKET_LIMIT);
    }

    @Override
    public void advanced(int host) {
        long now = hosts[host].nanos();
        long timeout = hosts[host].get(Setting.CONNECT_TIMEOUT_NANOS);
        for (Conversation conversation : conversations) {
            boolean late = now - conversation.connectedAtNanos() >= timeout;
            if (host == conversation.connecting() && late && !conversation.isEstablished()) {
                conversation.expect(Reason.TIMEOUT);
            }
        }
        for (ChannelClass trafficClass : DATA_CLASSES) {
            noteChannels(host, trafficClass, now, timeout);
        }
    }

    /** A host without an active channel of a class for a connect timeout may reset connections (NC-FAIL-1). */
    private void noteChannels(int host, ChannelClass trafficClass, long now, long timeout) {
        long[] seen = channelSeenNanos[host];
        if (link.pick(0, c -> c.channelClass() == trafficClass && c.active(host)) != null) {
            seen[trafficClass.ordinal()] = now;
        } else if (now - seen[trafficClass.ordinal()] >= timeout) {
            for (Conversation conversation : conversations) {
                if (conversation.trafficClass() == trafficClass) {
                    conversation.expect(Reason.CHANNEL_LOST);
                }
            }
        }
    }
}
