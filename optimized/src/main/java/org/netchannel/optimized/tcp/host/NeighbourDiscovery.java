package org.netchannel.optimized.tcp.host;

import java.lang.foreign.MemorySegment;
import org.netchannel.optimized.tcp.Counter;
import org.netchannel.optimized.tcp.Counters;
import org.netchannel.optimized.tcp.wire.EthernetHeader;
import org.netchannel.optimized.tcp.wire.Ipv4Header;
import org.netchannel.optimized.tcp.wire.Ipv6Address;
import org.netchannel.optimized.tcp.wire.Ipv6Header;
import org.netchannel.optimized.tcp.wire.NeighbourMessage;

/**
 * Neighbour discovery (RFC 4861, section 7.2): where the hosts of the link with IPv6 addresses are. Addresses and
 * routers are configured; what routers say, redirects, and whether somebody else has this host's address are not
 * looked at.
 */
final class NeighbourDiscovery extends NeighbourTable {
    private static final Ipv6Address NOBODY = new Ipv6Address(0, 0);
    /** All hosts of the link. */
    private static final Ipv6Address EVERYBODY = new Ipv6Address(0xff02_0000_0000_0000L, 1);

    private final long selfLink;
    private final Ipv6Interface self;
    /** The hosts that are asked together with this one. */
    private final Ipv6Address group;

    NeighbourDiscovery(long selfLink, Ipv6Interface self, Counters counters, Runnable changed) {
        super(counters, changed);
        this.selfLink = selfLink;
        this.self = self;
        this.group = self.address().solicitedNode();
    }

    Ipv6Interface self() {
        return self;
    }

    /** Whether frames to a link address are for a group that this host is in. */
    boolean isGroup(long link) {
        return link == group.groupLink() || link == EVERYBODY.groupLink();
    }

    /** Whether the address of a group that this host is in stands somewhere. */
    boolean isGroupAt(MemorySegment memory, long at) {
        return group.isAt(memory, at) || EVERYBODY.isAt(memory, at);
    }

    /** The neighbour through which an address is reached; as {@link #at}. */
    Neighbour towards(Ipv6Address address, boolean mayEvict) {
        return at(self.nextHop(address), mayEvict);
    }

    /** A message of ICMPv6 arrived, whose checksum is right. */
    void receive(MemorySegment memory, long packetAt, long at, int length) {
        int type = NeighbourMessage.type(memory, at);
        if (type != NeighbourMessage.SOLICITATION && type != NeighbourMessage.ADVERTISEMENT) {
            counters().count(Counter.OTHER_ICMP);
        } else if (Ipv6Header.hopLimit(memory, packetAt) != Ipv6Header.MOST_HOPS
                || !NeighbourMessage.isReadable(memory, at, length)) {
            counters().count(Counter.MALFORMED_PACKET);
        } else if (type == NeighbourMessage.SOLICITATION) {
            onSolicitation(memory, packetAt, at, length);
        } else {
            onAdvertisement(memory, packetAt, at, length);
        }
    }

    /** Section 7.2.3. */
    private void onSolicitation(MemorySegment memory, long packetAt, long at, int length) {
        if (!NeighbourMessage.target(memory, at).equals(self.address())) {
            counters().count(Counter.OTHER_ADDRESS);
            return;
        }
        Ipv6Address source = Ipv6Header.source(memory, packetAt);
        long link = NeighbourMessage.link(memory, at, length, NeighbourMessage.SOURCE_LINK);
        if (source.equals(NOBODY) && link == NeighbourMessage.NO_LINK) {
            // Somebody wants to know whether the address is free (RFC 4862, section 5.4.3): everybody is told.
            answer(EVERYBODY.groupLink(), EVERYBODY);
        } else if (!self.isPossiblePeer(source)) {
            counters().count(Counter.IMPOSSIBLE_SOURCE);
        } else if (link == NeighbourMessage.NO_LINK) {
            Neighbour known = find(source);
            if (known != null && known.isReachable()) {
                answer(known.link, source);
            }
        } else if (Interface.isHost(link)) {
            learn(source, link, self.isOnLink(source));
            answer(link, source);
        } else {
            counters().count(Counter.IMPOSSIBLE_SOURCE);
        }
    }

    private void answer(long link, Ipv6Address to) {
        answer(link, to, Counter.NEIGHBOUR_ANSWERED);
    }

    /**
     * Section 7.2.5: only who was asked for is known; it keeps its place unless it is overridden. Who says without
     * being asked that it has moved is asked before long.
     */
    private void onAdvertisement(MemorySegment memory, long packetAt, long at, int length) {
        Ipv6Address target = NeighbourMessage.target(memory, at);
        boolean solicited = (NeighbourMessage.flags(memory, at) & NeighbourMessage.SOLICITED) != 0;
        if (solicited && Ipv6Header.destination(memory, packetAt).isMulticast()) {
            // Section 7.1.2: an answer goes to who has asked.
            counters().count(Counter.MALFORMED_PACKET);
            return;
        }
        Neighbour neighbour = find(target);
        long link = NeighbourMessage.link(memory, at, length, NeighbourMessage.TARGET_LINK);
        boolean overrides = (NeighbourMessage.flags(memory, at) & NeighbourMessage.OVERRIDE) != 0;
        if (neighbour == null) {
            counters().count(Counter.OTHER_ADDRESS);
        } else if (link == NeighbourMessage.NO_LINK && neighbour.isReachable()) {
            learn(target, neighbour.link, false);
        } else if (!Interface.isHost(link)) {
            counters().count(Counter.IMPOSSIBLE_SOURCE);
        } else if (!neighbour.isReachable() || overrides || link == neighbour.link) {
            boolean moved = link != neighbour.link;
            learn(target, link, false);
            if (moved && !solicited) {
                suspect(neighbour);
            }
        }
    }

    @Override
    int write(MemorySegment memory, long link, Ipv6Address target) {
        boolean question = link == QUESTION;
        Ipv6Address to = question ? target.solicitedNode() : target;
        EthernetHeader.write(memory, 0, question ? to.groupLink() : link, selfLink, EthernetHeader.IPV6);
        Ipv6Header.write(memory, EthernetHeader.BYTES, NeighbourMessage.BYTES, Ipv4Header.NOT_ECT, Ipv6Header.ICMP);
        Ipv6Header.writeAddresses(memory, EthernetHeader.BYTES, self.address().high(), self.address().low(), to.high(),
                to.low());
        if (question) {
            counters().count(Counter.NEIGHBOUR_REQUESTS);
            NeighbourMessage.write(memory, EthernetHeader.BYTES, NeighbourMessage.SOLICITATION, 0, target,
                    NeighbourMessage.SOURCE_LINK, selfLink);
        } else {
            int solicited = to.isMulticast() ? 0 : NeighbourMessage.SOLICITED;
            NeighbourMessage.write(memory, EthernetHeader.BYTES, NeighbourMessage.ADVERTISEMENT,
                    solicited | NeighbourMessage.OVERRIDE, self.address(), NeighbourMessage.TARGET_LINK, selfLink);
        }
        return EthernetHeader.BYTES + Ipv6Header.BYTES + NeighbourMessage.BYTES;
    }
}
