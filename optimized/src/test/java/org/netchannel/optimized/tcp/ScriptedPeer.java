package org.netchannel.optimized.tcp;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.netchannel.optimized.tcp.host.FrameSink;
import org.netchannel.optimized.tcp.host.Interface;
import org.netchannel.optimized.tcp.host.IpHost;
import org.netchannel.optimized.tcp.wire.ArpPacket;
import org.netchannel.optimized.tcp.wire.EthernetHeader;
import org.netchannel.optimized.tcp.wire.FrameBuffer;
import org.netchannel.optimized.tcp.wire.FrameChain;
import org.netchannel.optimized.tcp.wire.Ipv4Header;
import org.netchannel.optimized.tcp.wire.PlainFramePool;
import org.netchannel.optimized.tcp.wire.SegmentChecksum;
import org.netchannel.optimized.tcp.wire.TcpHeader;
import org.netchannel.optimized.tcp.wire.TcpOptions;

/** A host of ours, and a peer that sends exactly the segments that a test wants. Sequence numbers count from ISS. */
final class ScriptedPeer implements FrameSink {
    static final long MILLISECOND = 1_000_000;
    static final long SECOND = 1_000 * MILLISECOND;
    static final int PORT = 80;
    /** IRS as the host sees it: its numbers wrap soon. */
    static final int PEER_ISS = 0xffff_fc00;
    static final int WINDOW = 60_000;

    private static final int HOST = 0x0a00_0001;
    static final int PEER = 0x0a00_0002;
    private static final long HOST_LINK = 0x0200_0000_0001L;
    private static final long PEER_LINK = 0x0200_0000_0002L;
    private static final int TCP_AT = 34;
    private static final int POOL_BYTES = 4_000_000;

    /** A segment that the host has sent; sequence numbers relative to ISS of either side. */
    record Sent(long atNs, int flags, int sequence, int ack, int window, int length, int ecn, int sackBlocks,
            int firstSackLeft, int firstSackRight, int mss, int pieceBytes) {
        boolean has(int flag) {
            return (flags & flag) == flag;
        }
    }

    final PlainFramePool pool;
    final PlainFramePool frames = new PlainFramePool(Arena.ofAuto(), 2_000, 2_000);
    /** For the beginnings of segments that were made of several. */
    final PlainFramePool largeFrames = new PlainFramePool(Arena.ofAuto(), 100, 8_000);
    final IpHost host;
    final ArrayDeque<Sent> sent = new ArrayDeque<>();
    private final MemorySegment header = MemorySegment.ofArray(new byte[128]);
    private final TcpOptions read = new TcpOptions();
    private final MemorySegment options = MemorySegment.ofArray(new byte[40]);
    private int optionBytes;
    long now = SECOND;
    int hostPort = PORT;
    int hostIss;
    int peerPort = 5_000;
    int window = WINDOW;
    int ecn;
    /** The host's device splits large segments. */
    boolean splits;
    /** Which byte of the payload of what is sent in several buffers is damaged on its way; -1 for none. */
    int wrongByte = -1;

    ScriptedPeer(Settings settings) {
        this(settings, 2_000);
    }

    ScriptedPeer(Settings settings, int bufferBytes) {
        pool = new PlainFramePool(Arena.ofAuto(), Math.max(POOL_BYTES / bufferBytes, 32), bufferBytes);
        host = new IpHost(new Interface(HOST_LINK, HOST, 24, 0), settings, pool, SegmentChecksum.SOFTWARE, 11, 12);
        host.advance(now);
        answerArp();
        transmit();
    }

    /** Everything that an option would change is off. */
    static Settings plain() {
        return Settings.DEFAULTS.with(Setting.SACK, 0).with(Setting.TIMESTAMPS, 0).with(Setting.WINDOW_SCALE, 0)
                .with(Setting.MTU, 1_040).with(Setting.NAGLE, 0)
                .with(org.netchannel.optimized.tcp.congestion.CongestionAlgorithm.NEW_RENO);
    }

