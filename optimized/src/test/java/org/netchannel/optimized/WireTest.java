package org.netchannel.optimized;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteBuffer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.netchannel.traces.Bytes;
import org.netchannel.traces.Decoded.Good;
import org.netchannel.traces.Hello;
import org.netchannel.traces.Packet;
import org.netchannel.traces.PacketCodec;
import org.netchannel.traces.PacketHeader;
import org.netchannel.traces.PacketType;

/** NC-HDR-1, NC-HDR-2: the header as the codec of traces/ writes and reads it. */
class WireTest {
    private static final int[] CODES = {Wire.HELLO, Wire.NCSYN, Wire.NCSYN_ACK, Wire.NCREFUSE, Wire.DATA, Wire.ACK,
        Wire.STOP, Wire.STOP_ACK, Wire.RESUME, Wire.FIN, Wire.RST, Wire.CHANNEL_CLOSE};

    @ParameterizedTest
    @EnumSource(PacketType.class)
    void typesHaveTheCodesOfTheProtocol(PacketType type) {
        assertThat(CODES[type.ordinal()]).isEqualTo(type.code());
    }

    @Test
    void helloIsAsLongAsItIs() {
        assertThat(Wire.HELLO_BYTES).isEqualTo(Hello.BYTES);
    }

    private static final PacketHeader EXTREME =
            new PacketHeader(5, 0, 65_535, 65_534, 0xFFFF_FFFFL, -2, Long.MIN_VALUE, -3);

    @Test
    void everyFieldIsReadAsItWasWritten() {
        ByteBuffer buffer = ByteBuffer.wrap(PacketCodec.encode(new Packet(EXTREME, Bytes.EMPTY)).toArray());
        IncomingPacket packet = new IncomingPacket();
        packet.read(buffer, 0);

        assertThat(Wire.isHeader(buffer, 0)).isTrue();
        assertThat(new PacketHeader(packet.type, packet.length, packet.sourcePort, packet.destinationPort, packet.tag,
                packet.connection, packet.offset, packet.ack)).isEqualTo(EXTREME);
    }

    @Test
    void everyFieldIsWrittenAsItIsRead() {
        OutgoingPacket packet = new OutgoingPackets(1).of(5, 0, 0xFFFF_FFFFL, -2, Long.MIN_VALUE, -3);
        packet.sourcePort = 65_535;
        packet.destinationPort = 65_534;
        ByteBuffer buffer = ByteBuffer.allocate(Wire.HEADER_BYTES);
        packet.writeHeader(buffer, 0);

        assertThat(PacketCodec.decodeHeader(Bytes.of(buffer.array()))).isEqualTo(new Good<>(EXTREME));
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 2, 4, 5, 6})
    void wrongMagicVersionOrLengthIsNoHeader(int at) {
        byte[] bytes = PacketCodec.encode(new Packet(EXTREME, Bytes.EMPTY)).toArray();
        bytes[at] ^= 0x55;
        assertThat(Wire.isHeader(ByteBuffer.wrap(bytes), 0)).isEqualTo(at == 6);
    }

    @Test
    void lengthIsHeldFromBothSides() {
        ByteBuffer buffer = ByteBuffer.wrap(PacketCodec.encode(new Packet(EXTREME, Bytes.EMPTY)).toArray());
        buffer.putInt(Wire.LENGTH_AT, PacketHeader.MAX_PAYLOAD);
        assertThat(Wire.isHeader(buffer, 0)).isTrue();
        buffer.putInt(Wire.LENGTH_AT, PacketHeader.MAX_PAYLOAD + 1);
        assertThat(Wire.isHeader(buffer, 0)).isFalse();
    }
}
