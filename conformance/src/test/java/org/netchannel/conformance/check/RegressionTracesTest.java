package org.netchannel.conformance.check;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.netchannel.traces.TraceReader;

/** Traces of bugs that were found. A file's name says what happens in it and, where it is rejected, at which step. */
class RegressionTracesTest {
    private static final Path TRACES = Path.of("src/test/resources");

    private static SpecOracle oracle;

    @BeforeAll
    static void loadSpecification() {
        oracle = new SpecOracle(Path.of("../specs/tla"));
    }

    @Test
    void whatTheSpecificationOnceRejectedWronglyIsAccepted() throws IOException {
        for (Path trace : in("accepted")) {
            assertThat(check(trace)).as(trace.toString()).isInstanceOf(Verdict.Accepted.class);
        }
    }

    @Test
    void whatTheReferenceOnceDidWronglyIsRejectedAtThatStep() throws IOException {
        for (Path trace : in("rejected")) {
            String name = trace.getFileName().toString();
            long step = Long.parseLong(name.substring(name.lastIndexOf('-') + 1, name.lastIndexOf('.')));
            assertThat(check(trace)).as(name).isInstanceOfSatisfying(
                    Verdict.Rejected.class, rejected -> assertThat(rejected.step()).isEqualTo(step));
        }
    }

    private static List<Path> in(String folder) throws IOException {
        try (Stream<Path> files = Files.list(TRACES.resolve(folder))) {
            List<Path> traces = files.toList();
            assertThat(traces).isNotEmpty();
            return traces;
        }
    }

    private static Verdict check(Path trace) {
        try (TraceReader reader = TraceReader.open(trace)) {
            return oracle.check(reader.header(), reader);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
