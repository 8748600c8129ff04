package org.netchannel.traces;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

class ExampleTracesTest {
    @Test
    void everyGoodTraceIsWrittenByteForByteAsItIs() throws IOException {
        List<Path> files = Resources.traces("examples/good");
        assertThat(files).isNotEmpty();
        for (Path file : files) {
            assertThat(copy(file)).as(file.toString()).isEqualTo(Files.readString(file));
        }
    }

    @Test
    void theGoodTracesHaveEveryOp() throws IOException {
        Set<String> ops = new TreeSet<>();
        for (Path file : Resources.traces("examples/good")) {
            try (TraceReader reader = TraceReader.open(file)) {
                reader.forEach(line -> ops.add(line.event().op()));
            }
        }
        assertThat(ops).hasSize(TraceEvent.class.getPermittedSubclasses().length);
    }

    @Test
    void everyMalformedTraceIsReportedWithPlaceFieldValueAndWhatIsLegal() throws IOException {
        Path folder = Resources.path("examples/bad");
        List<String> messages = new ArrayList<>();
        for (Path file : Resources.traces("examples/bad")) {
            MalformedTraceException e = catchThrowableOfType(MalformedTraceException.class, () -> readAll(file));
            assertThat(e).as(file.toString()).isNotNull();
            assertThat(e.getMessage())
                    .startsWith(folder + "/")
                    .contains(", line " + e.line() + ", column " + e.column() + ": ");
            messages.add(e.getMessage().substring(folder.toString().length() + 1));
        }
        assertThat(messages).isEqualTo(Resources.lines("examples/bad/messages.txt"));
    }

    private static String copy(Path file) throws IOException {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        try (TraceReader reader = TraceReader.open(file);
                TraceWriter writer = TraceWriter.to(out, reader.header())) {
            reader.forEach(writer::write);
        }
        return out.toString(StandardCharsets.UTF_8);
    }

    private static void readAll(Path file) throws IOException {
        try (TraceReader reader = TraceReader.open(file)) {
            while (reader.next().isPresent()) {
                // Reading is all that is wanted.
            }
        }
    }
}
