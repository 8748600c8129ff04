package org.netchannel.optimized.tcp.wire;

import static org.assertj.core.api.Assertions.assertThat;

import java.lang.foreign.MemorySegment;
import java.net.Inet4Address;
import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.netchannel.optimized.tcp.wire.Ipv4Header.Verdict;
import org.pcap4j.packet.ArpPacket.ArpHeader;
import org.pcap4j.packet.EthernetPacket;
import org.pcap4j.packet.IcmpV4CommonPacket;
import org.pcap4j.packet.IcmpV4EchoReplyPacket;
import org.pcap4j.packet.IllegalRawDataException;
import org.pcap4j.packet.IpV4Packet;
import org.pcap4j.packet.TcpPacket;
import org.pcap4j.packet.namednumber.ArpOperation;

/** What is written is what an independent reader reads, and the other way round. */
class HeadersTest {
    private static final int HERE = 0x0a00_0001;
    private static final int THERE = 0xc0a8_fffe;
    private static final long LINK_HERE = 0x0200_0000_0001L;
    private static final long LINK_THERE = 0xfe12_3456_789aL;

    private final byte[] bytes = new byte[200];
    private final MemorySegment memory = MemorySegment.ofArray(bytes);

    private EthernetPacket parsed(int length) throws IllegalRawDataException {
        return EthernetPacket.newPacket(bytes, 0, length);
    }

    private int writeSegment(String text) {
        byte[] payload = text.getBytes(java.nio.charset.StandardCharsets.US_ASCII);
        int header = TcpHeader.BYTES + 12;
        EthernetHeader.write(memory, 0, LINK_THERE, LINK_HERE, EthernetHeader.IPV4);
        Ipv4Header.write(memory, 14, header + payload.length, Ipv4Header.ECT_0, Ipv4Header.TCP, HERE, THERE);
        TcpHeader.write(memory, 34, 40_000, 80, 0x8765_4321, 0xfedc_ba98, header,
                TcpHeader.ACK | TcpHeader.PSH | TcpHeader.FIN, 54_321);
        TcpOptions.writeTimestamps(memory, 34 + TcpHeader.BYTES, 1, 2);
        MemorySegment data = MemorySegment.ofArray(payload);
        MemorySegment.copy(data, 0, memory, 34L + header, payload.length);
        TcpHeader.putChecksum(memory, 34, SegmentChecksum.SOFTWARE.of(
                Ipv4Header.pseudoHeader(HERE, THERE, header + payload.length), memory, 34, header, data, 0,
                payload.length));
        return 34 + header + payload.length;
    }

    @Test
    void aSegmentIsReadByOthersAsItWasWritten() throws Exception {
        int length = writeSegment("hello, world");
        EthernetPacket ethernet = parsed(length);
        IpV4Packet ip = ethernet.get(IpV4Packet.class);
        TcpPacket tcp = ethernet.get(TcpPacket.class);
        assertThat(ethernet.getHeader().getSrcAddr()).hasToString("02:00:00:00:00:01");
        assertThat(ethernet.getHeader().getDstAddr()).hasToString("fe:12:34:56:78:9a");
        assertThat(ip.getHeader().getSrcAddr()).isEqualTo(Inet4Address.getByName("10.0.0.1"));
        assertThat(ip.getHeader().getDstAddr()).isEqualTo(Inet4Address.getByName("192.168.255.254"));
        assertThat(ip.getHeader().hasValidChecksum(false)).isTrue();
        assertThat(ip.getHeader().getTotalLengthAsInt()).isEqualTo(length - 14);
        assertThat(ip.getHeader().getDontFragmentFlag()).isTrue();
        assertThat(tcp.getHeader().getSrcPort().valueAsInt()).isEqualTo(40_000);
        assertThat(tcp.getHeader().getDstPort().valueAsInt()).isEqualTo(80);
        assertThat(tcp.getHeader().getSequenceNumber()).isEqualTo(0x8765_4321);
        assertThat(tcp.getHeader().getAcknowledgmentNumber()).isEqualTo(0xfedc_ba98);
        assertThat(tcp.getHeader().getWindowAsInt()).isEqualTo(54_321);
        assertThat(tcp.getHeader().getAck() && tcp.getHeader().getPsh() && tcp.getHeader().getFin()).isTrue();
        assertThat(tcp.getHeader().getSyn() || tcp.getHeader().getRst() || tcp.getHeader().getUrg()).isFalse();
        assertThat(tcp.hasValidChecksum(ip.getHeader().getSrcAddr(), ip.getHeader().getDstAddr(), false)).isTrue();
        assertThat(tcp.getPayload().getRawData()).asString().isEqualTo("hello, world");
    }

