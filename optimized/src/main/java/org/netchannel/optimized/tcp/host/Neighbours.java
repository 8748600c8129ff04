package org.netchannel.optimized.tcp.host;

import java.lang.foreign.MemorySegment;
import org.netchannel.optimized.tcp.Counter;
import org.netchannel.optimized.tcp.Counters;
import org.netchannel.optimized.tcp.wire.ArpPacket;
import org.netchannel.optimized.tcp.wire.EthernetHeader;
import org.netchannel.optimized.tcp.wire.Ipv6Address;

/** ARP (RFC 826; RFC 1122, section 2.3.2): where the hosts of the link with IPv4 addresses are. */
final class Neighbours extends NeighbourTable {
    private final Interface self;

    Neighbours(Interface self, Counters counters, Runnable changed) {
        super(counters, changed);
        this.self = self;
    }

    /** The neighbour through which an address is reached; as {@link #at}. */
    Neighbour towards(int address, boolean mayEvict) {
        return at(Ipv6Address.ofIpv4(self.nextHop(address)), mayEvict);
    }

    /** An ARP packet arrived (RFC 826: packet reception). */
    void receive(MemorySegment memory, long at, int length) {
        if (!ArpPacket.isReadable(memory, at, length)) {
            counters().count(Counter.MALFORMED_PACKET);
            return;
        }
        int sender = ArpPacket.sender(memory, at);
        long link = ArpPacket.senderLink(memory, at);
        if (!Interface.isHost(link) || sender == self.address()) {
            counters().count(Counter.IMPOSSIBLE_SOURCE);
            return;
        }
        boolean forUs = ArpPacket.target(memory, at) == self.address();
        Ipv6Address address = Ipv6Address.ofIpv4(sender);
        learn(address, link, forUs && self.isOnLink(sender) && self.isPossiblePeer(sender));
        if (forUs && ArpPacket.operation(memory, at) == ArpPacket.REQUEST) {
            answer(link, address, Counter.ARP_ANSWERED);
        }
    }

    @Override
    int write(MemorySegment memory, long link, Ipv6Address target) {
        boolean request = link == QUESTION;
        if (request) {
            counters().count(Counter.ARP_REQUESTS);
        }
        EthernetHeader.write(memory, 0, request ? EthernetHeader.BROADCAST : link, self.link(), EthernetHeader.ARP);
        ArpPacket.write(memory, EthernetHeader.BYTES, request ? ArpPacket.REQUEST : ArpPacket.REPLY, self.link(),
                self.address(), link, target.ipv4());
        return EthernetHeader.BYTES + ArpPacket.BYTES;
    }
}
