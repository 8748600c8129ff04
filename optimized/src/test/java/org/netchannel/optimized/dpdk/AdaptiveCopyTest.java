package org.netchannel.optimized.dpdk;

import static java.lang.foreign.ValueLayout.JAVA_BYTE;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Random;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Copies are copies, past the caches or through them; which it is, is what an ordinary one took when it was timed. */
@ExtendWith(WithDpdk.class)
class AdaptiveCopyTest {
    private static final int ROOM = 8_192;
    private static final byte UNTOUCHED = 0x55;

    private final MemorySegment source = Arena.ofAuto().allocate(ROOM);
    private final MemorySegment target = Arena.ofAuto().allocate(ROOM);
    private final AdaptiveCopy copy = new AdaptiveCopy(this::now, this::copyPastCaches);
    private int pastCaches;
    private long nowNs;
    private long tookNs;

    /** Each look at the clock is so much later than the one before. */
    private long now() {
        nowNs += tookNs;
        return nowNs;
    }

    private void requireCopied(MemorySegment from, int at, int to, int length) {
        for (int i = 0; i < ROOM; i++) {
            boolean copied = i >= to && i < to + length;
            byte expected = copied ? from.get(JAVA_BYTE, at + i - to) : UNTOUCHED;
            assertThat(target.get(JAVA_BYTE, i)).as("byte %d", i).isEqualTo(expected);
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 15, 16, 63, 64, 65, 127, 128, 129, 2_047, 2_048, 4_096, 4_159, 4_160})
    void pastCachesTheSameBytesArriveAndNoOthers(int length) {
        Random random = new Random(length);
        for (int i = 0; i < ROOM; i++) {
            source.set(JAVA_BYTE, i, (byte) random.nextInt());
        }
        for (int to : new int[] {0, 1, 63, 64, 100}) {
            int at = random.nextInt(100);
            target.fill(UNTOUCHED);
            AdaptiveCopy.copyPastCaches(source, at, target, to, length);
            requireCopied(source, at, to, length);
        }
    }

    private void copyPastCaches(MemorySegment from, long at, MemorySegment to, long toAt, long length) {
        pastCaches++;
        AdaptiveCopy.copyPastCaches(from, at, to, toAt, length);
    }

    @Test
    void afterASlowCopyItGoesPastCachesUntilAnOrdinaryOneIsFastAgain() {
        tookNs = 513;
        copies(1);
        assertThat(pastCaches).isZero();
        copies(AdaptiveCopy.EVERY);
        assertThat(pastCaches).isEqualTo(AdaptiveCopy.EVERY);
        tookNs = 512;
        copies(1 + AdaptiveCopy.EVERY);
        assertThat(pastCaches).isEqualTo(AdaptiveCopy.EVERY);
    }

    private void copies(int count) {
        for (int i = 0; i < count; i++) {
            source.fill((byte) i);
            target.fill(UNTOUCHED);
            copy.copy(source, 10, target, 20, AdaptiveCopy.LEAST);
            requireCopied(source, 10, 20, AdaptiveCopy.LEAST);
        }
    }

    private void slowFirst() {
        tookNs = 1_000_000;
        copies(1);
    }

    @Test
    void whatIsShortOnTheHeapOrAFileIsCopiedInTheOrdinaryWay(@TempDir Path directory) throws IOException {
        slowFirst();
        copy.copy(source, 0, target, 0, AdaptiveCopy.LEAST - 1);
        copy.copy(MemorySegment.ofArray(new byte[ROOM]), 0, target, 0, ROOM);
        Path file = Files.write(directory.resolve("file"), new byte[ROOM]);
        try (FileChannel channel = FileChannel.open(file); Arena arena = Arena.ofConfined()) {
            copy.copy(channel.map(FileChannel.MapMode.READ_ONLY, 0, ROOM, arena), 0, target, 0, ROOM);
        }
        assertThat(pastCaches).isZero();
        copies(1);
        assertThat(pastCaches).isOne();
    }

    @Test
    void whatIsNotThereIsNotCopied() {
        slowFirst();
        assertThatThrownBy(() -> copy.copy(source, ROOM - AdaptiveCopy.LEAST + 1, target, 0, AdaptiveCopy.LEAST))
                .isInstanceOf(IndexOutOfBoundsException.class);
        assertThatThrownBy(() -> copy.copy(source, 0, target, ROOM - AdaptiveCopy.LEAST + 1, AdaptiveCopy.LEAST))
                .isInstanceOf(IndexOutOfBoundsException.class);
        assertThatThrownBy(() -> copy.copy(source, -1, target, 0, AdaptiveCopy.LEAST))
                .isInstanceOf(IndexOutOfBoundsException.class);
        assertThat(pastCaches).isEqualTo(3);
    }

    @Test
    void memoryThatWasGivenBackOrIsAnotherThreadsIsNotRead() throws InterruptedException {
        slowFirst();
        Arena arena = Arena.ofConfined();
        MemorySegment confined = arena.allocate(ROOM);
        AtomicReference<Throwable> thrown = new AtomicReference<>();
        Thread other = new Thread(() -> copy.copy(confined, 0, target, 0, ROOM));
        other.setUncaughtExceptionHandler((thread, e) -> thrown.set(e));
        other.start();
        other.join();
        assertThat(thrown.get()).isInstanceOf(WrongThreadException.class);
        arena.close();
        assertThatThrownBy(() -> copy.copy(confined, 0, target, 0, ROOM)).isInstanceOf(IllegalStateException.class);
        assertThat(pastCaches).isEqualTo(2);
    }
}
