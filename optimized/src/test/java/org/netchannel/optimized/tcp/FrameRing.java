package org.netchannel.optimized.tcp;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import org.netchannel.optimized.tcp.host.FrameSink;
import org.netchannel.optimized.tcp.host.Interface;
import org.netchannel.optimized.tcp.host.IpHost;
import org.netchannel.optimized.tcp.host.Ipv6Interface;
import org.netchannel.optimized.tcp.wire.FrameBuffer;
import org.netchannel.optimized.tcp.wire.InternetChecksum;
import org.netchannel.optimized.tcp.wire.Ipv6Address;
import org.netchannel.optimized.tcp.wire.NetworkOrder;
import org.netchannel.optimized.tcp.wire.PlainFramePool;
import org.netchannel.optimized.tcp.wire.SegmentChecksum;
import org.netchannel.optimized.tcp.wire.TcpHeader;

/** A host, and a ring of frames to it: like a device, without allocation. */
final class FrameRing implements FrameSink {
    private static final int SLOTS = 1_024;

    final IpHost host;
    FrameRing peer;
    private final PlainFramePool frames;
    private final FrameBuffer[] ring = new FrameBuffer[SLOTS];
    private final int[] lengths = new int[SLOTS];
    private final MemorySegment header = Arena.ofAuto().allocate(128);
    private int head;
    private int tail;
    long segments;
    /** Makes checksums of IPv4 headers, and splits. */
    private final boolean splits;

    FrameRing(int number, Settings settings, SegmentChecksum checksum, Arena arena) {
        this(number, settings, checksum, arena, false);
    }

    /** When it splits, nobody looks at the checksums of segments. */
    FrameRing(int number, Settings settings, SegmentChecksum checksum, Arena arena, boolean splits) {
        this.splits = splits;
        int bytes = (int) settings.get(Setting.MTU) + 256;
        frames = new PlainFramePool(arena, 4 * SLOTS, bytes);
        host = new IpHost(new Interface(0x0200_0000_0000L + number, 0x0a00_0000 + number, 24, 0), settings,
                splits ? new PlainFramePool(arena, 64, 1 << 16) : new PlainFramePool(arena, 4 * SLOTS, bytes),
                checksum, number, number)
                .with(new Ipv6Interface(address(number), 64, null));
    }

    /** The IPv6 address of a host. */
    static Ipv6Address address(int number) {
        return new Ipv6Address(0xfd00L << 48, number);
    }

    @Override
    public MemorySegment begin() {
        return peer.tail - peer.head < SLOTS ? header : null;
    }

    @Override
    public boolean makesChecksums() {
        return splits;
    }

    @Override
    public boolean splits() {
        return splits;
    }

    @Override
    public void endSegment(int tcpAt, int headerBytes, FrameBuffer payload, long payloadAt, int payloadBytes,
            int pieceBytes) {
        int sequence = TcpHeader.sequence(header, tcpAt);
        int piece = pieceBytes > 0 ? pieceBytes : payloadBytes;
        int at = 0;
        do {
            if (splits) {
                NetworkOrder.putInt(header, tcpAt + 4, sequence + at);
                NetworkOrder.putShort(header, 16, headerBytes - 14 + piece);
                NetworkOrder.putShort(header, 24, 0);
                NetworkOrder.putShort(header, 24, InternetChecksum.checksum(InternetChecksum.sum(header, 14, 20)));
            }
            end(headerBytes, payload, payloadAt + at, piece);
            at += piece;
        } while (at < payloadBytes);
    }

    @Override
    public void end(int headerBytes, FrameBuffer payload, long payloadAt, int payloadBytes) {
        FrameBuffer frame = peer.frames.claim();
        if (frame == null) {
            return;
        }
        MemorySegment.copy(header, 0, frame.memory(), 0, headerBytes);
        if (payloadBytes > 0) {
            MemorySegment.copy(payload.memory(), payloadAt, frame.memory(), headerBytes, payloadBytes);
            segments++;
        }
        peer.ring[peer.tail & SLOTS - 1] = frame;
        peer.lengths[peer.tail++ & SLOTS - 1] = headerBytes + payloadBytes;
    }

    /** One turn of a duty cycle: frames in, time, frames out. */
    void turn(long nowNs) {
        host.advance(nowNs);
        for (int i = 0; i < 64 && head != tail; i++) {
            FrameBuffer frame = ring[head & SLOTS - 1];
            host.receive(frame, 0, lengths[head++ & SLOTS - 1]);
            frame.release();
        }
        host.transmit(this, 64);
    }
}
