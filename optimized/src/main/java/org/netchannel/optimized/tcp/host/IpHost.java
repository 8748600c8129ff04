package org.netchannel.optimized.tcp.host;

import java.lang.foreign.MemorySegment;
import org.netchannel.optimized.tcp.Counter;
import org.netchannel.optimized.tcp.Counters;
import org.netchannel.optimized.tcp.Flow;
import org.netchannel.optimized.tcp.Settings;
import org.netchannel.optimized.tcp.TcpConnection;
import org.netchannel.optimized.tcp.TcpLayer;
import org.netchannel.optimized.tcp.TcpListener;
import org.netchannel.optimized.tcp.wire.EthernetHeader;
import org.netchannel.optimized.tcp.wire.FrameBuffer;
import org.netchannel.optimized.tcp.wire.FrameChain;
import org.netchannel.optimized.tcp.wire.FramePool;
import org.netchannel.optimized.tcp.wire.InternetChecksum;
import org.netchannel.optimized.tcp.wire.Ipv4Header;
import org.netchannel.optimized.tcp.wire.Ipv6Address;
import org.netchannel.optimized.tcp.wire.Ipv6Header;
import org.netchannel.optimized.tcp.wire.NetworkOrder;
import org.netchannel.optimized.tcp.wire.SegmentChecksum;
import org.netchannel.optimized.tcp.wire.TcpHeader;

/**
 * A host on an Ethernet link. Frames go in by {@link #receive}, time by {@link #advance}, and frames come out by
 * {@link #transmit}. Whatever arrives is checked; what is wrong with it is counted, and it is dropped. One thread at a
 * time calls, also of its connections and listeners.
 */
public final class IpHost {
    private final Interface self;
    private final Counters counters = new Counters();
    private final SegmentChecksum checksum;
    private final TcpLayer tcp;
    private final Neighbours neighbours;
    private final Icmp icmp;
    private final IpOutput output;
    /** Null while the host has no IPv6 address. */
    private NeighbourDiscovery discovery;
    private boolean othersAnswer;
    private final Flow flow = new Flow();
    private final FrameChain nothing = new FrameChain();
    /** What of the frame is behind its first buffer. */
    private FrameChain behind = nothing;
    /** Somebody has found the segment's checksum right. */
    private boolean isVerified;

    /**
     * A host that knows nobody.
     *
     * @param self how it is attached to its link
     * @param settings of TCP
     * @param pool buffers for what applications send
     * @param checksum who computes checksums of segments, where neither a sink nor whoever hands up frames says that
     *     it was done elsewhere
     * @param firstKey half of a secret that nobody else may know
     * @param secondKey the other half
     */
    public IpHost(Interface self, Settings settings, FramePool pool, SegmentChecksum checksum, long firstKey,
            long secondKey) {
        this.self = self;
        this.checksum = checksum;
        this.tcp = new TcpLayer(settings, pool, counters, firstKey, secondKey);
        this.neighbours = new Neighbours(self, counters, tcp::resolved);
        this.icmp = new Icmp(self, neighbours, counters);
        this.output = new IpOutput(self, neighbours, checksum);
    }

    /**
     * Gives it an IPv6 address, before the first frame.
     *
     * @param address its only one
     * @return itself
     */
    public IpHost with(Ipv6Interface address) {
        discovery = new NeighbourDiscovery(self.link(), address, counters, tcp::resolved);
        if (othersAnswer) {
            discovery.leaveAnswersToOthers();
        }
        output.setDiscovery(discovery);
        return this;
    }

    /**
     * Another host with the same addresses answers who asks where they are; this one asks and listens. Before the first
     * frame.
     */
    public void leaveAnswersToOthers() {
        othersAnswer = true;
        neighbours.leaveAnswersToOthers();
        if (discovery != null) {
            discovery.leaveAnswersToOthers();
        }
    }

    /**
     * What happened.
     *
     * @return goes on counting
     */
    public Counters counters() {
        return counters;
    }

    /**
     * TCP of this host.
     *
     * @return its connections and listeners
     */
    public TcpLayer tcp() {
        return tcp;
    }

