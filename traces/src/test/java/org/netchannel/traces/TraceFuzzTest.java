package org.netchannel.traces;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Optional;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;

/** Whatever a trace holds, reading ends with lines or with one clear message. */
class TraceFuzzTest {
    private static final byte[] GOOD = goodTrace();

    @Property
    void arbitraryBytesAreReadOrMalformed(@ForAll byte[] bytes) throws IOException {
        read(bytes);
    }

    @Property
    void arbitraryBytesAfterAHeaderAreReadOrMalformed(@ForAll byte[] bytes) throws IOException {
        int headerLength = new String(GOOD, StandardCharsets.ISO_8859_1).indexOf('\n') + 1;
        byte[] trace = Arrays.copyOf(GOOD, headerLength + bytes.length);
        System.arraycopy(bytes, 0, trace, headerLength, bytes.length);
        read(trace);
    }

    @Property
    void aGoodTraceWithOneByteChangedIsReadOrMalformed(
            @ForAll("positions") int position, @ForAll @IntRange(max = 255) int value) throws IOException {
        byte[] trace = GOOD.clone();
        trace[position] = (byte) value;
        read(trace);
    }

    @Property
    void aGoodTraceWithAPieceLeftOutIsReadOrMalformed(
            @ForAll("positions") int from, @ForAll @IntRange(min = 1, max = 300) int length) throws IOException {
        int to = Math.min(GOOD.length, from + length);
        byte[] trace = new byte[GOOD.length - (to - from)];
        System.arraycopy(GOOD, 0, trace, 0, from);
        System.arraycopy(GOOD, to, trace, from, GOOD.length - to);
        read(trace);
    }

    @Provide
    Arbitrary<Integer> positions() {
        return Arbitraries.integers().between(0, GOOD.length - 1);
    }

    @Test
    void aTraceCutAnywhereIsReadUpToThereAndReportedWhereItEnds() throws IOException {
        String text = new String(GOOD, StandardCharsets.ISO_8859_1);
        for (int length = 0; length < GOOD.length; length++) {
            int lineFrom = text.lastIndexOf('\n', length - 1) + 1;
            long line = text.substring(0, length).chars().filter(c -> c == '\n').count() + 1;
            boolean atLineEnd = length > 0 && (lineFrom == length || text.charAt(length) == '\n');
            Optional<MalformedTraceException> problem = read(Arrays.copyOf(GOOD, length));
            assertThat(problem.isEmpty()).as("cut after %d bytes", length).isEqualTo(atLineEnd);
            if (problem.isPresent()) {
                assertThat(problem.get().line()).as("cut after %d bytes", length).isEqualTo(line);
                assertThat(problem.get().column()).as("cut after %d bytes", length).isEqualTo(length - lineFrom + 1);
            }
        }
    }

    /** What is wrong, if anything; whatever else is thrown fails the test. */
    private static Optional<MalformedTraceException> read(byte[] trace) throws IOException {
        try (TraceReader reader = TraceReader.of(new ByteArrayInputStream(trace), "fuzz")) {
            while (reader.next().isPresent()) {
                // Reading is all that is wanted.
            }
            return Optional.empty();
        } catch (MalformedTraceException e) {
            assertThat(e.line()).isPositive();
            assertThat(e.column()).isBetween(1, trace.length + 1);
            assertThat(e.getMessage()).startsWith("fuzz, line " + e.line()).doesNotContain("\n", "\r", "Source:");
            return Optional.of(e);
        }
    }

    private static byte[] goodTrace() {
        try {
            Path file = Resources.path("examples/good/every-op.ndjson");
            return Files.readAllBytes(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
