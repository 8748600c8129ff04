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
        if (length < EthernetHeader.BYTES + Ipv4Header.BYTES) {
            return false;
        }
        long packetAt = at + EthernetHeader.BYTES;
        int left = length - EthernetHeader.BYTES;
        return switch (EthernetHeader.type(memory, at)) {
            case EthernetHeader.IPV4 -> {
                int headerBytes = Ipv4Header.headerBytes(memory, packetAt);
                yield Ipv4Header.protocol(memory, packetAt) == Ipv4Header.TCP && isBehind(memory, packetAt, headerBytes,
                        left, Ipv4Header.totalLength(memory, packetAt) - headerBytes);
            }
            case EthernetHeader.IPV6 -> left >= Ipv6Header.BYTES
                    && Ipv6Header.nextHeader(memory, packetAt) == Ipv6Header.TCP
                    && isBehind(memory, packetAt, Ipv6Header.BYTES, left, Ipv6Header.payloadBytes(memory, packetAt));
            default -> false;
        };
    }

    private static boolean isBehind(MemorySegment memory, long packetAt, int headerBytes, int left, int segmentBytes) {
        return left - headerBytes >= TcpHeader.BYTES
                && segmentBytes > TcpHeader.bytes(memory, packetAt + headerBytes);
    }
}