    private void answerArp() {
        FrameBuffer frame = frames.claim();
        EthernetHeader.write(frame.memory(), 0, HOST_LINK, PEER_LINK, EthernetHeader.ARP);
        ArpPacket.write(frame.memory(), 14, ArpPacket.REQUEST, PEER_LINK, PEER, 0, HOST);
        host.receive(frame, 0, 60);
        frame.release();
    }

    void transmit() {
        host.transmit(this, 100_000);
    }

    /** Time passes; what is sent meanwhile is sent at its time. */
    ScriptedPeer after(long nanos) {
        long until = now + nanos;
        while (host.nextDeadlineNs() <= until) {
            now = Math.max(now, host.nextDeadlineNs());
            host.advance(now);
            transmit();
        }
        now = until;
        host.advance(now);
        transmit();
        return this;
    }

    ScriptedPeer withMss(int size) {
        optionBytes += TcpOptions.writeMaximumSegmentSize(options, optionBytes, size);
        return this;
    }

    ScriptedPeer withScale(int shift) {
        optionBytes += TcpOptions.writeWindowScale(options, optionBytes, shift);
        return this;
    }

    ScriptedPeer withSackPermitted() {
        optionBytes += TcpOptions.writeSackPermitted(options, optionBytes);
        return this;
    }

    ScriptedPeer withTimestamps(int value, int echo) {
        optionBytes += TcpOptions.writeTimestamps(options, optionBytes, value, echo);
        return this;
    }

    /** A SACK block, relative to the host's ISS. */
    ScriptedPeer withSack(int left, int right) {
        optionBytes += TcpOptions.writeSackHead(options, optionBytes, 1);
        optionBytes += TcpOptions.writeSackBlock(options, optionBytes, hostIss + left, hostIss + right);
        return this;
    }

    /** The peer sends a segment; numbers are relative to the ISS of their side. */
    ScriptedPeer send(int flags, int sequence, int ack, int length) {
        sendRaw(flags, PEER_ISS + sequence, (flags & TcpHeader.ACK) == 0 ? 0 : hostIss + ack, length);
        return this;
    }

    /**
     * Several segments that the device has made one: the first part of the payload is behind the header, each of the
     * others in a buffer of its own.
     */
    void sendMerged(int sequence, int ack, int segmentBytes, boolean verified, int... parts) {
        int first = PEER_ISS + sequence;
        FrameBuffer whole = write(largeFrames, TcpHeader.ACK, first, hostIss + ack, Arrays.stream(parts).sum());
        FrameChain rest = new FrameChain();
        rest.setSegmentBytes(segmentBytes);
        int behind = TCP_AT + TcpHeader.BYTES + parts[0];
        if (wrongByte >= 0) {
            long at = TCP_AT + TcpHeader.BYTES + (long) wrongByte;
            whole.memory().set(ValueLayout.JAVA_BYTE, at, (byte) (whole.memory().get(ValueLayout.JAVA_BYTE, at) ^ 4));
        }
        for (int i = 1; i < parts.length; i++) {
            FrameBuffer part = frames.claim();
            MemorySegment.copy(whole.memory(), behind, part.memory(), 3, parts[i]);
            MemorySegment.copy(MemorySegment.ofArray(new byte[parts[i]]), 0, whole.memory(), behind, parts[i]);
            rest.add(part, 3, parts[i]);
            behind += parts[i];
        }
        host.receive(whole, 0, TCP_AT + TcpHeader.BYTES + parts[0], rest, verified);
        rest.release();
        whole.release();
        transmit();
    }

    void sendRaw(int flags, int sequence, int ack, int length) {
        FrameBuffer frame = write(frames, flags, sequence, ack, length);
        host.receive(frame, 0, TCP_AT + TcpHeader.bytes(frame.memory(), TCP_AT) + length);
        frame.release();
        transmit();
    }

