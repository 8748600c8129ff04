package org.netchannel.optimized.tcp.host;

import static org.assertj.core.api.Assertions.assertThat;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.netchannel.optimized.tcp.Counter;
import org.netchannel.optimized.tcp.Settings;
import org.netchannel.optimized.tcp.wire.ArpPacket;
import org.netchannel.optimized.tcp.wire.EthernetHeader;
import org.netchannel.optimized.tcp.wire.FrameBuffer;
import org.netchannel.optimized.tcp.wire.InternetChecksum;
import org.netchannel.optimized.tcp.wire.Ipv4Header;
import org.netchannel.optimized.tcp.wire.NetworkOrder;
import org.netchannel.optimized.tcp.wire.PlainFramePool;
import org.netchannel.optimized.tcp.wire.SegmentChecksum;

/** What a host does with packets that are not TCP segments, or not for it (RFC 1122, section 3.2). */
class IpHostTest implements FrameSink {
    private static final int SELF = 0x0a00_0001;
    private static final int OTHER = 0x0a00_0002;
    private static final long LINK = 0x0200_0000_0001L;
    private static final long OTHER_LINK = 0x0200_0000_0002L;

    private final PlainFramePool pool = new PlainFramePool(Arena.ofAuto(), 100, 2_000);
    private final IpHost host = new IpHost(new Interface(LINK, SELF, 24, 0), Settings.DEFAULTS, pool,
            SegmentChecksum.SOFTWARE, 1, 2);
    private final MemorySegment header = MemorySegment.ofArray(new byte[128]);
    private final List<byte[]> sent = new ArrayList<>();
    private FrameBuffer frame;

    @BeforeEach
    void makeThePeerKnown() {
        frame = pool.claim();
        EthernetHeader.write(frame.memory(), 0, LINK, OTHER_LINK, EthernetHeader.ARP);
        ArpPacket.write(frame.memory(), 14, ArpPacket.REQUEST, OTHER_LINK, OTHER, 0, SELF);
        host.receive(frame, 0, 60);
        transmit();
        sent.clear();
    }

    @Override
    public MemorySegment begin() {
        return header;
    }

    @Override
    public void end(int headerBytes, FrameBuffer payload, long payloadAt, int payloadBytes) {
        byte[] bytes = new byte[headerBytes + payloadBytes];
        MemorySegment.copy(header, 0, MemorySegment.ofArray(bytes), 0, headerBytes);
        if (payloadBytes > 0) {
            MemorySegment.copy(payload.memory(), payloadAt, MemorySegment.ofArray(bytes), headerBytes, payloadBytes);
        }
        sent.add(bytes);
    }

    private void transmit() {
        host.transmit(this, 1_000);
    }

    private void packet(int protocol, int source, int destination, int payloadBytes) {
        EthernetHeader.write(frame.memory(), 0, LINK, OTHER_LINK, EthernetHeader.IPV4);
        Ipv4Header.write(frame.memory(), 14, payloadBytes, 0, protocol, source, destination);
    }

    private void echo(int type, int dataBytes) {
        packet(Ipv4Header.ICMP, OTHER, SELF, 8 + dataBytes);
        MemorySegment memory = frame.memory();
        NetworkOrder.putInt(memory, 34, type << 24);
        NetworkOrder.putInt(memory, 38, 0x1234_0001);
        for (int i = 0; i < dataBytes; i++) {
            NetworkOrder.putByte(memory, 42 + i, i);
        }
        NetworkOrder.putShort(memory, 36, InternetChecksum.checksum(InternetChecksum.sum(memory, 34, 8 + dataBytes)));
    }

    private void expect(Counter counter, int bytes) {
        long before = host.counters().get(counter);
        host.receive(frame, 0, bytes);
        transmit();
        assertThat(host.counters().get(counter)).as("%s", counter).isEqualTo(before + 1);
    }

