package org.netchannel.conformance.transfer;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HexFormat;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.netchannel.traces.Bytes;

class FileContentTest {
    @TempDir
    Path folder;

    private FileContent content(byte... bytes) throws IOException {
        return FileContent.open(Files.write(folder.resolve("file"), bytes));
    }

    @Test
    void givesEveryPieceAndNothingBeyondTheEnd() throws IOException {
        try (FileContent content = content((byte) 1, (byte) 2, (byte) 3)) {
            assertThat(content.length()).isEqualTo(3);
            assertThat(content.read(0, 3).toArray()).containsExactly(1, 2, 3);
            assertThat(content.read(2, 5).toArray()).containsExactly(3);
            assertThat(content.read(3, 1).length()).isZero();
            assertThat(content.read(4, 1).length()).isZero();
        }
    }

    @Test
    void knowsWhichBytesAreIntact() throws IOException {
        try (FileContent content = content((byte) 1, (byte) 2, (byte) 3)) {
            assertThat(content.intact(7, 0, 1, Bytes.of((byte) 2, (byte) 3))).isTrue();
            assertThat(content.intact(7, 1, 1, Bytes.of((byte) 2, (byte) 3))).isTrue();
            assertThat(content.intact(7, 0, 1, Bytes.of((byte) 2, (byte) 4))).isFalse();
            assertThat(content.intact(7, 0, 0, Bytes.of((byte) 2, (byte) 3))).isFalse();
            assertThat(content.intact(7, 0, 2, Bytes.of((byte) 3, (byte) 0))).isFalse();
            assertThat(content.intact(7, 0, -1, Bytes.of((byte) 3))).isFalse();
            assertThat(content.intact(7, 0, 3, Bytes.EMPTY)).isTrue();
        }
    }

    @Test
    void hasTheSha256OfTheStandard() throws IOException {
        try (FileContent content = content((byte) 'a', (byte) 'b', (byte) 'c')) {
            assertThat(HexFormat.of().formatHex(content.sha256()))
                    .isEqualTo("ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad");
        }
        try (FileContent content = content()) {
            assertThat(HexFormat.of().formatHex(content.sha256()))
                    .isEqualTo("e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855");
        }
    }

    @Test
    void aFileThatBecomesShorterGivesLess() throws IOException {
        try (FileContent content = content(new byte[100_000])) {
            content(new byte[10]);
            assertThat(content.read(0, 100).length()).isEqualTo(10);
            assertThat(content.sha256()).hasSize(32);
        }
    }
}
