package org.netchannel.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.netchannel.cli.trace.LineDiff;

class TraceDiffCommandTest {
    private static final Path GOOD =
            Path.of("../traces/src/main/resources/org/netchannel/traces/examples/good").toAbsolutePath().normalize();
    private static final Path FIVE_BYTES = GOOD.resolve("five-bytes.ndjson");

    @TempDir
    private Path folder;

    private final Console console = new Console();

    private int diff(Path a, Path b, String... options) {
        List<String> args = new ArrayList<>(List.of("trace", "diff"));
        args.addAll(List.of(options));
        args.addAll(List.of(a.toString(), b.toString()));
        return console.run(args.toArray(String[]::new));
    }

    /** Five bytes, but with one line other than it was. */
    private Path changed(int line, String what, String with) throws IOException {
        List<String> lines = new ArrayList<>(Files.readAllLines(FIVE_BYTES));
        assertThat(lines.get(line - 1)).contains(what);
        lines.set(line - 1, lines.get(line - 1).replace(what, with));
        return Files.write(folder.resolve("changed.ndjson"), lines);
    }

    @Test
    void aTraceIsEqualToItself() throws IOException {
        assertThat(diff(FIVE_BYTES, FIVE_BYTES)).isEqualTo(ExitStatus.HELD);
        int lines = Files.readAllLines(FIVE_BYTES).size() - 1;
        assertThat(console.out()).isEqualToIgnoringNewLines("equal: " + lines + " lines");
    }

    @Test
    void theOrderOfFieldsAndFieldsOfNobodyDoNotMatter() throws IOException {
        Path other = changed(4, "{\"step\":3,\"host\":\"A\"", "{\"host\":\"A\",\"mine\":[1],\"step\":3");
        assertThat(diff(FIVE_BYTES, other)).isEqualTo(ExitStatus.HELD);
    }

    @Test
    void theFirstLineThatDiffersIsShownWithWhatIsAroundIt() throws IOException {
        Path other = changed(8, "\"nanos\":0", "\"nanos\":5");
        assertThat(diff(FIVE_BYTES, other)).isEqualTo(ExitStatus.VIOLATION);
        List<String> rows = console.out().lines().toList();
        assertThat(rows.getFirst()).isEqualTo("line 8 differs, after 6 equal ones");
        assertThat(rows.stream().map(row -> row.substring(0, Math.min(12, row.length()))).skip(3))
                .containsExactly(
                        "        4  B", "        5  A", "        6  B",
                        "-       7  A", "+       7  A", "    nanos: 0",
                        "-       8  B", "-       9  A", "-      10  B",
                        "+       8  B", "+       9  A", "+      10  B");
        assertThat(console.out()).contains("nanos: 0 and 5").contains("0.000000005");
    }

    @Test
    void whatIsIgnoredMayDifferAndNothingElse() throws IOException {
        Path other = changed(8, "\"nanos\":0", "\"nanos\":5");
        assertThat(diff(FIVE_BYTES, other, "--ignore", "nanos")).isEqualTo(ExitStatus.HELD);
        assertThat(diff(FIVE_BYTES, other, "--ignore", "seed,nanos")).isEqualTo(ExitStatus.HELD);
        assertThat(diff(FIVE_BYTES, other, "--ignore", "seed,step")).isEqualTo(ExitStatus.VIOLATION);
    }

    @Test
    void headersAreCompared() throws IOException {
        Path other = changed(1, "\"implementation\":\"", "\"implementation\":\"not ");
        assertThat(diff(FIVE_BYTES, other)).isEqualTo(ExitStatus.VIOLATION);
        assertThat(console.out()).startsWith("the headers differ").contains("implementation: \"");
        assertThat(diff(FIVE_BYTES, other, "--ignore", "implementation")).isEqualTo(ExitStatus.HELD);
    }

