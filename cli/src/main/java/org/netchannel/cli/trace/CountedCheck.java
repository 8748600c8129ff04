package org.netchannel.cli.trace;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.Iterator;
import java.util.function.Consumer;
import org.netchannel.cli.Progress;
import org.netchannel.conformance.check.TraceChecker;
import org.netchannel.conformance.check.Verdict;
import org.netchannel.traces.MalformedTraceException;
import org.netchannel.traces.TraceLine;
import org.netchannel.traces.TraceReader;

/** Has a trace file judged, line by line, and counts how many lines the judge has read. One thread calls. */
public final class CountedCheck {
    /** A trace of fewer lines is checked before anybody wonders. */
    private static final long SHORT = 1_000;

    private final TraceChecker checker;
    private final Progress progress;
    private long linesRead;

    /**
     * Judges nothing yet.
     *
     * @param checker who judges
     * @param progress is shown the number of lines
     */
    public CountedCheck(TraceChecker checker, Progress progress) {
        this.checker = checker;
        this.progress = progress;
    }

    /**
     * Judges a file.
     *
     * @param trace the file
     * @return the verdict
     * @throws IOException when the file can't be read
     */
    public Verdict of(Path trace) throws IOException {
        try (TraceReader reader = TraceReader.open(trace)) {
            return checker.check(reader.header(), () -> telling(reader.iterator(), line -> count()));
        } catch (MalformedTraceException e) {
            return new Verdict.Malformed(e.getMessage());
        } catch (UncheckedIOException e) {
            throw e.getCause();
        }
    }

    /**
     * How far the judge came.
     *
     * @return the number of lines, without the header; the rejected one is the last
     */
    public long linesRead() {
        return linesRead;
    }

    private void count() {
        linesRead++;
        if (linesRead % SHORT == 0) {
            progress.show(String.format("%,d lines", linesRead));
        }
    }

    /**
     * The same lines.
     *
     * @param lines where they come from
     * @param each is told of each line that is taken
     * @return the lines
     */
    public static Iterator<TraceLine> telling(Iterator<TraceLine> lines, Consumer<TraceLine> each) {
        return new Iterator<>() {
            @Override
            public boolean hasNext() {
                return lines.hasNext();
            }

            @Override
            public TraceLine next() {
                TraceLine line = lines.next();
                each.accept(line);
                return line;
            }
        };
    }
}
