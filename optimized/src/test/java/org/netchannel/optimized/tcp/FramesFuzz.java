package org.netchannel.optimized.tcp;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.nio.ByteBuffer;
import org.netchannel.optimized.tcp.host.FrameSink;
import org.netchannel.optimized.tcp.host.Interface;
import org.netchannel.optimized.tcp.host.IpHost;
import org.netchannel.optimized.tcp.wire.ArpPacket;
import org.netchannel.optimized.tcp.wire.EthernetHeader;
import org.netchannel.optimized.tcp.wire.FrameBuffer;
import org.netchannel.optimized.tcp.wire.Ipv4Header;
import org.netchannel.optimized.tcp.wire.PlainFramePool;
import org.netchannel.optimized.tcp.wire.SegmentChecksum;
import org.netchannel.optimized.tcp.wire.TcpHeader;

/**
 * Fuzz target: frames go into {@link IpHost#receive} of a host that has connections with a hostile peer, and one with
 * an honest peer. Whatever they are: nothing is thrown, the honest connection goes on, and in the end every frame is
 * back.
 *
 * <p>The input is a program: frames as they stand in it, segments with the right checksum, calls of the application.
 */
public final class FramesFuzz implements FrameSink {
    private static final int HOST = 0x0a00_0001;
    private static final int HONEST = 0x0a00_0002;
    private static final int HOSTILE = 0x0a00_0003;
    private static final long HOST_LINK = 0x0200_0000_0001L;
    private static final int PORT = 80;
    private static final int PEER_PORT = 5_000;
    private static final int TCP_AT = 34;
    private static final int FRAMES = 200;
    private static final int MOST_STEPS = 200;
    private static final long MILLISECOND = 1_000_000;

    private final ByteBuffer input;
    private final PlainFramePool pool;
    private final PlainFramePool frames;
    private final IpHost host;
    private final TcpListener listener;
    private final MemorySegment header = MemorySegment.ofArray(new byte[128]);
    private long now = 1_000 * MILLISECOND;
    /** What the host has said last to the honest peer: where its numbers are, and how many bytes it has sent. */
    private int honestIss;
    private int honestBytes;
    private int honestAcknowledged;
    private int hostileIss;
    private int hostilePort = PEER_PORT;
    private TcpConnection hostile;

    private FramesFuzz(byte[] input, Arena arena) {
        this.input = ByteBuffer.wrap(input);
        pool = new PlainFramePool(arena, FRAMES, 1_100);
        frames = new PlainFramePool(arena, FRAMES, 1_600);
        Settings settings = Settings.DEFAULTS.with(Setting.MTU, 1_040).with(Setting.SEGMENTS, 32)
                .with(Setting.RECEIVE_BUFFER, 8_192).with(Setting.SYN_BACKLOG, 4).with(Setting.CONNECTIONS, 16)
                .with(Setting.TIMESTAMPS, input.length & 1).with(Setting.ECN, input.length >> 1 & 1);
        host = new IpHost(new Interface(HOST_LINK, HOST, 24, 0), settings, pool, SegmentChecksum.SOFTWARE, 11, 12);
        host.advance(now);
        arp(HONEST);
        arp(HOSTILE);
        listener = host.listen(PORT, 8);
    }

    /**
     * One run.
     *
     * @param input whatever it is
     */
    public static void fuzzerTestOneInput(byte[] input) {
        try (Arena arena = Arena.ofConfined()) {
            new FramesFuzz(input, arena).run();
        }
    }

    private void run() {
        TcpConnection honest = connect(HONEST);
        hostile = connect(HOSTILE);
        for (int step = 0; step < MOST_STEPS && input.hasRemaining(); step++) {
            step();
            host.advance(now);
            host.transmit(this, 10_000);
        }
        honestConnectionGoesOn(honest);
        honest.abort();
        everyFrameIsBack();
    }

