package org.netchannel.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.netchannel.bench.speed.Questions;

/** Questions about speed, as somebody at a terminal asks them. How fast is no test's business. */
@Timeout(120)
class BenchCommandTest {
    private final Console console = new Console();

    @Test
    void questionsAreListed() {
        assertThat(console.run("bench", "--list")).isEqualTo(ExitStatus.HELD);
        assertThat(console.out()).hasLineCount(Questions.all().size()).contains("ping-pong");
    }

    @Test
    void theStatusSaysWhetherPromisesAreKept() throws IOException {
        int status = console.run("bench", "connections", "--rounds", "1", "--milliseconds", "10", "--json");
        JsonNode answer = new ObjectMapper().readTree(console.out()).get(0);
        assertThat(answer.get("question").asText()).isEqualTo("connections");
        assertThat(answer.get("demands")).hasSize(3);
        assertThat(status).isEqualTo(answer.get("met").asBoolean() ? ExitStatus.HELD : ExitStatus.VIOLATION);
    }

    @Test
    void aDeviceIsOfNoUseWithoutAnotherHost() {
        assertThat(console.run("bench", "--device", "net_null0", "--address", "10.0.0.1/24"))
                .isEqualTo(ExitStatus.USAGE);
        assertThat(console.err()).contains("--device is 'net_null0', legal is nothing but with --peer").hasLineCount(1);
        assertThat(console.run("bench-host", "--device", "eth0", "--address", "10.0.0.1/24"))
                .isEqualTo(ExitStatus.USAGE);
        assertThat(console.err()).contains("--device is 'eth0', legal is net_memifN").hasLineCount(1);
    }

    @Test
    void whatIsTypedWrongIsNamedInOneLine() {
        assertThat(console.run("bench", "tpc")).isEqualTo(ExitStatus.USAGE);
        assertThat(console.err()).contains("tpc", "legal is tcp, memory").hasLineCount(1);
        assertThat(console.run("bench", "tcp", "--rounds", "0")).isEqualTo(ExitStatus.USAGE);
        assertThat(console.err()).contains("legal is 1 to 1000");
    }
}
