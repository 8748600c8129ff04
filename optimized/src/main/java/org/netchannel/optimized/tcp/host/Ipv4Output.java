package org.netchannel.optimized.tcp.host;

import java.lang.foreign.MemorySegment;
import org.netchannel.optimized.tcp.Flow;
import org.netchannel.optimized.tcp.NetworkOutput;
import org.netchannel.optimized.tcp.wire.EthernetHeader;
import org.netchannel.optimized.tcp.wire.FrameBuffer;
import org.netchannel.optimized.tcp.wire.Ipv4Header;
import org.netchannel.optimized.tcp.wire.SegmentChecksum;

/** Puts IPv4 and Ethernet headers in front of TCP segments. */
final class Ipv4Output implements NetworkOutput {
    private static final int TCP_AT = EthernetHeader.BYTES + Ipv4Header.BYTES;

    private final Interface self;
    private final Neighbours neighbours;
    private final SegmentChecksum checksum;
    private FrameSink sink;
    private MemorySegment memory;

    Ipv4Output(Interface self, Neighbours neighbours, SegmentChecksum checksum) {
        this.self = self;
        this.neighbours = neighbours;
        this.checksum = checksum;
    }

    /** Where frames go until the next call. */
    Ipv4Output to(FrameSink newSink) {
        sink = newSink;
        return this;
    }

    @Override
    public Opening open(Flow flow) {
        Neighbour neighbour = (Neighbour) flow.route();
        if (neighbour == null || !neighbour.known) {
            neighbour = neighbours.towards(flow.remoteIpv4());
            flow.setRoute(neighbour);
        }
        if (!neighbour.isReachable()) {
            return Opening.UNRESOLVED;
        }
        memory = sink.begin();
        return memory == null ? Opening.FULL : Opening.READY;
    }

    @Override
    public MemorySegment header() {
        return memory;
    }

    @Override
    public long headerAt() {
        return TCP_AT;
    }

    @Override
    public SegmentChecksum checksum() {
        return checksum;
    }

    @Override
    public long pseudoHeader(Flow flow, int segmentBytes) {
        return Ipv4Header.pseudoHeader(flow.localIpv4(), flow.remoteIpv4(), segmentBytes);
    }

    @Override
    public void send(Flow flow, int headerBytes, int ecn, FrameBuffer payload, long payloadAt, int payloadBytes) {
        Neighbour neighbour = (Neighbour) flow.route();
        neighbours.use(neighbour);
        Ipv4Header.write(memory, EthernetHeader.BYTES, headerBytes + payloadBytes, ecn, Ipv4Header.TCP,
                flow.localIpv4(), flow.remoteIpv4());
        EthernetHeader.write(memory, 0, neighbour.link, self.link(), EthernetHeader.IPV4);
        sink.end(TCP_AT + headerBytes, payload, payloadAt, payloadBytes);
    }
}
