package org.netchannel.conformance.capture;

import java.util.List;
import org.netchannel.traces.Bytes;
import org.netchannel.traces.ChannelClass;
import org.netchannel.traces.Hello;
import org.netchannel.traces.HelloCodec;
import org.netchannel.traces.Packet;
import org.netchannel.traces.PacketCodec;
import org.netchannel.traces.PacketHeader;
import org.netchannel.traces.PacketType;

/** Two hosts on two channels, and one connection on which five bytes go one way: packets made by hand. */
final class Conversation {
    static final long ID = 0x8f0c_2d11_a97b_3e64L;
    static final String A = "10.0.0.1";
    static final String B = "10.0.0.2";
    private static final int PORT = 49_152;
    private static final int BUFFER = 1 << 20;

    final TcpTraffic traffic;
    final TcpTraffic.Connection control;
    final TcpTraffic.Connection data;

    Conversation(TcpTraffic traffic, String a, String b, long incarnation) {
        this.traffic = traffic;
        this.control = traffic.connection(a, b);
        this.data = traffic.connection(a, b);
        channel(control, 1, ChannelClass.CONTROL, incarnation);
        channel(data, 3, ChannelClass.LATENCY, incarnation);
    }

    Conversation() {
        this(new TcpTraffic(), A, B, 1);
    }

    private void channel(TcpTraffic.Connection connection, int number, ChannelClass channelClass, long incarnation) {
        connection.open();
        connection.send(true, hello(number, channelClass, incarnation));
        connection.send(false, hello(number, channelClass, 0x700 + incarnation));
    }

    static byte[] hello(int number, ChannelClass channelClass, long incarnation) {
        PacketHeader header = new PacketHeader(PacketType.HELLO.code(), Hello.BYTES, 0, 0, 0, 0, 0, 0);
        return PacketCodec.encode(new Packet(header, HelloCodec.encode(
                new Hello(incarnation, number, channelClass.code(), PacketHeader.MAX_PAYLOAD)))).toArray();
    }

    static byte[] packet(boolean byA, PacketType type, long tag, long offset, long ack, int length) {
        PacketHeader header = new PacketHeader(
                type.code(), length, byA ? PORT : 80, byA ? 80 : PORT, tag, ID, offset, ack);
        return PacketCodec.encode(new Packet(header, Bytes.of(new byte[length]))).toArray();
    }

    Conversation opens() {
        control.send(true, packet(true, PacketType.NCSYN, ChannelClass.LATENCY.code(), BUFFER, 0, 0));
        control.send(false, packet(false, PacketType.NCSYN_ACK, 0, BUFFER, 0, 0));
        return this;
    }

    Conversation fiveBytes() {
        data.send(true, packet(true, PacketType.DATA, 0, 0, 0, 5));
        control.send(false, packet(false, PacketType.ACK, 0, 0, 5, 0));
        return this;
    }

    Conversation ends() {
        control.send(true, packet(true, PacketType.FIN, 0, 5, 0, 0));
        control.send(false, packet(false, PacketType.FIN, 0, 0, 6, 0));
        control.send(true, packet(true, PacketType.ACK, 0, 0, 1, 0));
        return this;
    }

    List<Segment> segments() {
        return traffic.segments();
    }
}
