package org.netchannel.optimized.tcp;

import static org.assertj.core.api.Assertions.assertThat;

import java.lang.foreign.MemorySegment;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.netchannel.optimized.tcp.wire.InternetChecksum;
import org.netchannel.optimized.tcp.wire.Ipv4Header;
import org.netchannel.optimized.tcp.wire.NetworkOrder;
import org.netchannel.optimized.tcp.wire.TcpHeader;

/** What a device does to TCP over IPv4 that makes checksums and splits: with what it asks for checked first. */
final class SplittingDevice {
    private static final int IP_AT = 14;
    private static final int TCP_AT = 34;
    private static final int SEQUENCE_AT = TCP_AT + 4;
    private static final int FLAGS_AT = TCP_AT + 13;
    private static final int CHECKSUM_AT = TCP_AT + 16;
    private static final int MOST_PIECES = 64;

    private SplittingDevice() {}

    /** The frames that go onto the wire in the place of one. */
    static List<byte[]> split(byte[] frame, int pieceBytes) {
        MemorySegment memory = MemorySegment.ofArray(frame);
        int headerBytes = TCP_AT + TcpHeader.bytes(memory, TCP_AT);
        int segmentBytes = frame.length - TCP_AT;
        assertThat(Ipv4Header.totalLength(memory, IP_AT)).isEqualTo(frame.length - IP_AT);
        assertThat(NetworkOrder.getShort(memory, IP_AT + 10)).as("the IPv4 header's checksum").isZero();
        assertThat(NetworkOrder.getShort(memory, CHECKSUM_AT)).as("sum of the pseudo header")
                .isEqualTo(InternetChecksum.fold(pseudoHeader(memory, pieceBytes > 0 ? 0 : segmentBytes)));
        if (pieceBytes == 0) {
            return List.of(complete(frame.clone()));
        }
        check(memory, frame.length - headerBytes, pieceBytes);
        List<byte[]> pieces = new ArrayList<>();
        for (int at = headerBytes; at < frame.length; at += pieceBytes) {
            int end = Math.min(at + pieceBytes, frame.length);
            pieces.add(piece(frame, headerBytes, at, end));
        }
        return pieces;
    }

    private static long pseudoHeader(MemorySegment frame, int segmentBytes) {
        return Ipv4Header.pseudoHeader(Ipv4Header.source(frame, IP_AT), Ipv4Header.destination(frame, IP_AT),
                segmentBytes);
    }

    /** What devices differ in is never asked of them. */
    private static void check(MemorySegment frame, int payloadBytes, int pieceBytes) {
        // Neither SYN, FIN, RST nor URG, nor CWR, which belongs to one segment.
        assertThat(TcpHeader.flags(frame, TCP_AT) & ~(TcpHeader.PSH | TcpHeader.ECE)).isEqualTo(TcpHeader.ACK);
        assertThat(Math.ceilDiv(payloadBytes, pieceBytes)).isBetween(2, MOST_PIECES);
    }

    private static byte[] piece(byte[] frame, int headerBytes, int from, int to) {
        byte[] piece = Arrays.copyOf(frame, headerBytes + to - from);
        System.arraycopy(frame, from, piece, headerBytes, to - from);
        MemorySegment memory = MemorySegment.ofArray(piece);
        NetworkOrder.putShort(memory, IP_AT + 2, piece.length - IP_AT);
        NetworkOrder.putInt(memory, SEQUENCE_AT, TcpHeader.sequence(memory, TCP_AT) + from - headerBytes);
        if (to < frame.length) {
            NetworkOrder.putByte(memory, FLAGS_AT, TcpHeader.flags(memory, TCP_AT) & ~TcpHeader.PSH);
        }
        return complete(piece);
    }

    /** With its checksums. */
    private static byte[] complete(byte[] frame) {
        MemorySegment memory = MemorySegment.ofArray(frame);
        NetworkOrder.putShort(memory, IP_AT + 10, InternetChecksum.checksum(InternetChecksum.sum(memory, IP_AT, 20)));
        int bytes = frame.length - TCP_AT;
        NetworkOrder.putShort(memory, CHECKSUM_AT, 0);
        NetworkOrder.putShort(memory, CHECKSUM_AT, InternetChecksum.checksum(
                pseudoHeader(memory, bytes) + InternetChecksum.sum(memory, TCP_AT, bytes)));
        return frame;
    }
}