    @Test
    void aSegmentIsReadHereAsItWasWritten() {
        int length = writeSegment("odd");
        assertThat(EthernetHeader.type(memory, 0)).isEqualTo(EthernetHeader.IPV4);
        assertThat(EthernetHeader.destination(memory, 0)).isEqualTo(LINK_THERE);
        assertThat(Ipv4Header.check(memory, 14, length - 14)).isEqualTo(Verdict.GOOD);
        assertThat(Ipv4Header.ecn(memory, 14)).isEqualTo(Ipv4Header.ECT_0);
        assertThat(Ipv4Header.source(memory, 14)).isEqualTo(HERE);
        assertThat(Ipv4Header.destination(memory, 14)).isEqualTo(THERE);
        assertThat(TcpHeader.isReadable(memory, 34, length - 34)).isTrue();
        assertThat(TcpHeader.bytes(memory, 34)).isEqualTo(32);
        assertThat(TcpHeader.sourcePort(memory, 34)).isEqualTo(40_000);
        assertThat(TcpHeader.destinationPort(memory, 34)).isEqualTo(80);
        assertThat(TcpHeader.sequence(memory, 34)).isEqualTo(0x8765_4321);
        assertThat(TcpHeader.acknowledgement(memory, 34)).isEqualTo(0xfedc_ba98);
        assertThat(TcpHeader.window(memory, 34)).isEqualTo(54_321);
        assertThat(TcpHeader.flags(memory, 34)).isEqualTo(TcpHeader.ACK | TcpHeader.PSH | TcpHeader.FIN);
        long pseudo = Ipv4Header.pseudoHeader(HERE, THERE, length - 34);
        assertThat(SegmentChecksum.SOFTWARE.isIntact(pseudo, memory, 34, length - 34)).isTrue();
        bytes[length - 1] ^= 1;
        assertThat(SegmentChecksum.SOFTWARE.isIntact(pseudo, memory, 34, length - 34)).isFalse();
        assertThat(SegmentChecksum.DEVICE.isIntact(pseudo, memory, 34, length - 34)).isTrue();
    }

    @Test
    void everyFlawOfAnIpv4HeaderIsFound() {
        Ipv4Header.write(memory, 0, 30, 0, Ipv4Header.TCP, HERE, THERE);
        assertThat(Ipv4Header.check(memory, 0, 50)).isEqualTo(Verdict.GOOD);
        assertThat(Ipv4Header.check(memory, 0, 60)).as("padding").isEqualTo(Verdict.GOOD);
        assertThat(Ipv4Header.check(memory, 0, 49)).as("cut").isEqualTo(Verdict.MALFORMED);
        assertThat(Ipv4Header.check(memory, 0, 19)).as("no header").isEqualTo(Verdict.MALFORMED);
        byte[] good = bytes.clone();
        expect(Verdict.MALFORMED, good, 0, 0x65);
        expect(Verdict.MALFORMED, good, 0, 0x44);
        expect(Verdict.MALFORMED, good, 3, 19);
        expect(Verdict.CORRUPT, good, 8, 65);
        Ipv4Header.write(memory, 0, 30, 0, Ipv4Header.TCP, HERE, THERE);
        NetworkOrder.putShort(memory, 6, 0x2000);
        NetworkOrder.putShort(memory, 10, 0);
        NetworkOrder.putShort(memory, 10, InternetChecksum.checksum(InternetChecksum.sum(memory, 0, 20)));
        assertThat(Ipv4Header.check(memory, 0, 50)).isEqualTo(Verdict.FRAGMENT);
    }