    /**
     * How many hosts of the link are known or asked for.
     *
     * @return 0 to 1,024 of each version of IP
     */
    public int neighbours() {
        return neighbours.size() + (discovery == null ? 0 : discovery.size());
    }

    /**
     * Whether there may be a peer with an address: it is another host's, and on the link or behind the gateway.
     *
     * @param remote an IPv4 address, 32 bits
     * @return whether it makes sense to connect
     */
    public boolean mayReach(int remote) {
        return self.isPossiblePeer(remote) && (self.isOnLink(remote) || self.gateway() != 0);
    }

    /**
     * The same of an address of either version of IP. Any thread.
     *
     * @param remote an IPv6 address, or one of IPv4 as one of those
     * @return whether it makes sense to connect; not when the host has no IPv6 address for one
     */
    public boolean mayReach(Ipv6Address remote) {
        if (remote.isIpv4()) {
            return mayReach(remote.ipv4());
        }
        return discovery != null && discovery.self().isPossiblePeer(remote)
                && (discovery.self().isOnLink(remote) || discovery.self().gateway() != null);
    }

    /**
     * Connects from this host's address.
     *
     * @param remote the peer's IPv4 address
     * @param port 1 to 65,535
     * @return as {@link TcpLayer#connect(int, int, int)}
     * @throws IllegalArgumentException when no host can have the address
     */
    public TcpConnection connect(int remote, int port) {
        return connect(Ipv6Address.ofIpv4(remote), port);
    }

    /**
     * Connects from this host's address of that version of IP.
     *
     * @param remote the peer's IPv6 address, or one of IPv4 as one of those
     * @param port 1 to 65,535
     * @return as {@link TcpLayer#connectFromFreePort}
     * @throws IllegalArgumentException when no host can have the address, or this one has no IPv6 address
     */
    public TcpConnection connect(Ipv6Address remote, int port) {
        requirePossiblePeer(remote);
        return remote.isIpv4() ? tcp.connect(self.address(), remote.ipv4(), port)
                : tcp.connectFromFreePort(new Flow().set(discovery.self().address(), 0, remote, port));
    }

    /**
     * Checks an address. Any thread.
     *
     * @param remote as for {@link #connect(Ipv6Address, int)}
     * @throws IllegalArgumentException when no peer can have the address, or this host has none of that version of IP
     */
    public void requirePossiblePeer(Ipv6Address remote) {
        boolean possible = remote.isIpv4() ? self.isPossiblePeer(remote.ipv4())
                : discovery != null && discovery.self().isPossiblePeer(remote);
        if (!possible) {
            throw new IllegalArgumentException("no peer can have the address " + remote);
        }
    }

    /**
     * Listens at a port.
     *
     * @param port 1 to 65,535
     * @param backlog as {@link TcpLayer#listen}
     * @return as {@link TcpLayer#listen}
     */
    public TcpListener listen(int port, int backlog) {
        return tcp.listen(port, backlog);
    }

    /**
     * A frame arrived. It is read here and now, but payload may be kept; then a reference to the frame is, too.
     *
     * @param frame holds the frame
     * @param at byte offset of its Ethernet header
     * @param bytes its length without the frame check sequence, at most what the buffer holds
     */
    public void receive(FrameBuffer frame, long at, int bytes) {
        receive(frame, at, bytes, nothing, false);
    }

    /**
     * A frame in several buffers arrived, of which the first has all headers.
     *
     * @param frame holds its beginning
     * @param at byte offset of its Ethernet header
     * @param bytes how much of it is there
     * @param rest holds the rest; its references stay the caller's
     * @param verified when it has a TCP segment, its checksum is right: the device says so
     */
    public void receive(FrameBuffer frame, long at, int bytes, FrameChain rest, boolean verified) {
        isVerified = verified;
        behind = rest;
        if (bytes < EthernetHeader.BYTES) {
            counters.count(Counter.MALFORMED_PACKET);
            return;
        }
        MemorySegment memory = frame.memory();
        long destination = EthernetHeader.destination(memory, at);
        boolean unicast = destination == self.link();
        boolean asked = discovery != null && discovery.isGroup(destination);
        if (!unicast && !asked && destination != EthernetHeader.BROADCAST) {
            counters.count(Counter.OTHER_FRAME);
            return;
        }
        long packetAt = at + EthernetHeader.BYTES;
        int packetBytes = bytes - EthernetHeader.BYTES;
        int type = EthernetHeader.type(memory, at);
        if (type == EthernetHeader.IPV6 && discovery != null && (unicast || asked)) {
            receiveIpv6(frame, packetAt, packetBytes, unicast);
        } else if (type == EthernetHeader.ARP && !asked) {
            neighbours.receive(memory, packetAt, packetBytes);
        } else if (type == EthernetHeader.IPV4 && unicast) {
            receiveIpv4(frame, packetAt, packetBytes);
        } else {
            // RFC 1122, sections 3.2.2.6 and 4.2.3.10: an IP packet that was broadcast is not answered.
            counters.count(Counter.OTHER_FRAME);
        }
    }

