package org.netchannel.conformance.check;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.netchannel.traces.TraceHeader;
import org.netchannel.traces.TraceLine;
import org.netchannel.traces.TraceWriter;

/** A trace written to a file for another process, up to where it can be, and where its events are. */
final class TraceCopy {
    private final Path file;
    private final List<Long> steps = new ArrayList<>();
    /** For each line how many events there are up to its end. */
    private final List<Integer> ends = new ArrayList<>();
    private Optional<Verdict> ending = Optional.empty();

    private TraceCopy(Path file) {
        this.file = file;
    }

    static TraceCopy write(TraceHeader header, Iterable<TraceLine> lines, Path file) throws IOException {
        TraceCopy copy = new TraceCopy(file);
        try (TraceWriter writer = TraceWriter.create(file, header)) {
            copy.write(new EventRecords(header), lines, writer);
        }
        return copy;
    }

    private void write(EventRecords records, Iterable<TraceLine> lines, TraceWriter writer) {
        try {
            for (TraceLine line : lines) {
                ends.add(events() + records.of(line).size());
                steps.add(line.step());
                writer.write(line);
            }
        } catch (BeyondSpecException e) {
            ending = Optional.of(new Verdict.Incomplete(steps.isEmpty() ? 0 : steps.getLast(), e.getMessage()));
        } catch (UncheckedIOException e) {
            ending = Optional.of(SpecOracle.malformed(e));
        }
    }

    int events() {
        return ends.isEmpty() ? 0 : ends.getLast();
    }

    int lines() {
        return steps.size();
    }

    /** The verdict when the trace ends with a line that is no event, and all before it is explained. */
    Optional<Verdict> ending() {
        return ending;
    }

    /** The step of the line that an event belongs to. */
    long stepOf(int event) {
        return steps.get(lineOf(event));
    }

    /** The line that an event belongs to, as it stands in the file. */
    String textOf(int event) throws IOException {
        try (Stream<String> text = Files.lines(file)) {
            return text.skip(1L + lineOf(event)).findFirst().orElseThrow();
        }
    }

    private int lineOf(int event) {
        int found = Collections.binarySearch(ends, event);
        return found >= 0 ? found : -found - 1;
    }
}
