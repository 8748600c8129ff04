package org.netchannel.optimized.dpdk;

import static org.assertj.core.api.Assertions.assertThat;

import java.lang.foreign.MemorySegment;
import org.netchannel.optimized.tcp.wire.EthernetHeader;
import org.netchannel.optimized.tcp.wire.InternetChecksum;
import org.netchannel.optimized.tcp.wire.Ipv4Header;
import org.netchannel.optimized.tcp.wire.SegmentChecksum;
import org.netchannel.optimized.tcp.wire.TcpHeader;
import org.netchannel.optimized.tcp.wire.TcpOptions;

/** Frames with a segment of TCP over IPv4, whose payload tells at which position of the stream it is. */
final class SegmentFrames {
    static final int IP_AT = 14;
    static final int TCP_AT = 34;
    /** With timestamps. */
    static final int HEADERS = TCP_AT + TcpHeader.BYTES + 12;
    private static final int HERE = 0x0a00_0001;
    private static final int THERE = 0x0a00_0002;

    private SegmentFrames() {}

    static byte at(int position) {
        return (byte) (position * 31 + (position >>> 8) * 7);
    }

    /** A frame with its checksums. */
    static byte[] frame(int position, int length, int flags) {
        byte[] frame = new byte[HEADERS + length];
        MemorySegment memory = MemorySegment.ofArray(frame);
        EthernetHeader.write(memory, 0, 0x0200_0000_0001L, 0x0200_0000_0002L, EthernetHeader.IPV4);
        Ipv4Header.write(memory, IP_AT, HEADERS - TCP_AT + length, 0, Ipv4Header.TCP, HERE, THERE);
        TcpHeader.write(memory, TCP_AT, 5_000, 80, position, 77, HEADERS - TCP_AT, flags, 1_000);
        TcpOptions.writeTimestamps(memory, TCP_AT + TcpHeader.BYTES, 1, 2);
        for (int i = 0; i < length; i++) {
            frame[HEADERS + i] = at(position + i);
        }
        int bytes = frame.length - TCP_AT;
        TcpHeader.putChecksum(memory, TCP_AT, SegmentChecksum.SOFTWARE.of(
                Ipv4Header.pseudoHeader(HERE, THERE, bytes), memory, TCP_AT, bytes, null, 0, 0));
        return frame;
    }

    static void correctIpv4Checksum(byte[] frame) {
        frame[IP_AT + 10] = 0;
        frame[IP_AT + 11] = 0;
        int sum = InternetChecksum.checksum(InternetChecksum.sum(MemorySegment.ofArray(frame), IP_AT, 20));
        frame[IP_AT + 10] = (byte) (sum >>> 8);
        frame[IP_AT + 11] = (byte) sum;
    }

    static byte[] bytesOf(long mbuf) {
        byte[] bytes = new byte[Mbuf.packetLength(mbuf)];
        Mbuf.copyOut(mbuf, MemorySegment.ofArray(bytes), 0);
        return bytes;
    }

    static boolean isIntact(byte[] frame) {
        MemorySegment memory = MemorySegment.ofArray(frame);
        int bytes = frame.length - TCP_AT;
        return SegmentChecksum.SOFTWARE.isIntact(Ipv4Header.pseudoHeader(HERE, THERE, bytes), memory, TCP_AT, bytes);
    }

    /** Lengths and the checksum of IPv4 are right, and every byte of payload is at its position. */
    static void assertIsSegment(byte[] frame, int position, int length, int flags) {
        MemorySegment memory = MemorySegment.ofArray(frame);
        assertThat(frame).hasSize(HEADERS + length);
        assertThat(Ipv4Header.check(memory, IP_AT, frame.length - IP_AT)).isEqualTo(Ipv4Header.Verdict.GOOD);
        assertThat(Ipv4Header.totalLength(memory, IP_AT)).isEqualTo(frame.length - IP_AT);
        assertThat(TcpHeader.bytes(memory, TCP_AT)).isEqualTo(HEADERS - TCP_AT);
        assertThat(TcpHeader.sequence(memory, TCP_AT)).isEqualTo(position);
        assertThat(TcpHeader.flags(memory, TCP_AT)).isEqualTo(flags);
        for (int i = 0; i < length; i++) {
            if (frame[HEADERS + i] != at(position + i)) {
                assertThat(frame[HEADERS + i]).as("the byte at %d", position + i).isEqualTo(at(position + i));
            }
        }
    }
}
