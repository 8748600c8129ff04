package org.netchannel.conformance.capture;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.InetAddress;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** Writes segments as Ethernet frames into capture files: pcap with nanoseconds, or pcapng. */
final class PcapFile {
    private static final int ETHERNET = 1;
    private static final int TCP = 6;
    private static final int TCP_HEADER = 20;
    private static final int NANOS_PER_SECOND = 1_000_000_000;

    private PcapFile() {}

    static Path pcap(Path file, List<Segment> segments, int snapLength) throws IOException {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        out.writeBytes(little(24).putInt(0xA1B23C4D).putShort((short) 2).putShort((short) 4).putInt(0).putInt(0)
                .putInt(snapLength).putInt(ETHERNET).array());
        for (Segment segment : segments) {
            byte[] frame = frame(segment);
            int captured = Math.min(frame.length, snapLength);
            out.writeBytes(little(16).putInt((int) (segment.timeNs() / NANOS_PER_SECOND))
                    .putInt((int) (segment.timeNs() % NANOS_PER_SECOND)).putInt(captured).putInt(frame.length)
                    .array());
            out.write(frame, 0, captured);
        }
        return Files.write(file, out.toByteArray());
    }

    static Path pcapng(Path file, List<Segment> segments) throws IOException {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        block(out, 0x0A0D0D0A, little(16).putInt(0x1A2B3C4D).putShort((short) 1).putShort((short) 0).putLong(-1));
        // Times in nanoseconds: option 9, one byte, 9.
        block(out, 1, little(20).putShort((short) ETHERNET).putShort((short) 0).putInt(0).putShort((short) 9)
                .putShort((short) 1).putInt(9).putInt(0));
        for (Segment segment : segments) {
            byte[] frame = frame(segment);
            block(out, 6, little(20 + padded(frame.length)).putInt(0).putInt((int) (segment.timeNs() >>> 32))
                    .putInt((int) segment.timeNs()).putInt(frame.length).putInt(frame.length).put(frame));
        }
        return Files.write(file, out.toByteArray());
    }

    private static void block(ByteArrayOutputStream out, int type, ByteBuffer body) {
        int length = 12 + body.capacity();
        out.writeBytes(little(8).putInt(type).putInt(length).array());
        out.writeBytes(body.array());
        out.writeBytes(little(4).putInt(length).array());
    }

    private static int padded(int length) {
        return (length + 3) / 4 * 4;
    }

    private static ByteBuffer little(int bytes) {
        return ByteBuffer.allocate(bytes).order(ByteOrder.LITTLE_ENDIAN);
    }

    private static byte[] frame(Segment segment) throws IOException {
        byte[] from = InetAddress.getByName(segment.from().host()).getAddress();
        byte[] to = InetAddress.getByName(segment.to().host()).getAddress();
        byte[] ip = from.length == 4 ? ipv4(from, to, segment.length()) : ipv6(from, to, segment.length());
        ByteBuffer frame = ByteBuffer.allocate(14 + ip.length + TCP_HEADER + segment.length());
        frame.put(new byte[12]).putShort((short) (from.length == 4 ? 0x0800 : 0x86DD)).put(ip);
        frame.putShort((short) segment.from().port()).putShort((short) segment.to().port())
                .putInt(segment.sequence()).putInt(segment.acknowledgement())
                .put((byte) (TCP_HEADER / 4 << 4)).put((byte) segment.flags()).putShort((short) 0xFFFF)
                .putShort((short) 0).putShort((short) 0).put(segment.payload());
        return frame.array();
    }

    private static byte[] ipv4(byte[] from, byte[] to, int payload) {
        return ByteBuffer.allocate(20).put((byte) 0x45).put((byte) 0).putShort((short) (20 + TCP_HEADER + payload))
                .putInt(0).put((byte) 64).put((byte) TCP).putShort((short) 0).put(from).put(to).array();
    }

    private static byte[] ipv6(byte[] from, byte[] to, int payload) {
        return ByteBuffer.allocate(40).putInt(0x60000000).putShort((short) (TCP_HEADER + payload)).put((byte) TCP)
                .put((byte) 64).put(from).put(to).array();
    }
}
