package org.netchannel.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

@ExtendWith(SourcesAsHome.class)
class TraceShrinkCommandTest {
    private static final Path REJECTED =
            Path.of("../conformance/src/test/resources/rejected/merged-answer-lost-at-241.ndjson");
    private static final Path ACCEPTED =
            Path.of("../traces/src/main/resources/org/netchannel/traces/examples/good/five-bytes.ndjson");

    @TempDir
    private Path folder;

    private final Console console = new Console();
    private Path trace;
    private Path shrunk;

    @BeforeEach
    void copy() throws IOException {
        trace = Files.copy(REJECTED, folder.resolve("run.ndjson"));
        shrunk = folder.resolve("run.ndjson.shrunk.ndjson");
    }

    private String clausesInPlay(Path file) {
        assertThat(console.run("trace", "check", file.toString())).as(console.err()).isEqualTo(ExitStatus.VIOLATION);
        return console.out().lines().skip(1).takeWhile(line -> !line.startsWith("line: ")).toList().toString();
    }

    @Test
    void whatIsLeftIsSmallAndRejectedAtItsLastLineForTheSameClauses() throws IOException {
        String clauses = clausesInPlay(trace);
        assertThat(console.run("trace", "shrink", trace.toString())).as(console.err()).isEqualTo(ExitStatus.HELD);
        assertThat(console.out()).contains("of 241 left", "1 connections of 2", "was step 241", shrunk.toString());
        assertThat(folder.toFile().list()).containsExactlyInAnyOrder("run.ndjson", "run.ndjson.shrunk.ndjson");
        assertThat(trace).hasSameTextualContentAs(REJECTED);
        int lines = Files.readAllLines(shrunk).size() - 1;
        assertThat(lines).isLessThan(60);
        assertThat(clausesInPlay(shrunk)).isEqualTo(clauses);
        assertThat(console.out()).startsWith("rejected at step " + lines).contains("RST")
                .contains("the specification says: {not on the channel, and it has to be}");
    }

    @Test
    void aFileThatIsThereIsReplacedOnlyWhenForced() throws IOException {
        Path other = Files.writeString(folder.resolve("other"), "mine");
        List<String> args = List.of("trace", "shrink", "--time", "1", "--output", other.toString(), trace.toString());
        assertThat(console.run(args.toArray(String[]::new))).isEqualTo(ExitStatus.USAGE);
        assertThat(console.err()).hasLineCount(1).contains("--output", other.toString(), "--force");
        assertThat(other).hasContent("mine");
        assertThat(console.run("trace", "shrink", "--force", "--time", "1", "--output", other.toString(),
                trace.toString())).isEqualTo(ExitStatus.HELD);
        assertThat(Files.readString(other)).startsWith("{\"trace\":\"netchannel\"");
        assertThat(folder.toFile().list()).containsExactlyInAnyOrder("run.ndjson", "other");
    }

    @Test
    void anAcceptedTraceIsNotShrunk() throws IOException {
        Path good = Files.copy(ACCEPTED, folder.resolve("good.ndjson"));
        assertThat(console.run("trace", "shrink", good.toString())).isEqualTo(ExitStatus.USAGE);
        assertThat(console.err()).hasLineCount(1).contains("good.ndjson is accepted", "nothing to shrink");
        assertThat(console.out()).isEmpty();
        assertThat(folder.toFile().list()).containsExactlyInAnyOrder("run.ndjson", "good.ndjson");
    }

    @Test
    void wrongArgumentsAreNamed() {
        String file = trace.toString();
        for (List<String> wrong : List.of(
                List.of("--time", "0", file), List.of("--time", "soon", file),
                List.of("--output", folder.toString(), file),
                List.of("--output", folder.resolve("missing/x").toString(), file))) {
            String[] args = new String[] {"trace", "shrink", wrong.get(0), wrong.get(1), wrong.get(2)};
            assertThat(console.run(args)).as("%s", wrong).isEqualTo(ExitStatus.USAGE);
            assertThat(console.err()).hasLineCount(1).contains(wrong.get(0), wrong.get(1));
        }
        assertThat(folder.toFile().list()).containsExactly("run.ndjson");
    }
}
