package org.netchannel.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.netchannel.optimized.counters.CountersFile;

/** Counters as somebody at a terminal looks at them. */
@Timeout(60)
class StatCommandTest {
    @TempDir
    private Path folder;

    private final Console console = new Console();

    private CountersFile counting() throws IOException {
        CountersFile file = CountersFile.create(folder.resolve("a.counters"));
        file.counters().setCounterValue(file.counters().allocate("apples"), 1_234_567);
        file.counters().allocate("pears");
        file.errors().record(new IOException("connection reset"));
        return file;
    }

    @Test
    void aPageShowsWhatIsNotZeroAndErrors() throws IOException {
        try (CountersFile file = counting()) {
            assertThat(console.run("stat", "--once", file.path().toString())).isEqualTo(ExitStatus.HELD);
            assertThat(console.out())
                    .contains("a.counters   process " + ProcessHandle.current().pid() + ", running for 0:00:")
                    .containsPattern("apples +1,234,567\\s").contains("error, 1 times").contains("connection reset")
                    .doesNotContain("pears");
            assertThat(console.run("stat", "--once", "--all", file.path().toString())).isEqualTo(ExitStatus.HELD);
            assertThat(console.out()).containsPattern("pears +0\\s");
        }
    }

    @Test
    void programsGetJson() throws IOException {
        try (CountersFile file = counting()) {
            assertThat(console.run("stat", "--json", file.path().toString())).isEqualTo(ExitStatus.HELD);
            JsonNode stack = new ObjectMapper().readTree(console.out()).get(0);
            assertThat(stack.get("counters").get("apples").asLong()).isEqualTo(1_234_567);
            assertThat(stack.get("counters").get("pears").asLong()).isZero();
            assertThat(stack.get("alive").asBoolean()).isTrue();
            assertThat(stack.get("errors").get(0).get("times").asInt()).isEqualTo(1);
        }
    }

    @Test
    void whatIsTypedWrongIsNamedInOneLine() throws IOException {
        Path other = Files.writeString(folder.resolve("other"), "no counters");
        assertThat(console.run("stat", "--once", other.toString())).isEqualTo(ExitStatus.USAGE);
        assertThat(console.err()).contains("legal is a file of counters").hasLineCount(1);
        assertThat(console.run("stat", "--interval", "0")).isEqualTo(ExitStatus.USAGE);
        assertThat(console.err()).contains("--interval is '0', legal is 1 to 3600").hasLineCount(1);
        assertThat(console.run("stat", "nothing-here")).isEqualTo(ExitStatus.USAGE);
        assertThat(console.err()).contains("FILE is 'nothing-here").hasLineCount(1);
    }
}
