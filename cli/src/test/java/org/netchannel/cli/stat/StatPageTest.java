package org.netchannel.cli.stat;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.netchannel.optimized.counters.CountersSnapshot;
import org.netchannel.optimized.counters.CountersSnapshot.LoggedError;

/** The page of {@code netchannel stat}. */
class StatPageTest {
    private static CountersSnapshot snapshot(long beatMs, long packets, List<LoggedError> errors) {
        return new CountersSnapshot(42, 0, beatMs, Map.of("packets", packets), errors);
    }

    private static StackView view(CountersSnapshot now, CountersSnapshot before, long readMs, boolean alive) {
        return new StackView(Path.of("x.counters"), now, before, readMs, alive);
    }

    @Test
    void growthIsToldASecond() {
        StackView view = view(snapshot(5_500, 2_500, List.of()), snapshot(5_000, 500, List.of()), 5_500, true);
        assertThat(view.perSecond("packets")).hasValue(4_000);
        assertThat(StatPage.text(List.of(view), false, ZoneOffset.UTC)).containsPattern("packets +2,500 +4,000");
    }

    @Test
    void withoutABeatInBetweenThereIsNoGrowth() {
        CountersSnapshot same = snapshot(5_000, 500, List.of());
        assertThat(view(same, same, 6_000, true).perSecond("packets")).isEmpty();
    }

    /** From both sides of the bound. */
    @Test
    void aStackThatDoesNotBeatIsNoticed() {
        CountersSnapshot last = snapshot(10_000, 1, List.of());
        assertThat(view(last, last, 11_999, true).state()).isEqualTo("process 42, running for 0:00:11");
        assertThat(view(last, last, 12_000, true).state()).contains("NO BEAT for 2.0 s");
        assertThat(view(last, last, 12_000, false).state()).contains("process 42 is gone");
    }

    @Test
    void textOfOtherProcessesCannotSteerTheTerminal() {
        CountersSnapshot hostile = new CountersSnapshot(42, 0, 1, Map.of("a\u001b[2Jb", 1L),
                List.of(new LoggedError(1, 0, "c\u001b[31md\nsecond line")));
        String page = StatPage.text(List.of(view(hostile, hostile, 1, true)), false, ZoneOffset.UTC);
        assertThat(page).contains("a?[2Jb").contains("00:00:00: c?[31md").doesNotContain("\u001b");
    }
}
