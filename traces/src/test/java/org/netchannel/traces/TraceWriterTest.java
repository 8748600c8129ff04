package org.netchannel.traces;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TraceWriterTest {
    private static final TraceHeader HEADER = new TraceHeader("i", List.of("A", "B"), Config.DEFAULTS, 1);
    private static final TraceLine LINE = new TraceLine(1, "A", 0, new TraceEvent.Advance(5, Outcome.done()));
    private static final String TEXT = """
            {"trace":"netchannel","version":1,"implementation":"i","hosts":["A","B"],"config":{},"seed":1}
            {"step":1,"host":"A","nanos":0,"op":"advance","by":5}
            """;

    @TempDir
    private Path folder;

    @Test
    void aFileComesIntoBeingWhenTheWriterIsClosed() throws IOException {
        Path file = folder.resolve("t.ndjson");
        try (TraceWriter writer = TraceWriter.create(file, HEADER)) {
            writer.write(LINE);
            assertThat(file).doesNotExist();
        }
        assertThat(file).hasContent(TEXT);
        assertThat(files()).containsExactly(file);
    }

    @Test
    void aFileThatIsThereStaysUntilTheWriterIsClosed() throws IOException {
        Path file = Files.writeString(folder.resolve("t.ndjson"), "old");
        try (TraceWriter writer = TraceWriter.create(file, HEADER)) {
            writer.write(LINE);
            assertThat(file).hasContent("old");
        }
        assertThat(file).hasContent(TEXT);
        assertThat(files()).containsExactly(file);
    }

    @Test
    void aRelativeNameIsInTheWorkingFolder() throws IOException {
        Path file = Path.of("target-" + System.nanoTime() + ".ndjson");
        try {
            TraceWriter.create(file, HEADER).close();
            assertThat(file).exists();
        } finally {
            Files.deleteIfExists(file);
        }
    }

    @Test
    void closingAgainChangesNothing() throws IOException {
        Path file = folder.resolve("t.ndjson");
        TraceWriter writer = TraceWriter.create(file, HEADER);
        writer.close();
        writer.close();
        assertThat(file).exists();
    }

    @Test
    void aPlaceWhereNoFileCanBeIsNamedAtOnce() {
        Path missing = folder.resolve("missing").resolve("t.ndjson");
        assertThatThrownBy(() -> TraceWriter.create(missing, HEADER))
                .isInstanceOf(FileSystemException.class)
                .hasMessage(missing + ": its folder does not exist");
        assertThatThrownBy(() -> TraceWriter.create(folder, HEADER))
                .isInstanceOf(FileSystemException.class)
                .hasMessage(folder + ": is no regular file, so no trace can be put there");
    }

    @Test
    void aTraceThatCannotBeWrittenInFullLeavesNothingBehind() throws IOException {
        Path file = folder.resolve("t.ndjson");
        TraceWriter writer = TraceWriter.create(file, HEADER);
        deleteTheFolderUnder(writer);
        assertThatThrownBy(writer::close).isInstanceOf(IOException.class);
        assertThat(file).doesNotExist();
    }

    /** The move then has nowhere to go. */
    private void deleteTheFolderUnder(TraceWriter writer) throws IOException {
        writer.write(LINE);
        for (Path path : files()) {
            Files.delete(path);
        }
    }

    @Test
    void aHeaderThatIsRefusedLeavesNothingBehind() throws IOException {
        TraceHeader header = new TraceHeader("x".repeat(65_537), List.of("A"), Config.DEFAULTS, 1);
        assertThatThrownBy(() -> TraceWriter.create(folder.resolve("t.ndjson"), header))
                .hasMessage("implementation has 65537 characters, legal in a trace is at most 65536");
        assertThat(files()).isEmpty();
    }

    @Test
    void aStreamThatFailsIsReportedByTheLineAndByClosing() {
        OutputStream full = new OutputStream() {
            @Override
            public void write(int b) throws IOException {
                throw new IOException("no space left");
            }
        };
        TraceWriter writer = TraceWriter.to(full, HEADER);
        TraceLine large = failed("x".repeat(60_000));
        assertThatThrownBy(() -> {
                    writer.write(large);
                    writer.write(large);
                })
                .isInstanceOf(UncheckedIOException.class)
                .hasMessageContaining("no space left");
        assertThatThrownBy(writer::close).isInstanceOf(IOException.class);
    }

    @Test
    void aStreamThatFailedOnceIsNotTakenForWhole() {
        OutputStream brieflyFull = new OutputStream() {
            private boolean failed;

            @Override
            public void write(int b) throws IOException {
                failNow();
            }

            @Override
            public void write(byte[] bytes, int from, int length) throws IOException {
                failNow();
            }

            private void failNow() throws IOException {
                if (!failed) {
                    failed = true;
                    throw new IOException("no space left");
                }
            }
        };
        TraceWriter writer = TraceWriter.to(brieflyFull, HEADER);
        assertThatThrownBy(() -> writer.write(failed("x".repeat(65_536)))).isInstanceOf(UncheckedIOException.class);
        assertThatThrownBy(writer::close).hasMessage("the trace could not be written in full");
    }

    @Test
    void aLineThatNoReaderWouldTakeIsRefusedAndTheTraceGoesOn() throws IOException {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        try (TraceWriter writer = TraceWriter.to(out, HEADER)) {
            TraceLine stranger = new TraceLine(1, "C", 0, LINE.event());
            assertThatThrownBy(() -> writer.write(stranger)).hasMessage("host is C, legal is one of [A, B]");
            assertThatThrownBy(() -> writer.write(failed("x".repeat(65_537))))
                    .hasMessage("message has 65537 characters, legal in a trace is at most 65536");
            assertThatThrownBy(() -> writer.write(pulled(65)))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessageContaining("legal is at most 4194304");
            assertThatThrownBy(() -> writer.write(openedWith(65)))
                    .hasMessage("config has 65 settings, legal in a trace is at most 64");
            writer.write(LINE);
        }
        assertThat(out.toString(StandardCharsets.UTF_8)).isEqualTo(TEXT);
    }

    @Test
    void aLineAtTheBoundsIsTakenByTheReader() throws IOException {
        Path file = folder.resolve("t.ndjson");
        List<TraceLine> lines = List.of(failed("x".repeat(65_536)), pulled(63), openedWith(64));
        try (TraceWriter writer = TraceWriter.create(file, HEADER)) {
            lines.forEach(writer::write);
        }
        List<TraceLine> read = new ArrayList<>();
        try (TraceReader reader = TraceReader.open(file)) {
            reader.forEach(read::add);
        }
        assertThat(read).isEqualTo(lines);
    }

    @Test
    void aLineOfTheLargestLengthIsWrittenAndOneByteMoreIsNot() {
        int others = TraceWriter.json(pulled(64)).length() - 64 * 65_000;
        int left = (4 << 20) - others - 63 * 65_000;
        TracePacket large = new TracePacket.Unreadable("x".repeat(65_000));
        List<TracePacket> packets = new ArrayList<>(Collections.nCopies(63, large));
        packets.add(new TracePacket.Unreadable("\\".repeat(left / 2) + "x".repeat(left % 2)));
        TraceLine line = new TraceLine(1, "A", 0, new TraceEvent.Pull(1, 64, Outcome.ok(packets)));
        assertThat(TraceWriter.json(line)).hasSize(4 << 20);
        assertThatThrownBy(() -> TraceWriter.json(new TraceLine(10, "A", 0, line.event())))
                .hasMessage("line has 4194305 bytes, legal is at most 4194304");
    }

    @Test
    void aLineAloneIsOneJsonObject() {
        assertThat(TraceWriter.json(LINE)).isEqualTo(TEXT.lines().toList().get(1));
    }

    private static TraceLine failed(String message) {
        return new TraceLine(1, "A", 0, new TraceEvent.Close(1, Outcome.failed(ErrorCode.BAD_REQUEST, message)));
    }

    private static TraceLine pulled(int packets) {
        TracePacket packet = new TracePacket.Unreadable("x".repeat(65_000));
        Outcome<List<TracePacket>> outcome = Outcome.ok(Collections.nCopies(packets, packet));
        return new TraceLine(1, "A", 0, new TraceEvent.Pull(1, packets, outcome));
    }

    private static TraceLine openedWith(int settings) {
        Map<String, Long> given = new TreeMap<>();
        for (int i = 0; i < settings; i++) {
            given.put("s" + i, 0L);
        }
        return new TraceLine(1, "A", 0, new TraceEvent.Open(new Config(given), 1, OptionalLong.empty(),
                new Outcome.Failed<>(ErrorCode.BAD_REQUEST, Optional.empty(), "too many")));
    }

    private List<Path> files() throws IOException {
        try (Stream<Path> files = Files.list(folder)) {
            return files.toList();
        }
    }
}
