package org.netchannel.optimized.counters;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A file of counters as another process reads it. */
class CountersSnapshotTest {
    @TempDir
    private Path folder;

    @Test
    void countersAndErrorsAreReadBack() throws IOException {
        Path path = folder.resolve("a.counters");
        try (CountersFile file = CountersFile.create(path)) {
            file.counters().setCounterValue(file.counters().allocate("apples"), 3);
            int freed = file.counters().allocate("pears");
            file.counters().free(freed);
            file.beat(12_345);
            for (int i = 0; i < 2; i++) {
                file.errors().record(new IOException("connection reset"));
            }
            CountersSnapshot snapshot = CountersSnapshot.of(path);
            assertThat(snapshot.counters()).containsOnlyKeys("apples").containsEntry("apples", 3L);
            assertThat(snapshot.beatMs()).isEqualTo(12_345);
            assertThat(snapshot.errors()).hasSize(1);
            assertThat(snapshot.errors().getFirst().times()).isEqualTo(2);
            assertThat(snapshot.errors().getFirst().text()).contains("connection reset");
        }
        assertThat(path).doesNotExist();
    }

    @Test
    void otherFilesAreNamed() throws IOException {
        Path empty = Files.createFile(folder.resolve("empty"));
        assertThatThrownBy(() -> CountersSnapshot.of(empty))
                .isInstanceOf(IOException.class).hasMessageContaining("its length is 0");
        Path zeros = Files.write(folder.resolve("zeros"), new byte[Layout.LENGTH]);
        assertThatThrownBy(() -> CountersSnapshot.of(zeros))
                .isInstanceOf(IOException.class).hasMessageContaining("not yet");
        assertThatThrownBy(() -> CountersSnapshot.of(folder.resolve("none"))).isInstanceOf(IOException.class);
    }

    /** Whatever another process writes, reading it ends with a snapshot or an error that names the file. */
    @Test
    void garbageIsASnapshotOrAnError() throws IOException {
        Path path = folder.resolve("garbage");
        for (long seed = 0; seed < 50; seed++) {
            byte[] bytes = new byte[Layout.LENGTH];
            Random random = new Random(seed);
            for (int i = 0; i < 20_000; i++) {
                bytes[random.nextInt(bytes.length)] = (byte) random.nextInt();
            }
            for (int i = 0; i < Long.BYTES; i++) {
                bytes[i] = (byte) (Layout.MAGIC >>> 8 * i);
            }
            Files.write(path, bytes);
            try {
                assertThat(CountersSnapshot.of(path).counters()).as("seed %d", seed)
                        .hasSizeLessThanOrEqualTo(CountersFile.MOST_COUNTERS);
            } catch (IOException e) {
                assertThat(e).as("seed %d", seed).hasMessageContaining("is no file of counters");
            }
        }
    }
}
