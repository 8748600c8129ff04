package org.netchannel.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.ParameterException;

class ArgumentsTest {
    @Command(name = "x")
    static final class Any implements Runnable {
        @Override
        public void run() {
            throw new UnsupportedOperationException("never called");
        }
    }

    @TempDir
    Path folder;

    private final Arguments arguments = new Arguments(new CommandLine(new Any()).getCommandSpec());

    @Test
    void numbersAreHeldFromBothSides() {
        assertThat(arguments.number("--n", "3", 3, 5)).isEqualTo(3);
        assertThat(arguments.number("--n", "5", 3, 5)).isEqualTo(5);
        for (String wrong : new String[] {"2", "6", "-1", "99999999999999999999", "", "x", "4.0", " 4"}) {
            assertThatThrownBy(() -> arguments.number("--n", wrong, 3, 5))
                    .isInstanceOf(ParameterException.class)
                    .hasMessageStartingWith("--n is '" + wrong + "', legal is ")
                    .hasMessageMatching(".*3 (to|and) 5");
        }
    }

    @Test
    void aPortAloneIsOneOfTheLoopbackInterface() {
        assertThat(arguments.address("--a", "7000", 1)).isEqualTo(new InetSocketAddress("127.0.0.1", 7000));
        assertThat(arguments.address("--a", "0.0.0.0:0", 0)).isEqualTo(new InetSocketAddress("0.0.0.0", 0));
        assertThat(arguments.address("--a", "[::1]:65535", 1)).isEqualTo(new InetSocketAddress("::1", 65_535));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "x", ":80", "0", "127.0.0.1:0", "65536", "-1", "::1:80", "[::1]", "1.2.3.4:", "1:2:3"})
    void anAddressThatIsNoneIsNamed(String wrong) {
        assertThatThrownBy(() -> arguments.address("--a", wrong, 1))
                .isInstanceOf(ParameterException.class)
                .hasMessageStartingWith("--a is '" + wrong + "', legal is HOST:PORT, [IPV6]:PORT or PORT");
    }

    @Test
    void aFileMayBeAsLargeAsItMayAndNotLarger() throws IOException {
        Path file = Files.write(folder.resolve("f"), new byte[10]);
        assertThat(arguments.file("--file", file.toString(), 10)).isEqualTo(file);
        assertThatThrownBy(() -> arguments.file("--file", file.toString(), 9))
                .isInstanceOf(ParameterException.class)
                .hasMessageContaining("(10 bytes)");
        assertThat(arguments.file("--file", Files.createFile(folder.resolve("empty")).toString(), 9)).isEmptyFile();
    }

    @Test
    void aDirectoryIsNoFile() {
        assertThatThrownBy(() -> arguments.file("--file", folder.toString(), 9))
                .isInstanceOf(ParameterException.class)
                .hasMessageContaining("(a directory)");
    }

    @Test
    void anEndlessFileIsNoFile() {
        Assumptions.assumeTrue(Files.exists(Path.of("/dev/zero")));
        assertThatThrownBy(() -> arguments.file("--file", "/dev/zero", Long.MAX_VALUE))
                .isInstanceOf(ParameterException.class)
                .hasMessageContaining("(no regular file)");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "missing", "missing/deeper", "a\0b"})
    void whatIsNotThereIsNoFile(String name) {
        assertThatThrownBy(() -> arguments.file("--file", name, 9))
                .isInstanceOf(ParameterException.class)
                .hasMessageStartingWith("--file is '" + name);
    }

    @Test
    void aDirectoryIsThereOrHasANameInOneThatIs() throws IOException {
        assertThat(arguments.directory("--keep", folder.toString())).isEqualTo(folder);
        assertThat(arguments.directory("--keep", folder.resolve("new").toString())).doesNotExist();
        Path file = Files.createFile(folder.resolve("file"));
        for (String wrong : new String[] {
            file.toString(), folder.resolve("a/b").toString(), "", "a\0b", file.resolve("x").toString()
        }) {
            assertThatThrownBy(() -> arguments.directory("--keep", wrong)).isInstanceOf(ParameterException.class);
        }
    }
}
