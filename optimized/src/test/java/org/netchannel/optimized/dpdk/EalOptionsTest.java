package org.netchannel.optimized.dpdk;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Memory from hugepages where there are enough of them, and ordinary memory elsewhere. */
class EalOptionsTest {
    @TempDir
    private Path directory;

    @ParameterizedTest
    @CsvSource({"256, 0, 2048, 512", "256, 1, 2048, 510", "0, 0, 2048, 0", "3, 0, 1048576, 3072"})
    void freeHugepagesAreCountedInMegabytes(int pages, int promised, int kilobytes, long megabytes)
            throws IOException {
        Path file = Files.writeString(directory.resolve("meminfo"), "MemTotal:  24 kB\nHugePages_Total:  999\n"
                + "HugePages_Free:  " + pages + "\nHugePages_Rsvd: " + promised
                + "\nHugepagesize:  " + kilobytes + " kB\n");
        assertThat(EalOptions.freeHugepages(file)).isEqualTo(megabytes);
    }

    @Test
    void whereNothingIsSaidThereAreNone() throws IOException {
        assertThat(EalOptions.freeHugepages(directory.resolve("missing"))).isZero();
        assertThat(EalOptions.freeHugepages(Files.writeString(directory.resolve("odd"),
                "HugePages_Free: many\nHugepagesize: 99999999999999999999 kB\n"))).isZero();
    }

    @Test
    void whatIsNotFreeIsNotAskedFor() {
        assertThat(EalOptions.withHugepagesWhereFree(1, EalOptions.MOST_MEGABYTES).hugepages()).isFalse();
    }
}
