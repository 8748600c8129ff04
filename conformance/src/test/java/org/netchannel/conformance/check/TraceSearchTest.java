package org.netchannel.conformance.check;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.Collection;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.netchannel.specs.engine.SpecEngine;
import org.netchannel.specs.engine.SpecState;
import org.netchannel.traces.TraceEvent;
import org.netchannel.traces.TraceLine;

/** What the search keeps does not grow with the trace. */
class TraceSearchTest {
    private static final long SEED = 1;
    private static final int LINES = 6_000;

    @Test
    void nothingIsOwedOnAChannelWhoseTransmitQueueIsEmpty() {
        SpecEngine engine = SpecEngine.load(
                Path.of("../specs/tla"), "TraceNetChannel", "TraceNetChannel", Set.of("Event"));
        long looked = DeepStack.call(() -> {
            EventRecords records = new EventRecords(SampleTrace.header(SEED));
            TraceSearch search = new TraceSearch(engine);
            long emptied = 0;
            for (TraceLine line : SampleTrace.lines(SEED, LINES)) {
                for (Map<String, Object> event : records.of(line)) {
                    assertThat(search.explain(line, event)).as("seed %d, %s", SEED, line).isTrue();
                    if (line.event() instanceof TraceEvent.Pull && Boolean.TRUE.equals(event.get("drained"))) {
                        emptied++;
                        assertThat(search.states()).allSatisfy(state -> assertThat(owed(state, event)).isEmpty());
                    }
                }
            }
            return emptied;
        });
        assertThat(looked).isPositive();
    }

    private static Collection<?> owed(SpecState state, Map<String, Object> event) {
        Map<?, ?> host = (Map<?, ?>) ((Map<?, ?>) state.value("host")).get(event.get("host"));
        Map<?, ?> channel = (Map<?, ?>) ((Map<?, ?>) host.get("chan")).get(event.get("channel"));
        return (Collection<?>) channel.get("owed");
    }
}
