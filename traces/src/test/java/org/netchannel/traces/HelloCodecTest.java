package org.netchannel.traces;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HexFormat;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.LongRange;
import net.jqwik.api.constraints.Size;
import org.junit.jupiter.api.Test;
import org.netchannel.traces.Decoded.Good;
import org.netchannel.traces.Decoded.Malformed;

class HelloCodecTest {
    private static final long U32 = 0xFFFF_FFFFL;

    @Property
    void aHelloIsDecodedAsItWasEncoded(
            @ForAll long incarnation,
            @ForAll @LongRange(max = U32) long channel,
            @ForAll @LongRange(max = U32) long classCode,
            @ForAll @LongRange(max = U32) long largestPayload) {
        Hello hello = new Hello(incarnation, channel, classCode, largestPayload);
        assertThat(HelloCodec.decode(HelloCodec.encode(hello))).isEqualTo(new Good<>(hello));
    }

    @Property
    void anyTwentyFourBytesAreWellFormed(@ForAll @Size(24) byte[] payload) {
        assertThat(HelloCodec.decode(Bytes.of(payload))).isInstanceOf(Good.class);
    }

    @Test
    void anyOtherNumberOfBytesIsMalformed() {
        for (int length = 0; length < 60; length++) {
            if (length != 24) {
                assertThat(HelloCodec.decode(Bytes.of(new byte[length])))
                        .isEqualTo(new Malformed<>(
                                Math.min(length, 24), "HELLO has " + length + " payload bytes, legal is 24"));
            }
        }
    }

    @Test
    void theFieldsStandWhereTheProtocolSaysAndTheLastFourBytesAreIgnored() {
        Bytes payload = Bytes.of(HexFormat.of().parseHex("0102030405060708" + "00000003" + "00000002" + "0000ffd8"
                + "deadbeef"));
        Hello hello = new Hello(0x0102_0304_0506_0708L, 3, 2, 65_496);
        assertThat(HelloCodec.decode(payload)).isEqualTo(new Good<>(hello));
        assertThat(HexFormat.of().formatHex(HelloCodec.encode(hello).toArray()))
                .isEqualTo("0102030405060708" + "00000003" + "00000002" + "0000ffd8" + "00000000");
    }
}
