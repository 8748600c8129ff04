package org.netchannel.traces;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import java.util.List;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;

class PayloadPatternTest {
    @Test
    void everyByteIsTheOneOfTheTestVectors() throws IOException {
        List<String> vectors = vectors();
        assertThat(vectors).hasSizeGreaterThan(8);
        for (String line : vectors) {
            String[] parts = line.split(" ");
            long connection = Long.parseUnsignedLong(parts[0], 16);
            int direction = Integer.parseInt(parts[1]);
            long offset = Long.parseUnsignedLong(parts[2]);
            Bytes expected = Bytes.of(HexFormat.of().parseHex(parts[3]));
            assertThat(PayloadPattern.bytes(connection, direction, offset, expected.length()))
                    .as(line)
                    .isEqualTo(expected);
            assertThat(PayloadPattern.at(connection, direction, offset)).as(line).isEqualTo(expected.at(0));
        }
    }

    @Property
    void fillingWritesTheSameBytesAsAskingForEachAndNoOthers(
            @ForAll long connection,
            @ForAll @IntRange(max = 1) int direction,
            @ForAll long offset,
            @ForAll @IntRange(max = 40) int length,
            @ForAll @IntRange(max = 9) int from) {
        byte[] array = new byte[from + length + 3];
        PayloadPattern.fill(connection, direction, offset, array, from, length);
        byte[] expected = new byte[array.length];
        for (int i = 0; i < length; i++) {
            expected[from + i] = PayloadPattern.at(connection, direction, offset + i);
        }
        assertThat(array).containsExactly(expected);
    }

    @Property
    void oneWrongByteIsFoundWhereverItIs(
            @ForAll long connection,
            @ForAll @IntRange(max = 1) int direction,
            @ForAll long offset,
            @ForAll @IntRange(min = 1, max = 40) int length,
            @ForAll @IntRange(max = 39) int where,
            @ForAll @IntRange(max = 7) int bit) {
        Bytes data = PayloadPattern.bytes(connection, direction, offset, length);
        assertThat(PayloadPattern.matches(connection, direction, offset, data)).isTrue();
        int wrong = where % length;
        data.array()[wrong] ^= (byte) (1 << bit);
        assertThat(PayloadPattern.firstDifference(connection, direction, offset, data)).isEqualTo(wrong);
        assertThat(PayloadPattern.matches(connection, direction, offset, data)).isFalse();
    }

    @Property
    void aViewIntoALargerArrayIsCompared(@ForAll long offset, @ForAll @IntRange(max = 30) int start) {
        Bytes whole = PayloadPattern.bytes(7, PayloadPattern.FROM_CONNECTING, offset, 64);
        Bytes part = whole.slice(start, 64 - start);
        assertThat(PayloadPattern.matches(7, PayloadPattern.FROM_CONNECTING, offset + start, part)).isTrue();
    }

    @Test
    void theTwoDirectionsDiffer() {
        Bytes there = PayloadPattern.bytes(1, PayloadPattern.FROM_CONNECTING, 0, 8);
        assertThat(PayloadPattern.matches(1, PayloadPattern.FROM_ACCEPTING, 0, there)).isFalse();
    }

    @Test
    void aDirectionOtherThanZeroAndOneIsAMistake() {
        assertThatThrownBy(() -> PayloadPattern.at(1, 2, 0)).isInstanceOf(IndexOutOfBoundsException.class);
        assertThatThrownBy(() -> PayloadPattern.at(1, -1, 0)).isInstanceOf(IndexOutOfBoundsException.class);
    }

    private static List<String> vectors() throws IOException {
        try (InputStream in = PayloadPattern.class.getResourceAsStream("payload-pattern.txt")) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8)
                    .lines()
                    .filter(line -> !line.startsWith("#"))
                    .toList();
        }
    }
}
