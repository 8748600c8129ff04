package org.netchannel.bench.stack;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.management.ThreadMXBean;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.ByteBuffer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** A benchmark that takes wrong bytes for right ones measures nothing. */
class BytesTest {
    private static final int SIZE = 1_000;
    private static final int LARGE = 10_000;

    @Test
    void bytesThatAreTheSameAreTaken() throws IOException {
        ByteBuffer expected = Bytes.pattern(SIZE).position(100);
        ByteBuffer arrived = Bytes.pattern(SIZE).position(100).limit(400);

        assertThat(Bytes.takeSame(expected, arrived)).isEqualTo(300);

        assertThat(expected.position()).isEqualTo(400);
        assertThat(arrived.hasRemaining()).isFalse();
    }

    @ParameterizedTest
    @CsvSource({"1000, 0", "1000, 1", "1000, 500", "1000, 999", "4096, 0", "4096, 4095", "9000, 63", "9000, 64",
        "9000, 8999"})
    void aWrongByteIsFoundWhereverItIs(int size, int at) {
        ByteBuffer arrived = Bytes.pattern(size);
        arrived.put(at, (byte) ~arrived.get(at));

        assertThatThrownBy(() -> Bytes.takeSame(Bytes.pattern(size), arrived)).isInstanceOf(IOException.class);
        assertThatThrownBy(() -> Bytes.requireSame(Bytes.pattern(size), arrived)).isInstanceOf(IOException.class);
    }

    @ParameterizedTest
    @ValueSource(ints = {400, 5_000})
    void aByteBehindThoseExpectedIsNotLookedAt(int count) throws IOException {
        ByteBuffer arrived = Bytes.pattern(2 * count);
        arrived.put(count, (byte) ~arrived.get(count));

        assertThat(Bytes.takeSame(Bytes.pattern(2 * count).limit(count), arrived)).isEqualTo(count);
    }

    /** Questions tell what a packet allocates: nothing of that is theirs. */
    @Test
    void fewBytesAreComparedWithoutAllocating() throws IOException {
        ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
        ByteBuffer expected = Bytes.pattern(4_095);
        ByteBuffer arrived = Bytes.pattern(4_095);
        long least = Long.MAX_VALUE;
        for (int window = 0; window < 10; window++) {
            long before = threads.getCurrentThreadAllocatedBytes();
            for (int i = 0; i < 10_000; i++) {
                Bytes.requireSame(expected, arrived);
            }
            least = Math.min(least, threads.getCurrentThreadAllocatedBytes() - before);
        }
        assertThat(least).isLessThan(10_000);
    }

    @Test
    void fewerBytesThanExpectedAreNotTheSame() {
        ByteBuffer arrived = Bytes.pattern(SIZE).limit(SIZE - 1);

        assertThatThrownBy(() -> Bytes.requireSame(Bytes.pattern(SIZE), arrived))
                .isInstanceOf(IOException.class).hasMessageContaining("999");
    }

    @Test
    void bytesOnTheHeapAreComparedToo() throws IOException {
        ByteBuffer heap = ByteBuffer.allocate(LARGE).put(Bytes.pattern(LARGE)).flip();

        Bytes.requireSame(Bytes.pattern(LARGE), heap);
        heap.put(7, (byte) ~heap.get(7));

        assertThatThrownBy(() -> Bytes.requireSame(Bytes.pattern(LARGE), heap)).isInstanceOf(IOException.class);
    }
}
