package org.netchannel.conformance.tcp;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.netchannel.conformance.tcp.RecordedEnds.Faults;
import org.netchannel.optimized.tcp.State;
import org.netchannel.specs.SpecFiles;
import org.netchannel.specs.engine.SpecEngine;
import org.netchannel.specs.engine.SpecState;

/**
 * What connections of the TCP in user space do, judged by TcpConnection.tla. {@code -Dtcp.traces=N} asks for N records
 * of each kind.
 */
class TcpConnectionTracesTest {
    private static final int RECORDS = Integer.getInteger("tcp.traces", 20);
    private static final int TURNS = 3_000;
    private static final Faults LOSSY = new Faults(100_000, 50_000, 50_000, 0, 0);
    private static final Faults HOSTILE = new Faults(100_000, 50_000, 50_000, 5_000, 50_000);

    @TempDir
    private static Path modules;

    private static SpecEngine oneConnects;
    private static SpecEngine bothConnect;

    @BeforeAll
    static void load() throws IOException {
        SpecFiles.builtIn().extractTo(modules);
        oneConnects = load("TraceTcpConnection");
        bothConnect = load("TraceTcpBothConnect");
    }

    private static SpecEngine load(String config) {
        return SpecEngine.load(modules, "TraceTcpConnection", config, Set.of("Event", "BytesOf"));
    }

    /** The number of the first event that the specification can't explain, or that breaks a property; -1 for none. */
    private static int firstWrong(SpecEngine engine, Map<String, Object> bytes, List<Map<String, Object>> record,
            Set<List<String>> steps) {
        engine.supply("BytesOf", bytes);
        SpecState state = engine.initialStates().getFirst();
        Map<String, String> states = new HashMap<>(Map.of("A", "CLOSED", "B", "CLOSED"));
        for (int i = 0; i < record.size(); i++) {
            Map<String, Object> event = record.get(i);
            engine.supply("Event", event);
            List<SpecState> next = engine.successors("TraceNext", state);
            if (next.isEmpty() || !engine.violatedInvariants(next.getFirst()).isEmpty()) {
                return i;
            }
            state = next.getFirst();
            String now = (String) event.get("state");
            steps.add(List.of(states.put((String) event.get("at"), now), now));
        }
        return -1;
    }

    private static String shown(RecordedEnds ends, int wrong) {
        List<Map<String, Object>> record = ends.record();
        StringBuilder text = new StringBuilder("event " + wrong + " of " + record.size() + "; bytes " + ends.bytes());
        for (int i = Math.max(0, wrong - 40); i <= wrong; i++) {
            text.append("\n").append(i).append(" ").append(record.get(i));
        }
        return text.toString();
    }

    @ParameterizedTest
    @CsvSource({"false, false", "false, true", "true, false", "true, true"})
    void everyStepIsOneOfTheSpecification(boolean both, boolean hostile) {
        Set<List<String>> steps = new HashSet<>();
        for (long seed = 1; seed <= RECORDS; seed++) {
            RecordedEnds ends = new RecordedEnds(seed, hostile ? HOSTILE : LOSSY, both, 3).run(TURNS);
            int wrong = firstWrong(both ? bothConnect : oneConnects, ends.bytes(), ends.record(), steps);
            assertThat(wrong).as("seed %d: %s", seed, wrong < 0 ? "" : shown(ends, wrong)).isEqualTo(-1);
        }
        assertThat(steps).contains(step(State.SYN_RECEIVED, State.ESTABLISHED),
                step(State.ESTABLISHED, State.FIN_WAIT_1), step(State.FIN_WAIT_1, State.CLOSING),
                step(State.FIN_WAIT_2, State.TIME_WAIT), step(State.TIME_WAIT, State.CLOSED),
                step(State.LAST_ACK, State.CLOSED));
        assertThat(steps.contains(step(State.SYN_SENT, State.SYN_RECEIVED))).isEqualTo(both);
    }

    private static List<String> step(State from, State to) {
        return List.of(from.name(), to.name());
    }

    /** Whatever state an end says it is in, and is not, whatever it acknowledges and has not: it is noticed there. */
    @Test
    void aChangedRecordIsRejectedWhereItWasChanged() {
        RecordedEnds ends = new RecordedEnds(1, LOSSY, true, 1).run(TURNS);
        List<Map<String, Object>> record = ends.record();
        int sent = 0;
        for (int i = 0; i < record.size(); i++) {
            Map<String, Object> event = record.get(i);
            State state = State.valueOf((String) event.get("state"));
            for (State other : List.of(State.ESTABLISHED, State.CLOSING, State.TIME_WAIT, State.CLOSED)) {
                if (other != state) {
                    assertRejected(ends, i, with(event, "state", other.name()));
                }
            }
            if (event.get("what").equals("is sent")) {
                sent++;
                @SuppressWarnings("unchecked") // it is what RecordedEnds made
                Map<String, Object> segment = (Map<String, Object>) event.get("segment");
                assertRejected(ends, i, with(event, "segment", with(segment, "ack", (int) segment.get("ack") + 1)));
                assertRejected(ends, i, with(event, "segment", with(segment, "seq", (int) segment.get("seq") + 40)));
                if (!segment.get("flags").equals(Set.of("RST"))) {
                    assertRejected(ends, i, with(event, "segment", with(segment, "flags", Set.of("RST"))));
                }
            }
        }
        assertThat(sent).isGreaterThan(5);
    }

    private static void assertRejected(RecordedEnds ends, int at, Map<String, Object> event) {
        List<Map<String, Object>> changed = new ArrayList<>(ends.record());
        changed.set(at, event);
        assertThat(firstWrong(bothConnect, ends.bytes(), changed, new HashSet<>())).as("%s", event).isEqualTo(at);
    }

    private static Map<String, Object> with(Map<String, Object> map, String key, Object value) {
        Map<String, Object> changed = new HashMap<>(map);
        changed.put(key, value);
        return changed;
    }
}