    @Test
    void echoRequestIsAnsweredWithItsData() {
        echo(8, 57);
        expect(Counter.ECHO_ANSWERED, 42 + 57);
        MemorySegment answer = MemorySegment.ofArray(sent.getFirst());
        assertThat(answer.byteSize()).isEqualTo(42 + 57);
        assertThat(EthernetHeader.destination(answer, 0)).isEqualTo(OTHER_LINK);
        assertThat(Ipv4Header.destination(answer, 14)).isEqualTo(OTHER);
        assertThat(NetworkOrder.getByte(answer, 34)).isZero();
        assertThat(NetworkOrder.getInt(answer, 38)).isEqualTo(0x1234_0001);
        assertThat(InternetChecksum.isIntact(InternetChecksum.sum(answer, 34, 8 + 57))).isTrue();
        assertThat(NetworkOrder.getByte(answer, 42 + 56)).isEqualTo(56);
        assertThat(frame.isShared()).as("the request is let go").isFalse();
    }

    @Test
    void floodOfEchoRequestsIsBounded() {
        echo(8, 1);
        for (int i = 0; i < 1_000; i++) {
            host.receive(frame, 0, 43);
        }
        assertThat(host.counters().get(Counter.ANSWERS_DROPPED)).isEqualTo(1_000 - 64);
        transmit();
        assertThat(sent).hasSize(64);
    }

    @Test
    void errorsAndUnknownMessagesChangeNothing() {
        echo(3, 28);
        expect(Counter.ICMP_ERROR, 42 + 28);
        echo(13, 12);
        expect(Counter.OTHER_ICMP, 42 + 12);
        echo(8, 5);
        NetworkOrder.putByte(frame.memory(), 44, 77);
        expect(Counter.CORRUPT_PACKET, 42 + 5);
        assertThat(sent).isEmpty();
    }

    @Test
    void whatIsNotForThisHostIsCounted() {
        packet(17, OTHER, SELF, 8);
        expect(Counter.OTHER_PROTOCOL, 42);
        packet(Ipv4Header.TCP, OTHER, OTHER, 20);
        expect(Counter.OTHER_ADDRESS, 54);
        packet(Ipv4Header.TCP, SELF, SELF, 20);
        expect(Counter.IMPOSSIBLE_SOURCE, 54);
        packet(Ipv4Header.TCP, 0x7f00_0001, SELF, 20);
        expect(Counter.IMPOSSIBLE_SOURCE, 54);
        packet(Ipv4Header.TCP, OTHER, SELF, 20);
        EthernetHeader.write(frame.memory(), 0, OTHER_LINK, OTHER_LINK, EthernetHeader.IPV4);
        expect(Counter.OTHER_FRAME, 54);
        EthernetHeader.write(frame.memory(), 0, EthernetHeader.BROADCAST, OTHER_LINK, EthernetHeader.IPV4);
        expect(Counter.OTHER_FRAME, 54);
        EthernetHeader.write(frame.memory(), 0, LINK, OTHER_LINK, 0x86dd);
        expect(Counter.OTHER_FRAME, 54);
        assertThat(sent).isEmpty();
    }

    @Test
    void brokenPacketsAreCounted() {
        packet(Ipv4Header.TCP, OTHER, SELF, 20);
        NetworkOrder.putByte(frame.memory(), 22, 1);
        expect(Counter.CORRUPT_PACKET, 54);
        packet(Ipv4Header.TCP, OTHER, SELF, 20);
        expect(Counter.MALFORMED_PACKET, 53);
        packet(Ipv4Header.TCP, OTHER, SELF, 19);
        expect(Counter.MALFORMED_SEGMENT, 53);
        packet(Ipv4Header.TCP, OTHER, SELF, 20);
        NetworkOrder.putShort(frame.memory(), 20, 0x2000);
        NetworkOrder.putShort(frame.memory(), 24, 0);
        NetworkOrder.putShort(frame.memory(), 24,
                InternetChecksum.checksum(InternetChecksum.sum(frame.memory(), 14, 20)));
        expect(Counter.FRAGMENT, 54);
        NetworkOrder.putInt(frame.memory(), 12, 0x0806_0002);
        expect(Counter.MALFORMED_PACKET, 54);
    }
}
