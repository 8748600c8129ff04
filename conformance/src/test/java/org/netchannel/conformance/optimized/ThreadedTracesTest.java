package org.netchannel.conformance.optimized;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.netchannel.optimized.NetStack;

/**
 * What two stacks did with threads of their own, one for all channels or several: several connections of both classes,
 * a reader that stalls, channels that are cut and drained. The specification allows all of it.
 */
@Timeout(300)
class ThreadedTracesTest {
    /** The run with so many threads is judged by stock TLC, too, which takes longer. */
    private static final int SAMPLED = 2;

    private final RecordedStacks stacks = new RecordedStacks(Conversation.CONFIG);

    @ParameterizedTest
    @CsvSource({"false, 1", "false, 2", "false, 4", "true, 1", "true, 2", "true, 4"})
    void theSpecificationAcceptsWhatThreadsDid(boolean tcp, int channelThreads) throws Exception {
        try (Conversation conversation = new Conversation(); NetStack a = stacks.open("A", channelThreads);
                NetStack b = stacks.open("B", channelThreads)) {
            RecordedStacks.connect(a, b, tcp, tcp && channelThreads == 1 ? 2 : 3);
            conversation.run(a, b);
        }
        assertThat(stacks.accepted()).contains("NC-HOL-4", "NC-HOL-6", "NC-FAIL-1", "NC-CH-5");
        if (tcp && channelThreads == SAMPLED) {
            stacks.requireAcceptedByTlc();
        }
    }
}
