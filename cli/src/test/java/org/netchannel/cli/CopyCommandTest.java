package org.netchannel.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.netchannel.cli.copy.FileServer;
import org.netchannel.cli.link.Transport;
import org.netchannel.optimized.DriverDecorator;

/** Files as somebody at a terminal sends them. */
@Timeout(60)
class CopyCommandTest {
    private static final InetSocketAddress ANY = new InetSocketAddress(InetAddress.getLoopbackAddress(), 0);

    @TempDir
    private Path inbox;

    @TempDir
    private Path outbox;

    private final Console console = new Console();

    @Test
    void whatIsCopiedIsSaidAndTheStatusTellsWhetherAllIsThere() throws IOException {
        String first = Files.writeString(outbox.resolve("first"), "one").toString();
        String second = Files.writeString(outbox.resolve("second"), "two").toString();
        try (FileServer server = new FileServer(Transport.KERNEL, ANY, inbox, line -> { }, DriverDecorator.NONE)) {
            String target = "127.0.0.1:" + server.address().getPort();
            assertThat(console.run("copy", first, target)).isEqualTo(ExitStatus.HELD);
            assertThat(console.out()).startsWith("first: 3 bytes in ").contains("SHA-256 7692c3ad3540bb80");
            assertThat(console.run("copy", first, second, target)).isEqualTo(ExitStatus.VIOLATION);
            assertThat(console.out()).contains("first: not copied: there is a file").contains("second: 3 bytes in ");
            assertThat(console.run("copy", "--json", second, target)).isEqualTo(ExitStatus.VIOLATION);
            assertThat(console.out()).startsWith("{").contains("\"problem\" : \"there is a file of that name");
        }
    }

    /** What passed the channels can be looked at afterwards. */
    @Test
    void whatIsCapturedCanBeImported() throws IOException {
        // Where everything has to be there, a missing program is a failure and not a reason to skip.
        assumeTrue(System.getenv("CI") != null || Files.isExecutable(Path.of("/usr/bin/tshark")), "no tshark");
        String file = Files.write(outbox.resolve("file"), new byte[300_000]).toString();
        String capture = outbox.resolve("run.pcapng").toString();
        try (FileServer server = new FileServer(Transport.KERNEL, ANY, inbox, line -> { }, DriverDecorator.NONE)) {
            String target = "127.0.0.1:" + server.address().getPort();
            assertThat(console.run("copy", file, target, "--capture", capture)).isEqualTo(ExitStatus.HELD);
        }
        assertThat(console.run("trace", "import", "--pcap", capture)).as(console.err()).isEqualTo(ExitStatus.HELD);
        assertThat(console.out()).contains("10.78.67.1").contains("10.78.67.2");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', value = {
        "copy x | at least 2 values",
        "copy nothing-here 1 | FILE is 'nothing-here (there is no such file)'",
        "copy pom.xml nowhere | HOST is 'nowhere'",
        "copy pom.xml 1 --channels 65 | --channels is '65', legal is 1 to 64",
        "copy pom.xml 1 --capture no/such/folder/x | --capture is 'no/such/folder/x'",
        "serve | --dir",
        "serve --dir pom.xml/x | --dir is 'pom.xml/x'",
        "serve --dir target --listen 65536 | --listen is '65536'",
    })
    void whatIsTypedWrongIsNamedInOneLine(String typed, String named) {
        assertThat(console.run(typed.strip().split(" "))).isEqualTo(ExitStatus.USAGE);
        assertThat(console.err()).contains(named.strip()).hasLineCount(1);
        assertThat(console.out()).isEmpty();
    }
}
