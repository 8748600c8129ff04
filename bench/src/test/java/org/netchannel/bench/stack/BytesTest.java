package org.netchannel.bench.stack;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.ByteBuffer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A benchmark that takes wrong bytes for right ones measures nothing. */
class BytesTest {
    private static final int SIZE = 1_000;

    @Test
    void bytesThatAreTheSameAreTaken() throws IOException {
        ByteBuffer expected = Bytes.pattern(SIZE).position(100);
        ByteBuffer arrived = Bytes.pattern(SIZE).position(100).limit(400);

        assertThat(Bytes.takeSame(expected, arrived)).isEqualTo(300);

        assertThat(expected.position()).isEqualTo(400);
        assertThat(arrived.hasRemaining()).isFalse();
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 63, 64, 500, 998, 999})
    void aWrongByteIsFoundWhereverItIs(int at) {
        ByteBuffer arrived = Bytes.pattern(SIZE);
        arrived.put(at, (byte) ~arrived.get(at));

        assertThatThrownBy(() -> Bytes.takeSame(Bytes.pattern(SIZE), arrived)).isInstanceOf(IOException.class);
        assertThatThrownBy(() -> Bytes.requireSame(Bytes.pattern(SIZE), arrived)).isInstanceOf(IOException.class);
    }

    @Test
    void aByteBehindThoseExpectedIsNotLookedAt() throws IOException {
        ByteBuffer arrived = Bytes.pattern(SIZE);
        arrived.put(400, (byte) ~arrived.get(400));

        assertThat(Bytes.takeSame(Bytes.pattern(SIZE).limit(400), arrived)).isEqualTo(400);
    }

    @Test
    void fewerBytesThanExpectedAreNotTheSame() {
        ByteBuffer arrived = Bytes.pattern(SIZE).limit(SIZE - 1);

        assertThatThrownBy(() -> Bytes.requireSame(Bytes.pattern(SIZE), arrived))
                .isInstanceOf(IOException.class).hasMessageContaining("999");
    }

    @Test
    void bytesOnTheHeapAreComparedToo() throws IOException {
        ByteBuffer heap = ByteBuffer.allocate(SIZE).put(Bytes.pattern(SIZE)).flip();

        Bytes.requireSame(Bytes.pattern(SIZE), heap);
        heap.put(7, (byte) ~heap.get(7));

        assertThatThrownBy(() -> Bytes.requireSame(Bytes.pattern(SIZE), heap)).isInstanceOf(IOException.class);
    }
}
