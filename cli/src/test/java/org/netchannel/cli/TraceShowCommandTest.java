package org.netchannel.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintWriter;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TraceShowCommandTest {
    private static final Path GOOD =
            Path.of("../traces/src/main/resources/org/netchannel/traces/examples/good").toAbsolutePath().normalize();
    private static final String FIVE_BYTES = GOOD.resolve("five-bytes.ndjson").toString();
    private static final String HEADER =
            "{\"trace\":\"netchannel\",\"version\":1,\"implementation\":\"i\",\"hosts\":[\"A\",\"B\"],"
                    + "\"config\":{},\"seed\":1}\n";

    @TempDir
    private Path folder;

    private final Console console = new Console();

    private List<String> show(String... args) {
        String[] all = new String[args.length + 2];
        all[0] = "trace";
        all[1] = "show";
        System.arraycopy(args, 0, all, 2, args.length);
        assertThat(console.run(all)).as(console.err()).isEqualTo(ExitStatus.HELD);
        assertThat(console.err()).isEmpty();
        return console.out().lines().toList();
    }

    private Path trace(String... lines) throws IOException {
        Path file = folder.resolve("run.ndjson");
        return Files.writeString(file, HEADER + String.join("\n", lines) + "\n");
    }

    private static String line(int step, String rest) {
        return "{\"step\":" + step + ",\"host\":\"A\",\"nanos\":1500000000," + rest + "}";
    }

    private static String packet(String type, String connection) {
        return "{\"type\":\"" + type + "\",\"sourcePort\":49152,\"destinationPort\":80,\"tag\":1,\"connection\":\""
                + connection + "\",\"offset\":10,\"ack\":3,\"length\":5}";
    }

    @Test
    void everyLineOfATraceIsALine() throws IOException {
        for (String name : List.of("refused", "five-bytes", "every-op")) {
            Path file = GOOD.resolve(name + ".ndjson");
            assertThat(show(file.toString())).as(name).hasSameSizeAs(Files.readAllLines(file));
        }
    }

    @Test
    void aCallHasStepHostTimeArgumentsAndResult() throws IOException {
        Path file = trace(
                line(7, "\"op\":\"connect\",\"port\":80,\"class\":\"LATENCY\",\"socket\":3,"
                        + "\"connection\":\"8f0c2d11a97b3e64\""),
                line(8, "\"op\":\"listen\",\"port\":0,\"backlog\":1,\"error\":\"BAD_REQUEST\",\"message\":\"why not\""),
                line(9, "\"op\":\"pull\",\"channel\":1,\"max\":4,\"packets\":[" + packet("DATA", "8f0c2d11a97b3e64")
                        + "," + packet("FIN", "00000000000000ff") + "]"));
        assertThat(show(file.toString())).containsExactly(
                "trace of i, hosts A, B, seed 1",
                "      7  A  1.500000000  connect 80 LATENCY = s3 #8f0c (8f0c2d11a97b3e64)",
                "      8  A  1.500000000  listen 0 backlog 1 = BAD_REQUEST (why not)",
                "      9  A  1.500000000  pull [1] max 4 = DATA #8f0c at 10+5 tag 1 ack 3 49152>80; "
                        + "FIN #0000 at 10+5 tag 1 ack 3 49152>80");
    }

    @Test
    void onlyTheStepsAskedForAreShown() {
        List<String> all = show(FIVE_BYTES);
        assertThat(show("--from", "5", "--to", "7", FIVE_BYTES))
                .containsExactly(all.get(0), all.get(5), all.get(6), all.get(7));
        assertThat(show("--from", "1000000", FIVE_BYTES)).containsExactly(all.get(0), "none of its lines is asked for");
    }

    @Test
    void onlyTheHostAskedForIsShown() {
        List<String> ofB = show("--host", "B", FIVE_BYTES);
        assertThat(ofB).hasSizeGreaterThan(5);
        assertThat(ofB.subList(1, ofB.size())).allMatch(line -> line.substring(7).startsWith("  B  "));
        assertThat(ofB.size() + show("--host", "A", FIVE_BYTES).size()).isEqualTo(show(FIVE_BYTES).size() + 1);
    }

    @Test
    void onlyTheConnectionAskedForIsShown() throws IOException {
        String other = "\"connection\":\"9f0c2d11a97b3e64\"";
        Path file = trace(
                line(1, "\"op\":\"connect\",\"port\":80,\"class\":\"LATENCY\",\"socket\":1,"
                        + "\"connection\":\"8f0c2d11a97b3e64\""),
                line(2, "\"op\":\"connect\",\"port\":80,\"class\":\"LATENCY\",\"socket\":2," + other),
                line(3, "\"op\":\"pull\",\"channel\":1,\"max\":4,\"packets\":[" + packet("ACK", "8f0c2d11a97b3e64")
                        + "," + packet("FIN", "9f0c2d11a97b3e64") + "]"),
                line(4, "\"op\":\"pull\",\"channel\":1,\"max\":4,\"packets\":[" + packet("FIN", "9f0c2d11a97b3e64")
                        + "]"),
                line(5, "\"op\":\"shutdown\",\"socket\":2"),
                line(6, "\"op\":\"shutdown\",\"socket\":1"),
                line(7, "\"op\":\"close\",\"socket\":1"),
                line(8, "\"op\":\"accept\",\"port\":80,\"socket\":1," + other),
                line(9, "\"op\":\"shutdown\",\"socket\":1"),
                line(10, "\"op\":\"deliver\",\"channel\":1,\"packet\":" + packet("RST", "8f0c2d11a97b3e64")
                        + ",\"accepted\":true"),
                line(11, "\"op\":\"accept\",\"port\":80,\"socket\":4,\"connection\":\"8f0c2d11a97b3e64\""),
                line(12, "\"op\":\"accept\",\"port\":80,\"socket\":4," + other),
                line(13, "\"op\":\"shutdown\",\"socket\":4"));
        for (String id : List.of("8f0c", "8", "8f0c2d11a97b3e64")) {
            assertThat(show("--connection", id, file.toString()).stream().skip(1).map(row -> row.strip().split(" ")[0]))
                    .as(id).containsExactly("1", "3", "6", "7", "10", "11");
        }
        assertThat(console.out()).contains("ACK").doesNotContain("FIN");
    }

    @Test
    void theDiagramHasAColumnForEachHostWhateverItsName() throws IOException {
        Path renamed = folder.resolve("renamed.ndjson");
        Files.writeString(renamed, Files.readString(Path.of(FIVE_BYTES))
                .replace("[\"A\",\"B\"]", "[\"left\",\"right\"]")
                .replace("\"host\":\"A\"", "\"host\":\"left\"").replace("\"host\":\"B\"", "\"host\":\"right\""));
        List<String> rows = show("--diagram", FIVE_BYTES);
        assertThat(rows.getFirst()).matches("  step  A +channels +B");
        assertThat(rows).anyMatch(row -> row.contains("DATA") && row.contains("->["));
        assertThat(show("--diagram", renamed.toString()).stream().skip(1).toList())
                .isEqualTo(rows.subList(1, rows.size()));
    }

    @Test
    void nothingInATraceSteersTheTerminal() throws IOException {
        Path file = trace(line(1, "\"op\":\"listen\",\"port\":0,\"backlog\":1,\"error\":\"BAD_REQUEST\","
                + "\"message\":\"\\u001b[2J\\nsecond\""),
                line(2, "\"op\":\"deliver\",\"channel\":1,\"packet\":{\"type\":\"UNREADABLE\",\"why\":\"\\u001b[2J\"},"
                        + "\"accepted\":true"));
        assertThat(show(file.toString())).hasSize(3).noneMatch(row -> row.contains("\u001b"));
        assertThat(show("--diagram", file.toString())).hasSize(3).noneMatch(row -> row.contains("\u001b"));
    }

    @Test
    void whatComesBeforeAMalformedLineIsShown() throws IOException {
        Path file = trace(line(1, "\"op\":\"unlisten\",\"port\":80"), "{");
        assertThat(console.run("trace", "show", file.toString())).isEqualTo(ExitStatus.USAGE);
        assertThat(console.out()).contains("unlisten 80");
        assertThat(console.err()).hasLineCount(1).contains("run.ndjson, line 3");
    }

    @Test
    void wrongArgumentsAreNamed() throws IOException {
        Path three = folder.resolve("three.ndjson");
        Files.writeString(three, HEADER.replace("\"B\"", "\"B\",\"C\""));
        for (List<String> wrong : List.of(
                List.of("--from", "0", FIVE_BYTES), List.of("--to", "x", FIVE_BYTES),
                List.of("--from=5", "--to", "4", FIVE_BYTES), List.of("--host", "nobody", FIVE_BYTES),
                List.of("--connection", "8F", FIVE_BYTES), List.of("--connection", "", FIVE_BYTES),
                List.of("--diagram", three.toString()))) {
            String[] args = java.util.stream.Stream.concat(
                    java.util.stream.Stream.of("trace", "show"), wrong.stream()).toArray(String[]::new);
            assertThat(console.run(args)).as("%s", wrong).isEqualTo(ExitStatus.USAGE);
            assertThat(console.err()).hasLineCount(1).contains(wrong.get(wrong.size() - 2).split("=")[0]);
            assertThat(console.out()).isEmpty();
        }
    }

    /** As in {@code show FILE | head}. */
    @Test
    void itEndsWhenNobodyReadsAnyMore() throws IOException {
        Path file = folder.resolve("long.ndjson");
        try (Writer writer = Files.newBufferedWriter(file)) {
            writer.write(HEADER);
            for (int step = 1; step <= 100_000; step++) {
                writer.write(line(step, "\"op\":\"unlisten\",\"port\":80") + "\n");
            }
        }
        int[] written = new int[1];
        PrintWriter closing = new PrintWriter(new OutputStream() {
            @Override
            public void write(int b) throws IOException {
                if (++written[0] > 10_000) {
                    throw new IOException("closed");
                }
            }
        }, true, StandardCharsets.UTF_8);
        assertThat(Main.run(closing, new PrintWriter(Writer.nullWriter()), "trace", "show", file.toString()))
                .isEqualTo(ExitStatus.HELD);
        // A refused write counts as one; going on to the end makes hundreds of them.
        assertThat(written[0]).isLessThan(10_100);
    }
}
