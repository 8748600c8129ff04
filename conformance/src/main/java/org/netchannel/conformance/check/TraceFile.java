package org.netchannel.conformance.check;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.netchannel.specs.engine.isolated.TlcValues;
import org.netchannel.traces.TraceLine;
import org.netchannel.traces.TraceReader;
import tlc2.overrides.TLAPlusOperator;
import tlc2.value.impl.IntValue;
import tlc2.value.impl.Value;

/**
 * The trace that the module TraceCheck is about, read from the file that a system property names. Used only inside the
 * process of {@link ForkedTlcChecker}, where TLC has one worker.
 */
public final class TraceFile {
    /** The system property with the file's name. */
    static final String PROPERTY = "netchannel.trace";

    private static final TraceFile TRACE = open(Path.of(System.getProperty(PROPERTY)));

    private final EventRecords records;
    private final List<TraceLine> lines = new ArrayList<>();
    /** For each event the index of its line, and where in its line it is. */
    private final List<int[]> events = new ArrayList<>();
    private final TlcValues values = new TlcValues();
    private int current;
    private Value currentEvent;

    private TraceFile(TraceReader reader) {
        this.records = new EventRecords(reader.header());
        for (TraceLine line : reader) {
            int count = records.of(line).size();
            for (int i = 0; i < count; i++) {
                events.add(new int[] {lines.size(), i});
            }
            lines.add(line);
        }
    }

    private static TraceFile open(Path file) {
        try (TraceReader reader = TraceReader.open(file)) {
            return new TraceFile(reader);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /**
     * How many events the trace has.
     *
     * @return a natural number
     */
    @TLAPlusOperator(identifier = "EventCount", module = "TraceCheck", warn = false)
    public static Value eventCount() {
        return IntValue.gen(TRACE.events.size());
    }

    /**
     * One event.
     *
     * @param number its number, from 1
     * @return the record
     */
    @TLAPlusOperator(identifier = "EventAt", module = "TraceCheck", minLevel = 1, warn = false)
    public static Value eventAt(Value number) {
        return TRACE.event(((IntValue) number).val);
    }

    private Value event(int number) {
        if (number != current) {
            int[] place = events.get(number - 1);
            List<Map<String, Object>> ofLine = records.of(lines.get(place[0]));
            currentEvent = values.toTlc(ofLine.get(place[1]));
            current = number;
        }
        return currentEvent;
    }
}
