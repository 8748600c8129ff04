package org.netchannel.optimized.tcp;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import org.netchannel.optimized.tcp.host.FrameSink;
import org.netchannel.optimized.tcp.host.Interface;
import org.netchannel.optimized.tcp.host.IpHost;
import org.netchannel.optimized.tcp.host.Ipv6Interface;
import org.netchannel.optimized.tcp.wire.FrameBuffer;
import org.netchannel.optimized.tcp.wire.Ipv6Address;
import org.netchannel.optimized.tcp.wire.PlainFramePool;
import org.netchannel.optimized.tcp.wire.SegmentChecksum;

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

    FrameRing(int number, Settings settings, SegmentChecksum checksum, Arena arena) {
        int bytes = (int) settings.get(Setting.MTU) + 256;
        frames = new PlainFramePool(arena, 4 * SLOTS, bytes);
        host = new IpHost(new Interface(0x0200_0000_0000L + number, 0x0a00_0000 + number, 24, 0), settings,
                new PlainFramePool(arena, 4 * SLOTS, bytes), checksum, number, number)
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