    private void receiveIpv4(FrameBuffer frame, long at, int available) {
        MemorySegment memory = frame.memory();
        boolean whole = available >= Ipv4Header.BYTES && available >= Ipv4Header.headerBytes(memory, at);
        int bytes = whole ? available + behind.bytes() : available;
        switch (Ipv4Header.check(memory, at, bytes)) {
            case MALFORMED -> counters.count(Counter.MALFORMED_PACKET);
            case CORRUPT -> counters.count(Counter.CORRUPT_PACKET);
            case FRAGMENT -> counters.count(Counter.FRAGMENT);
            case GOOD -> {
                if (Ipv4Header.destination(memory, at) != self.address()) {
                    counters.count(Counter.OTHER_ADDRESS);
                } else if (!self.isPossiblePeer(Ipv4Header.source(memory, at))) {
                    counters.count(Counter.IMPOSSIBLE_SOURCE);
                } else {
                    receivePacket(frame, at, available);
                }
            }
        }
    }

    private void receiveIpv6(FrameBuffer frame, long at, int available, boolean unicast) {
        MemorySegment memory = frame.memory();
        int all = available >= Ipv6Header.BYTES ? available + behind.bytes() : available;
        if (!Ipv6Header.isReadable(memory, at, all)) {
            counters.count(Counter.MALFORMED_PACKET);
            return;
        }
        boolean forGroup = discovery.isGroupAt(memory, at + Ipv6Header.DESTINATION_AT);
        int nextHeader = Ipv6Header.nextHeader(memory, at);
        int bytes = Ipv6Header.payloadBytes(memory, at);
        int first = Math.min(bytes, available - Ipv6Header.BYTES);
        if (!forGroup && !discovery.self().address().isAt(memory, at + Ipv6Header.DESTINATION_AT)) {
            counters.count(Counter.OTHER_ADDRESS);
        } else if (nextHeader == Ipv6Header.ICMP) {
            receiveIcmpv6(memory, at, bytes, first);
        } else if (nextHeader != Ipv6Header.TCP || forGroup) {
            counters.count(Counter.OTHER_PROTOCOL);
        } else if (!unicast) {
            // RFC 9293, section 3.9.2.3: TCP is between two hosts, and whoever sends to many gets no answers of all.
            counters.count(Counter.OTHER_FRAME);
        } else if (!discovery.self().isPossiblePeer(NetworkOrder.getLong(memory, at + Ipv6Header.SOURCE_AT),
                NetworkOrder.getLong(memory, at + Ipv6Header.SOURCE_AT + 8))) {
            counters.count(Counter.IMPOSSIBLE_SOURCE);
        } else {
            receiveSegment(frame, at, at + Ipv6Header.BYTES, bytes, first);
        }
    }

    private void receiveIcmpv6(MemorySegment memory, long packetAt, int bytes, int first) {
        long at = packetAt + Ipv6Header.BYTES;
        if (bytes < 4 || first < bytes) {
            counters.count(Counter.MALFORMED_PACKET);
        } else if (InternetChecksum.isIntact(Ipv6Header.pseudoHeader(memory, packetAt, bytes, Ipv6Header.ICMP)
                + InternetChecksum.sum(memory, at, bytes))) {
            discovery.receive(memory, packetAt, at, bytes);
        } else {
            counters.count(Counter.CORRUPT_PACKET);
        }
    }

