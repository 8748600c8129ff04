package org.netchannel.optimized.dpdk.host;

import java.lang.foreign.MemorySegment;
import org.netchannel.optimized.tcp.wire.EthernetHeader;
import org.netchannel.optimized.tcp.wire.Ipv4Header;
import org.netchannel.optimized.tcp.wire.Ipv6Header;
import org.netchannel.optimized.tcp.wire.TcpHeader;

/** Tells frames that TCP may keep, for their payload, from those that it has done with at once. Nothing is believed. */
final class TcpPayload {
    private TcpPayload() {}

    /**
     * Whether a frame has payload of TCP.
     *
     * @param memory holds its beginning
     * @param at byte offset of its Ethernet header
     * @param length how much of it is there
     * @return false also for a frame whose headers are not all there: nobody keeps that
     */
    static boolean isIn(MemorySegment memory, long at, int length) {
        long tcpAt = headerAt(memory, at, length);
        if (tcpAt < 0) {
            return false;
        }
        long packetAt = at + EthernetHeader.BYTES;
        int segmentBytes = EthernetHeader.type(memory, at) == EthernetHeader.IPV6
                ? Ipv6Header.payloadBytes(memory, packetAt)
                : Ipv4Header.totalLength(memory, packetAt) - (int) (tcpAt - packetAt);
        return segmentBytes > TcpHeader.bytes(memory, tcpAt);
    }

    /**
     * Where the header of TCP is in a frame.
     *
     * @param memory holds its beginning
     * @param at byte offset of its Ethernet header
     * @param length how much of it is there
     * @return byte offset of the header; -1 for a frame of something else, and for one whose headers are not all there
     */
    static long headerAt(MemorySegment memory, long at, int length) {
        int left = length - EthernetHeader.BYTES;
        if (left < Ipv4Header.BYTES) {
            return -1;
        }
        long packetAt = at + EthernetHeader.BYTES;
        int headerBytes = switch (EthernetHeader.type(memory, at)) {
            case EthernetHeader.IPV4 -> Ipv4Header.protocol(memory, packetAt) == Ipv4Header.TCP
                    ? Ipv4Header.headerBytes(memory, packetAt) : left;
            case EthernetHeader.IPV6 -> left >= Ipv6Header.BYTES
                    && Ipv6Header.nextHeader(memory, packetAt) == Ipv6Header.TCP ? Ipv6Header.BYTES : left;
            default -> left;
        };
        return left - headerBytes >= TcpHeader.BYTES ? packetAt + headerBytes : -1;
    }
}
