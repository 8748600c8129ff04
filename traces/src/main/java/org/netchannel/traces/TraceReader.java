package org.netchannel.traces;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.Iterator;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.Optional;

/**
 * Reads a trace (endpoint.md, "Traces") line by line and holds one line at a time, so a trace may be of any length. The
 * form of every line is checked, its meaning is not. Fields that are not known are ignored. One thread calls.
 */
public final class TraceReader implements AutoCloseable, Iterable<TraceLine> {
    private final TraceInput input;
    private final TraceHeader header;

    private TraceReader(TraceInput input) throws IOException {
        this.input = input;
        if (!input.advance()) {
            throw input.malformed(1, "trace is empty, legal is a header first");
        }
        this.header = header(JsonLine.parse(input));
    }

    /**
     * Opens a trace file and reads its header.
     *
     * @param file the file
     * @return a reader that stands behind the header
     * @throws MalformedTraceException when the first line is no header
     * @throws IOException when the file cannot be read
     */
    public static TraceReader open(Path file) throws IOException {
        return of(Files.newInputStream(file), file.toString());
    }

    /**
     * Reads a trace from a stream.
     *
     * @param in the bytes; closed with the reader, and when the header is malformed
     * @param source what messages call the stream
     * @return a reader that stands behind the header
     * @throws MalformedTraceException when the first line is no header
     * @throws IOException when the stream cannot be read
     */
    public static TraceReader of(InputStream in, String source) throws IOException {
        TraceInput input = new TraceInput(in, source);
        try {
            return new TraceReader(input);
        } catch (IOException | RuntimeException e) {
            input.close();
            throw e;
        }
    }

    /**
     * The trace's first line.
     *
     * @return the header
     */
    public TraceHeader header() {
        return header;
    }

    /**
     * Reads the next line. After an exception there is nothing more to read.
     *
     * @return the line, or empty at the end of the trace
     * @throws MalformedTraceException when it is no line of a trace
     * @throws IOException when the trace cannot be read
     */
    public Optional<TraceLine> next() throws IOException {
        return input.advance() ? Optional.of(line(JsonLine.parse(input))) : Optional.empty();
    }

    /**
     * What is to be thrown when something else is wrong with the line that was read last.
     *
     * @param problem what, and what would be legal
     * @return the exception, which names the trace and the line
     */
    public MalformedTraceException malformed(String problem) {
        return input.malformed(1, problem);
    }

    /**
     * The lines that {@link #next} would give, for a loop; reads on where the last call stopped.
     *
     * @return the lines; an {@link IOException}, malformed lines among them, comes as the cause of an {@link
     *     UncheckedIOException}
     */
    @Override
    public Iterator<TraceLine> iterator() {
        return new Iterator<>() {
            private Optional<TraceLine> ahead = Optional.empty();

            @Override
            public boolean hasNext() {
                try {
                    ahead = ahead.isPresent() ? ahead : TraceReader.this.next();
                    return ahead.isPresent();
                } catch (IOException e) {
                    throw new UncheckedIOException(e);
                }
            }

            @Override
            public TraceLine next() {
                if (!hasNext()) {
                    throw new NoSuchElementException();
                }
                TraceLine line = ahead.get();
                ahead = Optional.empty();
                return line;
            }
        };
    }

    @Override
    public void close() throws IOException {
        input.close();
    }

    private TraceHeader header(JsonFields fields) throws MalformedTraceException {
        if (!fields.textOrEmpty("trace").equals(TraceFormat.NAME)) {
            throw fields.illegal("trace", '"' + TraceFormat.NAME + '"');
        }
        fields.integer("version", TraceFormat.VERSION, TraceFormat.VERSION);
        Config config = EventReader.config(fields);
        if (!config.problem().isEmpty()) {
            throw fields.malformed("config", config.problem());
        }
        return new TraceHeader(
                fields.text("implementation"),
                hosts(fields),
                config,
                fields.integer("seed", Long.MIN_VALUE, Long.MAX_VALUE));
    }

    private static List<String> hosts(JsonFields fields) throws MalformedTraceException {
        JsonFields list = fields.list("hosts");
        if (list.size() == 0) {
            throw fields.malformed("hosts", "hosts is empty, legal is at least one name");
        }
        List<String> hosts = new ArrayList<>();
        for (int i = 0; i < list.size(); i++) {
            hosts.add(list.textAt(i));
        }
        if (new HashSet<>(hosts).size() < hosts.size()) {
            throw fields.malformed("hosts", "hosts has a name twice, legal are different names");
        }
        return hosts;
    }

    private TraceLine line(JsonFields fields) throws MalformedTraceException {
        long step = fields.integer("step", 1, Long.MAX_VALUE);
        int host = header.hosts().indexOf(fields.textOrEmpty("host"));
        if (host < 0 || !fields.hasText("host")) {
            throw fields.illegal("host", "one of " + String.join(", ", header.hosts()));
        }
        long nanos = fields.integer("nanos", 0, Long.MAX_VALUE);
        return new TraceLine(step, header.hosts().get(host), nanos, EventReader.read(fields));
    }
}
