package org.netchannel.optimized.counters;

import java.io.IOException;
import java.nio.MappedByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.agrona.concurrent.UnsafeBuffer;
import org.agrona.concurrent.errors.ErrorLogReader;
import org.agrona.concurrent.status.CountersReader;

/**
 * What a stack has counted so far, as another process sees it.
 *
 * @param process the process of the stack
 * @param startedMs when the file was made, in milliseconds of the epoch
 * @param beatMs when the stack last said that it is alive, in milliseconds of the epoch
 * @param counters values by label, in the order in which they were allocated
 * @param errors what went wrong, each kind of error once
 */
public record CountersSnapshot(
        long process, long startedMs, long beatMs, Map<String, Long> counters, List<LoggedError> errors) {
    /**
     * An error that has happened.
     *
     * @param times how often
     * @param lastMs when for the last time, in milliseconds of the epoch
     * @param text the exception, with its stack
     */
    public record LoggedError(int times, long lastMs, String text) {}

    /**
     * Reads a file. What another process has written is not trusted: whatever it is, the answer is a snapshot or an
     * {@link IOException}.
     *
     * @param path the file
     * @return what stands in it now
     * @throws IOException when it can't be read, or is no file of counters
     */
    public static CountersSnapshot of(Path path) throws IOException {
        try (FileChannel file = FileChannel.open(path, StandardOpenOption.READ)) {
            if (file.size() != Layout.LENGTH) {
                throw new IOException(path + " is no file of counters: its length is " + file.size() + ", not "
                        + Layout.LENGTH);
            }
            MappedByteBuffer mapped = file.map(FileChannel.MapMode.READ_ONLY, 0, Layout.LENGTH);
            UnsafeBuffer header = Layout.header(mapped);
            if (!Layout.isComplete(header)) {
                throw new IOException(path + " is no file of counters, or not yet");
            }
            return new CountersSnapshot(Layout.process(header), Layout.started(header), Layout.beat(header),
                    counters(mapped), errors(mapped));
        } catch (IndexOutOfBoundsException | IllegalArgumentException e) {
            throw new IOException(path + " is no file of counters: " + e.getMessage(), e);
        }
    }

    private static Map<String, Long> counters(MappedByteBuffer mapped) {
        CountersReader reader = new CountersReader(Layout.metadata(mapped), Layout.values(mapped));
        Map<String, Long> counters = new LinkedHashMap<>();
        reader.forEach((value, id, label) -> counters.put(label, value));
        return counters;
    }

    private static List<LoggedError> errors(MappedByteBuffer mapped) {
        List<LoggedError> errors = new ArrayList<>();
        ErrorLogReader.read(Layout.errors(mapped), (times, first, last, text) ->
                errors.add(new LoggedError(times, last, text)));
        return errors;
    }
}