    @Test
    void theImplementationIsAlsoWhatOpenAnswers() throws IOException {
        Path other = changed(2, "\"name\":\"", "\"name\":\"not ");
        assertThat(diff(FIVE_BYTES, other)).isEqualTo(ExitStatus.VIOLATION);
        assertThat(diff(FIVE_BYTES, other, "--ignore", "implementation")).isEqualTo(ExitStatus.HELD);
    }

    @Test
    void aTraceThatEndsEarlierDiffers() throws IOException {
        List<String> lines = Files.readAllLines(FIVE_BYTES);
        Path shorter = Files.write(folder.resolve("shorter.ndjson"), lines.subList(0, lines.size() - 1));
        assertThat(diff(FIVE_BYTES, shorter)).isEqualTo(ExitStatus.VIOLATION);
        assertThat(console.out()).contains("line " + lines.size() + " differs").contains("B ends here");
        assertThat(diff(shorter, FIVE_BYTES)).isEqualTo(ExitStatus.VIOLATION);
        assertThat(console.out()).contains("A ends here");
    }

    @Test
    void fieldsInsidePacketsAreNamedByTheirPlace() throws IOException {
        Path other = changed(8, "\"class\":\"CONTROL\"", "\"class\":7");
        assertThat(diff(FIVE_BYTES, other)).isEqualTo(ExitStatus.VIOLATION);
        assertThat(console.out()).contains("packets[0].hello.class: \"CONTROL\" and 7");
    }

    @Test
    void everyFieldOfATraceCanBeIgnored() throws IOException {
        Set<String> fields = new TreeSet<>();
        Pattern name = Pattern.compile("\"(\\w+)\":");
        try (Stream<Path> files = Files.list(GOOD)) {
            for (Path file : files.filter(path -> path.toString().endsWith(".ndjson")).toList()) {
                name.matcher(Files.readString(file)).results().forEach(found -> fields.add(found.group(1)));
            }
        }
        fields.remove("sendBuffer");
        assertThat(fields).hasSizeGreaterThan(30);
        assertThat(LineDiff.FIELDS).containsAll(fields);
    }

    @Test
    void whatIsNoTraceIsOneLineUnlessADifferenceComesBefore() throws IOException {
        List<String> lines = new ArrayList<>(Files.readAllLines(FIVE_BYTES));
        lines.set(9, "{");
        Path garbled = Files.write(folder.resolve("garbled.ndjson"), lines);
        for (boolean turned : new boolean[] {false, true}) {
            assertThat(turned ? diff(garbled, FIVE_BYTES) : diff(FIVE_BYTES, garbled)).isEqualTo(ExitStatus.USAGE);
            assertThat(console.err()).hasLineCount(1).contains("garbled.ndjson, line 10");
            assertThat(console.out()).isEmpty();
        }
        Path other = changed(8, "\"nanos\":0", "\"nanos\":5");
        assertThat(diff(other, garbled)).isEqualTo(ExitStatus.VIOLATION);
        assertThat(console.out()).contains("no trace from here").contains("line 10");
    }

    @Test
    void wrongArgumentsAreNamed() {
        assertThat(diff(FIVE_BYTES, FIVE_BYTES, "--ignore", "nanoseconds")).isEqualTo(ExitStatus.USAGE);
        assertThat(console.err()).hasLineCount(1).contains("'nanoseconds'", "legal is accepted, ack");
        assertThat(diff(FIVE_BYTES, folder)).isEqualTo(ExitStatus.USAGE);
        assertThat(console.err()).hasLineCount(1).contains("B is").contains("a directory");
        assertThat(diff(folder.resolve("missing"), FIVE_BYTES)).isEqualTo(ExitStatus.USAGE);
        assertThat(console.err()).hasLineCount(1).contains("A is").contains("no such file");
        assertThat(console.run("trace", "diff", FIVE_BYTES.toString())).isEqualTo(ExitStatus.USAGE);
        assertThat(console.err()).hasLineCount(1).contains("'B'");
    }
}