    private void receivePacket(FrameBuffer frame, long at, int available) {
        MemorySegment memory = frame.memory();
        int headerBytes = Ipv4Header.headerBytes(memory, at);
        int bytes = Ipv4Header.totalLength(memory, at) - headerBytes;
        int first = Math.min(bytes, available - headerBytes);
        switch (Ipv4Header.protocol(memory, at)) {
            case Ipv4Header.TCP -> receiveSegment(frame, at, at + headerBytes, bytes, first);
            case Ipv4Header.ICMP -> icmp.receive(frame, at + headerBytes, first, Ipv4Header.source(memory, at));
            default -> counters.count(Counter.OTHER_PROTOCOL);
        }
    }

    private void receiveSegment(FrameBuffer frame, long packetAt, long at, int bytes, int first) {
        MemorySegment memory = frame.memory();
        if (!TcpHeader.isReadable(memory, at, first)) {
            counters.count(Counter.MALFORMED_SEGMENT);
            return;
        }
        int localPort = TcpHeader.destinationPort(memory, at);
        int remotePort = TcpHeader.sourcePort(memory, at);
        boolean marked;
        long pseudoHeader;
        if (Ipv4Header.version(memory, packetAt) == 4) {
            int source = Ipv4Header.source(memory, packetAt);
            int destination = Ipv4Header.destination(memory, packetAt);
            flow.setIpv4(destination, localPort, source, remotePort);
            marked = Ipv4Header.ecn(memory, packetAt) == Ipv4Header.CE;
            pseudoHeader = Ipv4Header.pseudoHeader(source, destination, bytes);
        } else {
            Ipv6Address ours = discovery.self().address();
            flow.set(ours.high(), ours.low(), localPort, NetworkOrder.getLong(memory, packetAt + Ipv6Header.SOURCE_AT),
                    NetworkOrder.getLong(memory, packetAt + Ipv6Header.SOURCE_AT + 8), remotePort);
            marked = Ipv6Header.ecn(memory, packetAt) == Ipv4Header.CE;
            pseudoHeader = Ipv6Header.pseudoHeader(memory, packetAt, bytes, Ipv6Header.TCP);
        }
        if (!isVerified && !isIntact(pseudoHeader, memory, at, bytes, first)) {
            counters.count(Counter.CORRUPT_SEGMENT);
            return;
        }
        tcp.receive(flow, frame, at, bytes, first, behind, marked);
    }

    private boolean isIntact(long pseudoHeader, MemorySegment memory, long at, int bytes, int first) {
        return first == bytes ? checksum.isIntact(pseudoHeader, memory, at, bytes)
                : checksum.isIntact(pseudoHeader, memory, at, first, behind, bytes - first);
    }

    /**
     * Time moves on; every timer due by then expires.
     *
     * @param nowNs nanoseconds since the host was opened, not before the last time
     */
    public void advance(long nowNs) {
        neighbours.advance(nowNs);
        if (discovery != null) {
            discovery.advance(nowNs);
        }
        tcp.advance(nowNs);
    }

    /**
     * A time before which nothing happens by itself.
     *
     * @return nanoseconds; {@link org.netchannel.optimized.time.Deadline#NEVER} when there is nothing to wait for
     */
    public long nextDeadlineNs() {
        long link = neighbours.nextDeadlineNs();
        if (discovery != null) {
            link = Math.min(link, discovery.nextDeadlineNs());
        }
        return Math.min(link, tcp.nextDeadlineNs());
    }

    /**
     * Sends what is to be sent.
     *
     * @param sink takes the frames
     * @param most how many at most
     * @return how many frames were sent
     */
    public int transmit(FrameSink sink, int most) {
        int sent = transmitBelowTcp(sink, most);
        sent += tcp.transmit(output.to(sink), most - sent);
        // TCP may have asked for a neighbour.
        return sent + transmitBelowTcp(sink, most - sent);
    }

    private int transmitBelowTcp(FrameSink sink, int most) {
        int sent = 0;
        while (sent < most && (neighbours.transmit(sink) || icmp.transmit(sink)
                || discovery != null && discovery.transmit(sink))) {
            sent++;
        }
        return sent;
    }
}