    private TcpConnection connect(int peer) {
        segment(peer, PEER_PORT, TcpHeader.SYN, 0, 0, 1_000, new byte[0], 0);
        int iss = peer == HONEST ? honestIss : hostileIss;
        segment(peer, PEER_PORT, TcpHeader.ACK, 1, iss + 1, 60_000, new byte[0], 0);
        TcpConnection connection = listener.accept();
        if (connection == null) {
            throw new IllegalStateException("no connection comes about");
        }
        return connection;
    }

    private void arp(int peer) {
        FrameBuffer frame = frames.claim();
        EthernetHeader.write(frame.memory(), 0, HOST_LINK, HOST_LINK + peer, EthernetHeader.ARP);
        ArpPacket.write(frame.memory(), 14, ArpPacket.REQUEST, HOST_LINK + peer, peer, 0, HOST);
        host.receive(frame, 0, 60);
        frame.release();
        host.transmit(this, 10_000);
    }

    private void segment(int peer, int port, int flags, int sequence, int ack, int window, byte[] options, int length) {
        FrameBuffer frame = frames.claim();
        if (frame == null) {
            return;
        }
        MemorySegment memory = frame.memory();
        int headerBytes = TcpHeader.BYTES + options.length;
        EthernetHeader.write(memory, 0, HOST_LINK, HOST_LINK + peer, EthernetHeader.IPV4);
        Ipv4Header.write(memory, 14, headerBytes + length, window & 3, Ipv4Header.TCP, peer, HOST);
        TcpHeader.write(memory, TCP_AT, port, PORT, sequence, ack, headerBytes, flags, window);
        MemorySegment.copy(MemorySegment.ofArray(options), 0, memory, TCP_AT + TcpHeader.BYTES, options.length);
        memory.asSlice(TCP_AT + headerBytes, length).fill((byte) 1);
        TcpHeader.putChecksum(memory, TCP_AT, SegmentChecksum.SOFTWARE.of(
                Ipv4Header.pseudoHeader(peer, HOST, headerBytes + length), memory, TCP_AT, headerBytes, memory,
                TCP_AT + (long) headerBytes, length));
        host.receive(frame, 0, TCP_AT + headerBytes + length);
        frame.release();
        host.transmit(this, 10_000);
    }

    @Override
    public MemorySegment begin() {
        return header;
    }

    @Override
    public void end(int headerBytes, FrameBuffer payload, long payloadAt, int payloadBytes) {
        if (EthernetHeader.type(header, 0) != EthernetHeader.IPV4
                || Ipv4Header.protocol(header, 14) != Ipv4Header.TCP) {
            return;
        }
        int sequence = TcpHeader.sequence(header, TCP_AT);
        boolean isFirst = (TcpHeader.flags(header, TCP_AT) & TcpHeader.SYN) != 0;
        if (Ipv4Header.destination(header, 14) != HONEST) {
            hostileIss = isFirst ? sequence : hostileIss;
            return;
        }
        honestIss = isFirst ? sequence : honestIss;
        int end = sequence - honestIss - 1 + payloadBytes;
        honestBytes = Math.max(honestBytes, end);
        honestAcknowledged = TcpHeader.acknowledgement(header, TCP_AT);
    }

    private int nextByte() {
        return input.hasRemaining() ? Byte.toUnsignedInt(input.get()) : 0;
    }

    private int nextShort() {
        return nextByte() << 8 | nextByte();
    }

    private int nextInt() {
        return nextShort() << 16 | nextShort();
    }

    private byte[] nextBytes(int most) {
        byte[] bytes = new byte[Math.min(most, input.remaining())];
        input.get(bytes);
        return bytes;
    }

    private void step() {
        int code = nextByte();
        switch (code & 15) {
            case 0 -> raw(nextBytes(nextShort() % 1_500));
            case 1 -> now += (long) nextByte() << 2 * (code >> 4);
            case 2 -> hostile.send(MemorySegment.ofArray(new byte[4_096]), 0, 1 + 16 * nextByte());
            case 3 -> hostile.receive(MemorySegment.ofArray(new byte[4_096]), 0, 1 + 16 * nextByte());
            case 4 -> end(code >> 4 & 3);
            case 5 -> accept();
            case 6 -> connect();
            case 7 -> hostilePort = 1 + nextShort() % 0xffff;
            default -> segment(code);
        }
    }

