package org.netchannel.optimized;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** How an application's bytes are put into segments: all of them, in their order, and no short packet in between. */
class SegmentChainTest {
    private static final int BYTES = 200_000;

    private final SegmentChain chain = new SegmentChain(new SegmentPool(1 << 20, null));

    @ParameterizedTest
    @CsvSource({"65496, 65496", "65495, 65495", "43665, 43665", "43664, 65496", "32768, 65496", "32748, 65496",
        "32747, 65494", "9000, 63000", "1, 65496"})
    void segmentsAreFilledWithWholePacketsAndRestsOfHalfAPacketAndMore(int packet, int filled) {
        chain.fillWithPacketsOf(packet);
        ByteBuffer source = ByteBuffer.allocate(BYTES);
        for (int i = 0; i < BYTES; i++) {
            source.put(i, (byte) (i * 31 + (i >> 8)));
        }
        assertThat(chain.put(source, 0, BYTES, 0)).isEqualTo(BYTES);
        List<Integer> lengths = new ArrayList<>();
        int at = 0;
        for (Segment segment = chain.take(); segment != null; segment = segment.next) {
            lengths.add(segment.length);
            assertThat(segment.bytes().slice(0, segment.length)).isEqualTo(source.slice(at, segment.length));
            at += segment.length;
        }
        assertThat(at).isEqualTo(BYTES);
        assertThat(lengths.subList(0, lengths.size() - 1)).containsOnly(filled);
        assertThat(lengths.getLast()).isBetween(1, filled);
    }

    @ParameterizedTest
    @CsvSource({"100, 256", "3000, 3000", "4096, 4096", "5000, 5000"})
    void shortSegmentsAreFilledAsFarAsTheyGo(int bytes, int most) {
        chain.fillWithPacketsOf(most);
        assertThat(chain.put(ByteBuffer.allocate(bytes), 0, bytes, 0)).isEqualTo(bytes);
        Segment only = chain.take();
        assertThat(only.length).isEqualTo(bytes);
        assertThat(only.next).isNull();
    }
}
