package org.netchannel.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What is typed wrong is named, before anything listens. */
class ProxyCommandTest {
    private final Console console = new Console();

    @ParameterizedTest
    @CsvSource(delimiter = '|', value = {
        "proxy | --accept=ADDRESS",
        "proxy --accept 0 | --peer=ADDRESS",
        "proxy --accept x --peer 1 | --accept is 'x'",
        "proxy --accept 0 --peer 0 | --peer is '0'",
        "proxy --accept 0 --peer 1 --class fast | --class is 'fast', legal is latency or throughput",
        "proxy --accept 0 --peer 1 --channels 65 | --channels is '65', legal is 1 to 64",
        "proxy --listen 0 --forward 1 --connections 0 | --connections is '0', legal is 1 to 100000",
    })
    void whatIsTypedWrongIsNamedInOneLine(String typed, String named) {
        assertThat(console.run(typed.strip().split(" "))).isEqualTo(ExitStatus.USAGE);
        assertThat(console.err()).contains(named.strip()).hasLineCount(1);
        assertThat(console.out()).isEmpty();
    }

    @Test
    void anAddressThatIsInUseIsNamed() throws IOException {
        try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            String port = Integer.toString(taken.getLocalPort());
            assertThat(console.run("proxy", "--listen", port, "--forward", "1")).isEqualTo(ExitStatus.USAGE);
            assertThat(console.err()).contains("--listen is '127.0.0.1:" + port + " (").hasLineCount(1);
            assertThat(console.run("proxy", "--accept", port, "--peer", "1")).isEqualTo(ExitStatus.USAGE);
            assertThat(console.err()).contains("--accept is '127.0.0.1:" + port + " (").hasLineCount(1);
        }
    }
}