    private void expect(Verdict verdict, byte[] good, int at, int value) {
        System.arraycopy(good, 0, bytes, 0, good.length);
        bytes[at] = (byte) value;
        assertThat(Ipv4Header.check(memory, 0, 50)).as("byte %d = %d", at, value).isEqualTo(verdict);
    }

    @Test
    void lengthsOfATcpHeaderAreHeldFromBothSides() {
        TcpHeader.write(memory, 0, 1, 2, 3, 4, 24, 0, 0);
        assertThat(TcpHeader.isReadable(memory, 0, 24)).isTrue();
        assertThat(TcpHeader.isReadable(memory, 0, 23)).isFalse();
        assertThat(TcpHeader.isReadable(memory, 0, 19)).isFalse();
        bytes[12] = 4 << 4;
        assertThat(TcpHeader.isReadable(memory, 0, 24)).isFalse();
    }

    @Test
    void arpIsReadByOthersAsItWasWritten() throws Exception {
        EthernetHeader.write(memory, 0, EthernetHeader.BROADCAST, LINK_HERE, EthernetHeader.ARP);
        ArpPacket.write(memory, 14, ArpPacket.REPLY, LINK_HERE, HERE, LINK_THERE, THERE);
        ArpHeader arp = parsed(14 + ArpPacket.BYTES).get(org.pcap4j.packet.ArpPacket.class).getHeader();
        assertThat(arp.getOperation()).isEqualTo(ArpOperation.REPLY);
        assertThat(arp.getSrcHardwareAddr()).hasToString("02:00:00:00:00:01");
        assertThat(arp.getSrcProtocolAddr()).isEqualTo(Inet4Address.getByName("10.0.0.1"));
        assertThat(arp.getDstHardwareAddr()).hasToString("fe:12:34:56:78:9a");
        assertThat(arp.getDstProtocolAddr()).isEqualTo(Inet4Address.getByName("192.168.255.254"));

        assertThat(ArpPacket.isReadable(memory, 14, ArpPacket.BYTES)).isTrue();
        assertThat(ArpPacket.isReadable(memory, 14, ArpPacket.BYTES - 1)).isFalse();
        assertThat(ArpPacket.senderLink(memory, 14)).isEqualTo(LINK_HERE);
        assertThat(ArpPacket.sender(memory, 14)).isEqualTo(HERE);
        assertThat(ArpPacket.target(memory, 14)).isEqualTo(THERE);
        bytes[14 + 5] = 16;
        assertThat(ArpPacket.isReadable(memory, 14, ArpPacket.BYTES)).isFalse();
    }

    @Test
    void echoReplyIsReadByOthersAsItWasWritten() throws Exception {
        byte[] data = {1, 2, 3, 4, 5};
        EthernetHeader.write(memory, 0, LINK_THERE, LINK_HERE, EthernetHeader.IPV4);
        Ipv4Header.write(memory, 14, 13, 0, Ipv4Header.ICMP, HERE, THERE);
        IcmpMessage.writeEchoReply(memory, 34, 0x1234_0007, MemorySegment.ofArray(data), 0, 5);
        System.arraycopy(data, 0, bytes, 42, 5);
        EthernetPacket frame = parsed(47);
        assertThat(frame.get(IcmpV4CommonPacket.class).hasValidChecksum(false)).isTrue();
        IcmpV4EchoReplyPacket echo = frame.get(IcmpV4EchoReplyPacket.class);
        assertThat(echo.getHeader().getIdentifierAsInt()).isEqualTo(0x1234);
        assertThat(echo.getHeader().getSequenceNumberAsInt()).isEqualTo(7);
        assertThat(echo.getPayload().getRawData()).isEqualTo(Arrays.copyOf(data, 5));
        assertThat(IcmpMessage.isIntact(memory, 34, 13)).isTrue();
        assertThat(IcmpMessage.isIntact(memory, 34, 7)).isFalse();
    }
}
