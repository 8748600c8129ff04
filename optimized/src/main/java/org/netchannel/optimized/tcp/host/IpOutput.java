package org.netchannel.optimized.tcp.host;

import java.lang.foreign.MemorySegment;
import org.netchannel.optimized.tcp.Flow;
import org.netchannel.optimized.tcp.NetworkOutput;
import org.netchannel.optimized.tcp.wire.EthernetHeader;
import org.netchannel.optimized.tcp.wire.FrameBuffer;
import org.netchannel.optimized.tcp.wire.Ipv4Header;
import org.netchannel.optimized.tcp.wire.Ipv6Header;
import org.netchannel.optimized.tcp.wire.SegmentChecksum;

/** Puts IP and Ethernet headers in front of TCP segments. */
final class IpOutput implements NetworkOutput {
    private final Interface self;
    private final Neighbours neighbours;
    private final SegmentChecksum checksum;
    /** Null while the host has no IPv6 address. */
    private NeighbourDiscovery discovery;
    private FrameSink sink;
    /** The sink has checksums made. */
    private boolean offloads;
    private MemorySegment memory;
    private long tcpAt;

    IpOutput(Interface self, Neighbours neighbours, SegmentChecksum checksum) {
        this.self = self;
        this.neighbours = neighbours;
        this.checksum = checksum;
    }

    void setDiscovery(NeighbourDiscovery newDiscovery) {
        discovery = newDiscovery;
    }

    /** Where frames go until the next call. */
    IpOutput to(FrameSink newSink) {
        sink = newSink;
        offloads = newSink.makesChecksums();
        return this;
    }

    @Override
    public Opening open(Flow flow) {
        return open(flow, true);
    }

    @Override
    public Opening openAnswer(Flow flow) {
        return open(flow, false);
    }

    private Opening open(Flow flow, boolean mayEvict) {
        Neighbour neighbour = (Neighbour) flow.route();
        if (neighbour == null || !neighbour.known) {
            neighbour = flow.isIpv4() ? neighbours.towards(flow.remoteIpv4(), mayEvict)
                    : discovery.towards(flow.remote(), mayEvict);
            flow.setRoute(neighbour);
        }
        if (neighbour == null || !neighbour.isReachable()) {
            return Opening.UNRESOLVED;
        }
        tcpAt = EthernetHeader.BYTES + (flow.isIpv4() ? Ipv4Header.BYTES : Ipv6Header.BYTES);
        memory = sink.begin();
        return memory == null ? Opening.FULL : Opening.READY;
    }

    @Override
    public MemorySegment header() {
        return memory;
    }

    @Override
    public long headerAt() {
        return tcpAt;
    }

    @Override
    public SegmentChecksum checksum() {
        return offloads ? SegmentChecksum.DEVICE : checksum;
    }

    @Override
    public boolean splits(Flow flow) {
        // DPDK's own software, which net_tap uses, does it over IPv4 only.
        return flow.isIpv4() && sink.splits();
    }

    @Override
    public long pseudoHeader(Flow flow, int segmentBytes) {
        return flow.isIpv4() ? Ipv4Header.pseudoHeader(flow.localIpv4(), flow.remoteIpv4(), segmentBytes)
                : Ipv6Header.pseudoHeader(flow.localHigh(), flow.localLow(), flow.remoteHigh(), flow.remoteLow(),
                        segmentBytes);
    }

    @Override
    public void send(Flow flow, int headerBytes, int ecn, FrameBuffer payload, long payloadAt, int payloadBytes,
            int pieceBytes) {
        Neighbour neighbour = (Neighbour) flow.route();
        int bytes = headerBytes + payloadBytes;
        if (flow.isIpv4()) {
            neighbours.use(neighbour);
            writeIpv4(flow, bytes, ecn, offloads || pieceBytes > 0);
            EthernetHeader.write(memory, 0, neighbour.link, self.link(), EthernetHeader.IPV4);
        } else {
            discovery.use(neighbour);
            Ipv6Header.write(memory, EthernetHeader.BYTES, bytes, ecn, Ipv6Header.TCP);
            Ipv6Header.writeAddresses(memory, EthernetHeader.BYTES, flow.localHigh(), flow.localLow(),
                    flow.remoteHigh(), flow.remoteLow());
            EthernetHeader.write(memory, 0, neighbour.link, self.link(), EthernetHeader.IPV6);
        }
        sink.endSegment((int) tcpAt, (int) tcpAt + headerBytes, payload, payloadAt, payloadBytes, pieceBytes);
    }

    private void writeIpv4(Flow flow, int bytes, int ecn, boolean withoutChecksum) {
        if (withoutChecksum) {
            Ipv4Header.writeWithoutChecksum(memory, EthernetHeader.BYTES, bytes, ecn, Ipv4Header.TCP, flow.localIpv4(),
                    flow.remoteIpv4());
        } else {
            Ipv4Header.write(memory, EthernetHeader.BYTES, bytes, ecn, Ipv4Header.TCP, flow.localIpv4(),
                    flow.remoteIpv4());
        }
    }
}
