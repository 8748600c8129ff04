package org.netchannel.optimized.tcp.wire;

import static org.assertj.core.api.Assertions.assertThat;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.util.SplittableRandom;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;

/** RFC 1071. */
class InternetChecksumTest {
    private static byte[] bytes(int... values) {
        byte[] bytes = new byte[values.length];
        for (int i = 0; i < values.length; i++) {
            bytes[i] = (byte) values[i];
        }
        return bytes;
    }

    /** Word by word, as section 1 of the RFC describes it. */
    private static int plainSum(byte[] bytes, int at, int length) {
        int sum = 0;
        for (int i = 0; i < length; i++) {
            sum += (bytes[at + i] & 0xff) << (i % 2 == 0 ? 8 : 0);
            sum = (sum & 0xffff) + (sum >>> 16);
        }
        return sum;
    }

    /** Section 3: the example of the RFC. */
    @Test
    void theExampleOfTheRfcSumsUpToDdf2() {
        MemorySegment memory = MemorySegment.ofArray(bytes(0x00, 0x01, 0xf2, 0x03, 0xf4, 0xf5, 0xf6, 0xf7));
        assertThat(InternetChecksum.fold(InternetChecksum.sum(memory, 0, 8))).isEqualTo(0xddf2);
        assertThat(InternetChecksum.checksum(InternetChecksum.sum(memory, 0, 8))).isEqualTo(0x220d);
    }

    @Property
    void sumIsTheOneOfTheDefinitionAtEveryLengthAndPlace(@ForAll long seed, @ForAll @IntRange(max = 300) int length,
            @ForAll @IntRange(max = 9) int at) {
        byte[] bytes = new byte[at + length + 3];
        new SplittableRandom(seed).nextBytes(bytes);
        assertThat(InternetChecksum.fold(InternetChecksum.sum(MemorySegment.ofArray(bytes), at, length)))
                .isEqualTo(plainSum(bytes, at, length));
    }

    /** So often that the loop is compiled, also into vector instructions; outside of the heap, where frames are. */
    @Test
    void sumOfWholeFramesIsTheOneOfTheDefinition() {
        SplittableRandom random = new SplittableRandom(1);
        byte[] bytes = new byte[1 << 16];
        random.nextBytes(bytes);
        MemorySegment frame = Arena.ofAuto().allocate(bytes.length).copyFrom(MemorySegment.ofArray(bytes));
        for (int i = 0; i < 3_000; i++) {
            int at = random.nextInt(100);
            int length = random.nextInt(bytes.length - at + 1) >> random.nextInt(8);
            assertThat(InternetChecksum.fold(InternetChecksum.sum(frame, at, length)))
                    .as("%d bytes from %d on", length, at).isEqualTo(plainSum(bytes, at, length));
        }
    }

    /** Every carry there can be. */
    @Test
    void sumOfTheLargestMessageOfOnesIsAllOnes() {
        byte[] bytes = new byte[1 << 20];
        java.util.Arrays.fill(bytes, (byte) 0xff);
        assertThat(InternetChecksum.fold(InternetChecksum.sum(MemorySegment.ofArray(bytes), 0, bytes.length)))
                .isEqualTo(0xffff);
    }

    @Property
    void messageWithItsChecksumIsIntactAndWithOneBitChangedItIsNot(@ForAll long seed,
            @ForAll @IntRange(min = 4, max = 200) int length) {
        SplittableRandom random = new SplittableRandom(seed);
        byte[] bytes = new byte[length];
        random.nextBytes(bytes);
        MemorySegment memory = MemorySegment.ofArray(bytes);
        NetworkOrder.putShort(memory, 2, 0);
        NetworkOrder.putShort(memory, 2, InternetChecksum.checksum(InternetChecksum.sum(memory, 0, length)));
        assertThat(InternetChecksum.isIntact(InternetChecksum.sum(memory, 0, length))).isTrue();

        bytes[random.nextInt(length)] ^= (byte) (1 << random.nextInt(8));
        assertThat(InternetChecksum.isIntact(InternetChecksum.sum(memory, 0, length))).isFalse();
    }
}
