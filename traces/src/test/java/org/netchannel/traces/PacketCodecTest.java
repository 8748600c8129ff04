package org.netchannel.traces;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.ByteBuffer;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.LongRange;
import net.jqwik.api.constraints.Size;
import org.junit.jupiter.api.Test;
import org.netchannel.traces.Decoded.Good;
import org.netchannel.traces.Decoded.Malformed;

class PacketCodecTest {
    private static final int BIG = PacketHeader.MAX_PAYLOAD;

    @Property
    void aPacketIsDecodedAsItWasEncoded(
            @ForAll @IntRange(max = 255) int typeCode,
            @ForAll @IntRange(max = 65_535) int sourcePort,
            @ForAll @IntRange(max = 65_535) int destinationPort,
            @ForAll @LongRange(max = 0xFFFF_FFFFL) long tag,
            @ForAll long connection,
            @ForAll long offset,
            @ForAll long ack,
            @ForAll @Size(max = 50) byte[] payload) {
        Packet packet = new Packet(
                new PacketHeader(typeCode, payload.length, sourcePort, destinationPort, tag, connection, offset, ack),
                Bytes.of(payload));
        Bytes encoded = PacketCodec.encode(packet);
        assertThat(PacketCodec.decode(encoded)).isEqualTo(new Good<>(packet));
        assertThat(PacketCodec.decodeHeader(encoded)).isEqualTo(new Good<>(packet.header()));
    }

    @Property
    void arbitraryBytesAreAPacketThatEncodesToThemOrMalformedWithinThem(@ForAll @Size(max = 120) byte[] bytes) {
        judge(bytes);
    }

    /** Random bytes hardly ever begin with magic and version, so these are given here. */
    @Property
    void arbitraryHeaderFieldsAreAPacketOrMalformed(
            @ForAll @Size(min = 40, max = 90) byte[] bytes, @ForAll @IntRange(max = 60) int length) {
        ByteBuffer.wrap(bytes).putShort((short) 0x4E43).put((byte) 1).putInt(4, length);
        judge(bytes);
    }

    private static void judge(byte[] bytes) {
        Bytes wire = Bytes.of(bytes);
        switch (PacketCodec.decode(wire)) {
            case Good<Packet>(Packet packet) -> assertThat(PacketCodec.encode(packet)).isEqualTo(wire);
            case Malformed<Packet>(int byteIndex, String reason) -> {
                assertThat(byteIndex).isBetween(0, bytes.length);
                assertThat(reason).isNotBlank().doesNotContain("\n");
            }
        }
    }

    @Test
    void aPacketCutAnywhereIsMalformedWhereItEnds() {
        Bytes whole = PacketCodec.encode(data(9));
        for (int length = 0; length < whole.length(); length++) {
            Malformed<Packet> malformed = malformed(whole.slice(0, length));
            assertThat(malformed.byteIndex()).isEqualTo(length);
            assertThat(malformed.reason()).isEqualTo(length < 40
                    ? "packet ends after " + length + " bytes, a header has 40"
                    : "length is 9, but " + (length - 40) + " payload bytes are there");
        }
    }

    @Test
    void bytesAfterThePayloadAreMalformedWhereTheyBegin() {
        byte[] longer = new byte[60];
        System.arraycopy(PacketCodec.encode(data(9)).array(), 0, longer, 0, 49);
        assertThat(malformed(Bytes.of(longer)))
                .isEqualTo(new Malformed<>(49, "length is 9, but 20 payload bytes are there"));
    }

    @Test
    void anyOtherMagicIsMalformed() {
        for (int wrong : new int[] {0, 0x4E42, 0x4E44, 0x434E, 0xFFFF}) {
            byte[] bytes = PacketCodec.encode(data(1)).toArray();
            ByteBuffer.wrap(bytes).putShort((short) wrong);
            assertThat(malformed(Bytes.of(bytes)))
                    .isEqualTo(new Malformed<>(0, String.format("magic is 0x%04X, legal is 0x4E43", wrong)));
        }
    }

    @Test
    void anyOtherVersionIsMalformed() {
        for (int wrong : new int[] {0, 2, 255}) {
            byte[] bytes = PacketCodec.encode(data(1)).toArray();
            bytes[2] = (byte) wrong;
            assertThat(malformed(Bytes.of(bytes)))
                    .isEqualTo(new Malformed<>(2, "version is " + wrong + ", legal is 1"));
        }
    }

    @Test
    void theLargestPayloadIsLegalAndOneByteMoreIsNot() {
        Bytes largest = PacketCodec.encode(data(BIG));
        assertThat(PacketCodec.decode(largest)).isEqualTo(new Good<>(data(BIG)));

        byte[] tooLong = new byte[PacketHeader.BYTES + BIG + 1];
        System.arraycopy(largest.array(), 0, tooLong, 0, largest.length());
        ByteBuffer.wrap(tooLong).putInt(4, BIG + 1);
        assertThat(malformed(Bytes.of(tooLong)))
                .isEqualTo(new Malformed<>(4, "length is 65497, legal is 0 to 65496"));
        assertThatThrownBy(() -> PacketCodec.encode(data(BIG + 1))).hasMessage("length is 65497, legal is 0 to 65496");
    }

    @Test
    void aLengthWithTheTopBitSetIsLargeNotNegative() {
        byte[] bytes = PacketCodec.encode(data(1)).toArray();
        ByteBuffer.wrap(bytes).putInt(4, -1);
        assertThat(malformed(Bytes.of(bytes)).reason()).isEqualTo("length is 4294967295, legal is 0 to 65496");
    }

    @Test
    void aHeaderAloneSaysHowManyBytesFollow() {
        Bytes header = PacketCodec.encode(data(9)).slice(0, 40);
        assertThat(PacketCodec.decodeHeader(header)).isEqualTo(new Good<>(data(9).header()));
    }

    @Test
    void aPacketInTheMiddleOfAnArrayIsDecoded() {
        Bytes packet = PacketCodec.encode(data(9));
        byte[] array = new byte[100];
        System.arraycopy(packet.array(), 0, array, 17, packet.length());
        assertThat(PacketCodec.decode(new Bytes(array, 17, packet.length()))).isEqualTo(new Good<>(data(9)));
    }

    private static Packet data(int length) {
        return new Packet(
                new PacketHeader(PacketType.DATA.code(), length, 40_000, 80, 0, 7, 1_000, 5),
                PayloadPattern.bytes(7, PayloadPattern.FROM_CONNECTING, 1_000, length));
    }

    private static Malformed<Packet> malformed(Bytes bytes) {
        return (Malformed<Packet>) PacketCodec.decode(bytes);
    }
}