    private void accept() {
        TcpConnection next = listener.accept();
        if (next != null) {
            hostile.abort();
            hostile = next;
        }
    }

    private void connect() {
        TcpConnection next = host.connect(HOSTILE, 1 + nextShort() % 0xffff);
        if (next != null) {
            hostile.abort();
            hostile = next;
        }
    }

    private void end(int how) {
        switch (how) {
            case 0 -> hostile.close();
            case 1 -> hostile.abort();
            case 2 -> hostile.shutdown();
            default -> hostile.setNagle(false);
        }
    }

    /** Numbers are those of the connection and something, so that they matter without guessing. */
    private void segment(int code) {
        int flags = nextByte();
        int sequence = 1 + ((code & 0x80) == 0 ? nextShort() : nextInt());
        int ack = hostileIss + 1 + ((code & 0x40) == 0 ? nextShort() : nextInt());
        int window = (code & 0x20) == 0 ? 60_000 : nextShort();
        byte[] options = new byte[0];
        if ((code & 0x10) != 0) {
            byte[] given = nextBytes(nextByte() % 41);
            options = java.util.Arrays.copyOf(given, given.length + 3 & ~3);
        }
        segment(HOSTILE, hostilePort, flags, sequence, ack, window, options, (code & 7) * nextByte() % 1_000);
    }

    /** A frame of a peer's; who speaks in the name of the honest one does not count. */
    private void raw(byte[] bytes) {
        FrameBuffer frame = frames.claim();
        if (frame == null) {
            return;
        }
        MemorySegment memory = frame.memory();
        memory.fill((byte) 0);
        MemorySegment.copy(MemorySegment.ofArray(bytes), 0, memory, 0, bytes.length);
        if (!mentionsHonestPeer(ByteBuffer.wrap(bytes))) {
            host.receive(frame, 0, bytes.length);
        }
        frame.release();
        host.transmit(this, 10_000);
    }

    private static boolean mentionsHonestPeer(ByteBuffer bytes) {
        for (int at = 0; at + Integer.BYTES <= bytes.capacity(); at++) {
            if (bytes.getInt(at) == HONEST) {
                return true;
            }
        }
        return false;
    }

    private void honestConnectionGoesOn(TcpConnection honest) {
        honest.setNagle(false);
        byte[] some = new byte[500];
        for (int i = 0; i < 10; i++) {
            int ack = honestIss + 1 + honestBytes;
            segment(HONEST, PEER_PORT, TcpHeader.ACK, 1 + 500 * i, ack, 60_000, new byte[0], 500);
            int got = honest.receive(MemorySegment.ofArray(some), 0, some.length);
            require(got == 500, "the honest peer's bytes do not come");
            int expected = honestBytes + 500;
            require(honest.send(MemorySegment.ofArray(some), 0, 500) == 500, "the honest connection takes no bytes");
            host.transmit(this, 10_000);
            for (int late = 0; honestBytes < expected && late < 100; late++) {
                // What was lost on the way to be sent is sent again.
                now += 20 * MILLISECOND;
                host.advance(now);
                host.transmit(this, 10_000);
            }
            require(honestBytes == expected, "the honest peer gets " + honestBytes + " bytes of " + expected);
            require(honestAcknowledged == 1 + 500 * (i + 1), "the honest peer's bytes are not acknowledged");
        }
    }

    private static void require(boolean holds, String what) {
        if (!holds) {
            throw new IllegalStateException(what);
        }
    }

    private void everyFrameIsBack() {
        hostile.abort();
        for (TcpConnection next = listener.accept(); next != null; next = listener.accept()) {
            next.abort();
        }
        listener.close();
        for (int i = 0; i < 40; i++) {
            now += 30_000 * MILLISECOND;
            host.advance(now);
            host.transmit(this, 10_000);
        }
        require(frames.freeBuffers() == FRAMES, "of the frames that came " + frames.freeBuffers() + " are free");
        require(pool.freeBuffers() == FRAMES, "of the frames that were sent " + pool.freeBuffers() + " are free");
    }
}
