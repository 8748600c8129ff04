package org.netchannel.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

@ExtendWith(SourcesAsHome.class)
class TraceMergeCommandTest {
    private static final Path FIVE_BYTES = Path.of(
            "../traces/src/main/resources/org/netchannel/traces/examples/good/five-bytes.ndjson");

    @TempDir
    private Path folder;

    private final Console console = new Console();
    private Path a;
    private Path b;

    /** Five bytes, as each of the two hosts would have recorded them. */
    @BeforeEach
    void takeApart() throws IOException {
        a = host("A");
        b = host("B");
    }

    private Path host(String host) throws IOException {
        List<String> lines = new ArrayList<>();
        for (String line : Files.readAllLines(FIVE_BYTES)) {
            if (lines.isEmpty()) {
                lines.add(line.replace("\"hosts\":[\"A\",\"B\"]", "\"hosts\":[\"" + host + "\"]"));
            } else if (line.contains("\"host\":\"" + host + "\"")) {
                lines.add(line.replaceFirst("\"step\":\\d+", "\"step\":" + lines.size()));
            }
        }
        return Files.write(folder.resolve(host), lines);
    }

    private int merge(String... options) {
        List<String> args = new ArrayList<>(List.of("trace", "merge"));
        args.addAll(List.of(options));
        args.addAll(List.of(a.toString(), b.toString()));
        return console.run(args.toArray(String[]::new));
    }

    private int check(Path trace) {
        return console.run("trace", "check", trace.toString());
    }

    @Test
    void whatTwoHostsRecordedIsOneTraceThatCanBeChecked() throws IOException {
        assertThat(merge()).as(console.err()).isEqualTo(ExitStatus.HELD);
        Path merged = folder.resolve("A.merged.ndjson");
        assertThat(console.out()).isEqualToIgnoringNewLines(
                String.format("%,d lines in %s", Files.readAllLines(FIVE_BYTES).size() - 1, merged));
        assertThat(Files.readAllLines(merged)).hasSameSizeAs(Files.readAllLines(FIVE_BYTES));
        assertThat(check(merged)).as(console.err()).isEqualTo(ExitStatus.HELD);
    }

    @Test
    void whatTheOtherHostHasNotSentIsNamedAndTheMergedTraceIsRejected() throws IOException {
        List<String> lines = new ArrayList<>(Files.readAllLines(a));
        assertThat(lines.removeIf(line -> line.contains("\"pull\"") && line.contains("\"DATA\""))).isTrue();
        Files.write(a, lines);
        Path merged = folder.resolve("merged");
        assertThat(merge("--output", merged.toString())).isEqualTo(ExitStatus.VIOLATION);
        assertThat(console.err()).hasLineCount(1)
                .contains("the traces do not fit together at step", "of host A and step", "of host B: ");
        assertThat(check(merged)).isEqualTo(ExitStatus.VIOLATION);
    }

    @Test
    void aFileThatIsThereIsReplacedOnlyByForce() throws IOException {
        Path there = Files.writeString(folder.resolve("there"), "mine");
        assertThat(merge("--output", there.toString())).isEqualTo(ExitStatus.USAGE);
        assertThat(console.err()).hasLineCount(1).contains("--output", "--force");
        assertThat(there).hasContent("mine");
        assertThat(merge("--output", there.toString(), "--force")).isEqualTo(ExitStatus.HELD);
        assertThat(Files.readAllLines(there)).hasSameSizeAs(Files.readAllLines(FIVE_BYTES));
    }

    @Test
    void tracesThatDoNotGoTogetherAreNamed() {
        b = a;
        assertThat(merge()).isEqualTo(ExitStatus.USAGE);
        assertThat(console.err()).hasLineCount(1).contains("[A, A]", "legal is the trace of A's peer");
        b = FIVE_BYTES;
        assertThat(merge()).isEqualTo(ExitStatus.USAGE);
        assertThat(console.err()).hasLineCount(1).contains("[A, A, B]");
        assertThat(folder.toFile().list()).containsExactlyInAnyOrder("A", "B");
    }

    /** With a longer step the line is longer than is legal. */
    @Test
    void aLineThatIsTooLongWithItsNewNumberIsNamedInOneLine() throws IOException {
        String start = "{\"step\":1,\"host\":\"B\",\"nanos\":0,\"op\":\"pull\",\"channel\":3,\"max\":65,\"packets\":[";
        String packet = "{\"type\":\"UNREADABLE\",\"why\":\"" + "x".repeat(65_000) + "\"}";
        String most = start + (packet + ",").repeat(64);
        int rest = (4 << 20) - most.length() - "{\"type\":\"UNREADABLE\",\"why\":\"\"}]}".length();
        String line = most + "{\"type\":\"UNREADABLE\",\"why\":\"" + "x".repeat(rest) + "\"}]}";
        assertThat(line).hasSize(4 << 20);
        List<String> lines = new ArrayList<>(Files.readAllLines(b));
        lines.add(line);
        Files.write(b, lines);
        assertThat(console.run("trace", "show", b.toString())).as(console.err()).isEqualTo(ExitStatus.HELD);
        assertThat(merge()).isEqualTo(ExitStatus.USAGE);
        assertThat(console.err()).hasLineCount(1)
                .contains(b + ", line " + lines.size(), "of the merged trace", "legal is at most 4194304");
        assertThat(folder.toFile().list()).containsExactlyInAnyOrder("A", "B");
    }
}
