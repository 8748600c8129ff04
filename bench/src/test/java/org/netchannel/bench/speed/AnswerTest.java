package org.netchannel.bench.speed;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.netchannel.bench.speed.Demand.Bound;

/** Medians, ratios, bounds and the order of rounds. */
class AnswerTest {
    /** Measures what it is told to, one value after the other. */
    private record Scripted(String name, Iterator<Double> values, List<String> order, List<Duration> times)
            implements Contender {
        @Override
        public Map<Quantity, Double> sample(Duration time) {
            order.add(name);
            times.add(time);
            return Map.of(Quantity.GBIT_PER_SECOND, values.next());
        }
    }

    private final List<String> order = new ArrayList<>();
    private final List<Duration> times = new ArrayList<>();

    private Answer ask(Bound bound, Double[] ours, Double[] theirs) throws IOException {
        Question question = new Question("q", "How fast?",
                List.of(new Scripted("ours", Arrays.asList(ours).iterator(), order, times),
                        new Scripted("theirs", Arrays.asList(theirs).iterator(), order, times)),
                List.of(new Demand(Quantity.GBIT_PER_SECOND, "ours", "theirs", bound)));
        return new Interview(ours.length - 1, Duration.ofMillis(1), line -> {}).ask(question);
    }

    @Test
    void ratiosAreOfSamplesOfTheSameRoundAndTheFirstRoundDoesNotCount() throws IOException {
        Answer answer = ask(Bound.atLeast(2), new Double[] {900.0, 4.0, 9.0, 40.0}, new Double[] {1.0, 2.0, 3.0, 20.0});
        assertThat(answer.verdicts().getFirst().spread()).isEqualTo(new Spread(2, 2, 2.5));
        assertThat(answer.figures().getFirst().spread()).isEqualTo(new Spread(9, 6.5, 24.5));
        assertThat(answer.isMet()).isTrue();
    }

    @Test
    void contendersTakeTurnsAtBeingFirst() throws IOException {
        ask(Bound.atLeast(1), new Double[] {1.0, 1.0, 1.0}, new Double[] {1.0, 1.0, 1.0});
        assertThat(order).containsExactly("ours", "theirs", "theirs", "ours", "ours", "theirs");
    }

    @Test
    void whatDoesNotCountTakesFiveTimesAsLong() throws IOException {
        ask(Bound.atLeast(1), new Double[] {1.0, 1.0}, new Double[] {1.0, 1.0});
        Duration once = Duration.ofMillis(1);
        assertThat(times).containsExactly(once.multipliedBy(5), once.multipliedBy(5), once, once);
    }

    @ParameterizedTest
    @CsvSource({"true, 1.99, false", "true, 2, true", "false, 2, true", "false, 2.01, false"})
    void boundsAreMetUpToThemselves(boolean lower, double measured, boolean met) {
        assertThat(new Bound(lower, 2).isMet(measured)).isEqualTo(met);
    }

    @Test
    void aRatioOfWhichNothingIsPromisedIsStatedAndHolds() throws IOException {
        Answer answer = ask(null, new Double[] {1.0, 4.0}, new Double[] {1.0, 2.0});
        assertThat(answer.isMet()).isTrue();
        assertThat(AnswerText.of(AnswerTree.of(answer)))
                .contains("ours Gbit/s is 2.000 times theirs [2.000 .. 2.000]").doesNotContain("wanted");
    }

    @Test
    void contendersAreClosedAfterTheLastRoundAndWhenOneFails() throws IOException {
        List<String> events = new ArrayList<>();
        Contender ours = new Contender() {
            @Override
            public String name() {
                return "ours";
            }

            @Override
            public Map<Quantity, Double> sample(Duration time) throws IOException {
                events.add("sample");
                if (events.size() > 4) {
                    throw new IOException("out of order");
                }
                return Map.of(Quantity.GBIT_PER_SECOND, 1.0);
            }

            @Override
            public void close() {
                events.add("close");
            }
        };
        Question question = new Question("q", "How fast?", List.of(ours), List.of());
        Interview interview = new Interview(1, Duration.ofMillis(1), line -> {});
        interview.ask(question);
        assertThat(events).containsExactly("sample", "sample", "close");
        assertThatThrownBy(() -> interview.ask(question)).isInstanceOf(IOException.class);
        assertThat(events).endsWith("sample", "sample", "close");
    }

    @Test
    void oneMissedDemandIsToldInTextAndTree() throws IOException {
        Answer answer = ask(Bound.atLeast(2.5), new Double[] {1.0, 4.0}, new Double[] {1.0, 2.0});
        assertThat(answer.isMet()).isFalse();
        assertThat(AnswerText.of(AnswerTree.of(answer)))
                .contains("MISSED ours Gbit/s, wanted at least 2.50 times theirs: 2.000");
        assertThat(AnswerTree.of(answer)).containsEntry("met", false);
    }
}