    private FrameBuffer write(PlainFramePool from, int flags, int sequence, int ack, int length) {
        FrameBuffer frame = from.claim();
        MemorySegment memory = frame.memory();
        int headerBytes = TcpHeader.BYTES + optionBytes;
        EthernetHeader.write(memory, 0, HOST_LINK, PEER_LINK, EthernetHeader.IPV4);
        Ipv4Header.write(memory, 14, headerBytes + length, ecn, Ipv4Header.TCP, PEER, HOST);
        TcpHeader.write(memory, TCP_AT, peerPort, hostPort, sequence, ack, headerBytes, flags, window);
        MemorySegment.copy(options, 0, memory, TCP_AT + TcpHeader.BYTES, optionBytes);
        for (int i = 0; i < length; i++) {
            memory.set(ValueLayout.JAVA_BYTE, TCP_AT + headerBytes + (long) i,
                    (byte) (sequence - PEER_ISS + i));
        }
        TcpHeader.putChecksum(memory, TCP_AT, SegmentChecksum.SOFTWARE.of(
                Ipv4Header.pseudoHeader(PEER, HOST, headerBytes + length), memory, TCP_AT, headerBytes, memory,
                TCP_AT + (long) headerBytes, length));
        optionBytes = 0;
        return frame;
    }

    @Override
    public MemorySegment begin() {
        return header;
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
    public void end(int headerBytes, FrameBuffer payload, long payloadAt, int payloadBytes) {
        endSegment(TCP_AT, headerBytes, payload, payloadAt, payloadBytes, 0);
    }

    @Override
    public void endSegment(int tcpAt, int headerBytes, FrameBuffer payload, long payloadAt, int payloadBytes,
            int pieceBytes) {
        if (EthernetHeader.type(header, 0) == EthernetHeader.ARP) {
            if (ArpPacket.operation(header, 14) == ArpPacket.REQUEST) {
                answerArp();
            }
            return;
        }
        int flags = TcpHeader.flags(header, TCP_AT);
        int sequence = TcpHeader.sequence(header, TCP_AT);
        hostIss = (flags & TcpHeader.SYN) != 0 ? sequence : hostIss;
        hostPort = TcpHeader.sourcePort(header, TCP_AT);
        read.read(header, TCP_AT + TcpHeader.BYTES, TcpHeader.bytes(header, TCP_AT) - TcpHeader.BYTES);
        boolean sack = read.sackBlocks() > 0;
        sent.add(new Sent(now, flags, sequence - hostIss, TcpHeader.acknowledgement(header, TCP_AT) - PEER_ISS,
                TcpHeader.window(header, TCP_AT), payloadBytes, Ipv4Header.ecn(header, 14), read.sackBlocks(),
                sack ? read.sackLeft(0) - PEER_ISS : 0, sack ? read.sackRight(0) - PEER_ISS : 0,
                read.maximumSegmentSize(), pieceBytes));
        if (splits) {
            byte[] frame = Arrays.copyOf(header.toArray(ValueLayout.JAVA_BYTE), headerBytes + payloadBytes);
            if (payloadBytes > 0) {
                MemorySegment.copy(payload.memory(), payloadAt, MemorySegment.ofArray(frame), headerBytes,
                        payloadBytes);
            }
            SplittingDevice.split(frame, pieceBytes);
        }
    }

    /** What the host has sent since the last call. */
    List<Sent> drain() {
        List<Sent> all = new ArrayList<>(sent);
        sent.clear();
        return all;
    }

    /** The peer connects; its options have been given. */
    TcpConnection accept(TcpListener listener) {
        send(TcpHeader.SYN, 0, 0, 0);
        if (host.tcp().settings().isOn(Setting.TIMESTAMPS)) {
            withTimestamps(1_000, 0);
        }
        send(TcpHeader.ACK, 1, 1, 0);
        drain();
        return listener.accept();
    }

    /** The peer connects, with a maximum segment size of 1,000 bytes. */
    TcpConnection accept() {
        return withMss(1_000).accept(host.listen(PORT, 10));
    }

    /** The application gives bytes, whatever they are, and what can be sent is sent. */
    static int write(ScriptedPeer peer, TcpConnection connection, int bytes) {
        int taken = connection.send(MemorySegment.ofArray(new byte[bytes]), 0, bytes);
        peer.transmit();
        return taken;
    }
}
