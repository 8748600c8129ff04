package org.netchannel.traces;

import com.fasterxml.jackson.core.JsonGenerator;
import java.io.BufferedOutputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.UUID;

/**
 * Writes a trace (endpoint.md, "Traces") line by line. A trace file comes into being when the writer is closed: until
 * then its lines stand in a temporary file beside it, so nobody sees half a trace under its name. One thread calls.
 */
public final class TraceWriter implements AutoCloseable {
    private static final int BUFFER_BYTES = 1 << 16;

    /** Writes the fields of a line's object. */
    private interface Fields {
        void write(JsonGenerator json) throws IOException;
    }

    private final OutputStream out;
    private final List<String> hosts;
    private final Path temporary;
    private final Path file;
    private boolean failed;
    private boolean closed;

    /** Without a temporary file the stream is all there is. */
    private TraceWriter(OutputStream out, TraceHeader header, Path temporary, Path file) {
        this.out = out;
        this.hosts = header.hosts();
        this.temporary = temporary;
        this.file = file;
        write(encode(json -> header(json, header)));
    }

    /**
     * Begins a trace file. One that is there under that name stays as it is until {@link #close}.
     *
     * @param file where the trace is to stand; not there yet, or a regular file
     * @param header the first line
     * @return a writer for the lines
     * @throws IOException when no file can be written there
     * @throws IllegalArgumentException when a text in the header is longer than a reader takes
     */
    public static TraceWriter create(Path file, TraceHeader header) throws IOException {
        if (Files.exists(file) && !Files.isRegularFile(file)) {
            throw new FileSystemException(file.toString(), null, "is no regular file, so no trace can be put there");
        }
        Path folder = file.toAbsolutePath().getParent();
        if (folder == null || !Files.isDirectory(folder)) {
            throw new FileSystemException(file.toString(), null, "its folder does not exist");
        }
        Path temporary = folder.resolve(file.getFileName() + "." + UUID.randomUUID() + ".tmp");
        OutputStream out = Files.newOutputStream(temporary, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE);
        try {
            return new TraceWriter(new BufferedOutputStream(out, BUFFER_BYTES), header, temporary, file);
        } catch (RuntimeException e) {
            out.close();
            Files.delete(temporary);
            throw e;
        }
    }

    /**
     * Begins a trace on a stream.
     *
     * @param out receives the lines; closed with the writer
     * @param header the first line
     * @return a writer for the lines
     * @throws UncheckedIOException when the stream cannot be written
     * @throws IllegalArgumentException when a text in the header is longer than a reader takes
     */
    public static TraceWriter to(OutputStream out, TraceHeader header) {
        return new TraceWriter(new BufferedOutputStream(out, BUFFER_BYTES), header, null, null);
    }

    /**
     * Writes the next line.
     *
     * @param line the line
     * @throws UncheckedIOException when it cannot be written; the trace is then given up
     * @throws IllegalArgumentException when no reader would take it: its host is none of the header's, a text in it or
     *     the whole line is too long; nothing is written
     */
    public void write(TraceLine line) {
        if (!hosts.contains(line.host())) {
            throw new IllegalArgumentException("host is " + line.host() + ", legal is one of " + hosts);
        }
        write(encode(json -> line(json, line)));
    }

    /**
     * A line as it stands in a trace.
     *
     * @param line the line
     * @return one JSON object, without a line feed
     * @throws IllegalArgumentException when no reader would take it
     */
    public static String json(TraceLine line) {
        return encode(json -> line(json, line)).toString(StandardCharsets.UTF_8);
    }

    /**
     * A header as it stands in a trace.
     *
     * @param header the first line
     * @return one JSON object, without a line feed
     * @throws IllegalArgumentException when no reader would take it
     */
    public static String json(TraceHeader header) {
        return encode(json -> header(json, header)).toString(StandardCharsets.UTF_8);
    }

    /**
     * Ends the trace and puts it in its place. A trace that could not be written in full leaves nothing behind.
     *
     * @throws IOException when the trace could not be written in full
     */
    @Override
    public void close() throws IOException {
        if (closed) {
            return;
        }
        closed = true;
        try {
            out.close();
            if (failed) {
                throw new IOException("the trace could not be written in full");
            }
            if (temporary != null) {
                Files.move(temporary, file, StandardCopyOption.ATOMIC_MOVE);
            }
        } finally {
            if (temporary != null) {
                Files.deleteIfExists(temporary);
            }
        }
    }

    private void write(ByteArrayOutputStream line) {
        try {
            line.writeTo(out);
            out.write('\n');
        } catch (IOException e) {
            failed = true;
            throw new UncheckedIOException(e);
        }
    }

    private static ByteArrayOutputStream encode(Fields fields) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (JsonGenerator json = TraceFormat.JSON.createGenerator(bytes)) {
            json.writeStartObject();
            fields.write(json);
            json.writeEndObject();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        if (bytes.size() > TraceFormat.MAX_LINE_BYTES) {
            throw new IllegalArgumentException(
                    "line has " + bytes.size() + " bytes, legal is at most " + TraceFormat.MAX_LINE_BYTES);
        }
        return bytes;
    }

    private static void header(JsonGenerator json, TraceHeader header) throws IOException {
        json.writeStringField("trace", TraceFormat.NAME);
        json.writeNumberField("version", TraceFormat.VERSION);
        TraceFormat.writeText(json, "implementation", header.implementation());
        json.writeArrayFieldStart("hosts");
        for (String host : header.hosts()) {
            json.writeString(TraceFormat.bounded("host", host));
        }
        json.writeEndArray();
        EventWriter.config(json, header.config());
        json.writeNumberField("seed", header.seed());
    }

    private static void line(JsonGenerator json, TraceLine line) throws IOException {
        json.writeNumberField("step", line.step());
        TraceFormat.writeText(json, "host", line.host());
        json.writeNumberField("nanos", line.nanos());
        EventWriter.write(json, line.event());
    }
}
