package org.netchannel.conformance.check;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.netchannel.conformance.check.Mutations.Mutation;
import org.netchannel.specs.engine.SpecEngine;
import org.netchannel.specs.engine.SpecState;
import org.netchannel.traces.Outcome;
import org.netchannel.traces.TraceEvent;
import org.netchannel.traces.TraceHeader;
import org.netchannel.traces.TraceLine;

/**
 * One line of an accepted trace is dropped, given twice, swapped with the next, or altered in any field. Then the trace
 * is rejected, or the specification is afterwards in the states in which the trace as it was leaves it.
 */
class MutatedTraceTest {
    private static final Path SPECS = Path.of("../specs/tla");
    private static final long SEED = 1;
    private static final TraceHeader HEADER = SampleTrace.header(SEED);
    private static final List<TraceLine> TRACE = SampleTrace.lines(SEED, 520);
    private static final Mutations MUTATIONS = new Mutations(HEADER, TRACE);

    private static SpecEngine engine;
    private static SpecOracle oracle;

    /** For each line the states before it, and those after the last. */
    private static List<List<SpecState>> states;

    @BeforeAll
    static void follow() {
        oracle = new SpecOracle(SPECS);
        engine = SpecEngine.load(SPECS, "TraceNetChannel", "TraceNetChannel", Set.of("Event"));
        TraceSearch search = new TraceSearch(engine);
        states = new ArrayList<>(List.of(search.states()));
        for (TraceLine line : TRACE) {
            assertThat(take(search, line)).as("step %d", line.step()).isTrue();
            states.add(search.states());
        }
    }

    private static boolean take(TraceSearch search, TraceLine line) {
        for (Map<String, Object> event : new EventRecords(HEADER).of(line)) {
            if (!search.explain(line, event)) {
                return false;
            }
        }
        return true;
    }

    @Test
    void everyMutationOfTheOpeningIsRejectedOrMakesNoDifference() {
        assertThat(differences(0, 60)).isEmpty();
    }

    @Test
    void everyMutationInTheMiddleIsRejectedOrMakesNoDifference() {
        assertThat(differences(300, 400)).isEmpty();
    }

    private static List<String> differences(int from, int to) {
        List<String> differences = new ArrayList<>();
        int rejected = 0;
        for (int i = from; i < to; i++) {
            for (Mutation mutation : MUTATIONS.at(i)) {
                switch (outcome(i, mutation)) {
                    case REJECTED -> rejected++;
                    case DIFFERENT -> differences.add("step " + (i + 1) + ": " + mutation.what());
                    case EQUAL -> { }
                }
            }
        }
        assertThat(rejected).as("rejections").isGreaterThan(10 * (to - from));
        return differences;
    }

    private enum Effect { REJECTED, EQUAL, DIFFERENT }

    private static Effect outcome(int index, Mutation mutation) {
        TraceSearch search = new TraceSearch(engine, states.get(index));
        for (TraceLine line : mutation.lines()) {
            if (!take(search, line)) {
                return Effect.REJECTED;
            }
        }
        for (int next = index + mutation.replaced(); next < TRACE.size(); next++) {
            if (search.states().equals(states.get(next))) {
                return Effect.EQUAL;
            }
            if (!take(search, TRACE.get(next))) {
                return Effect.REJECTED;
            }
        }
        return isAnotherBehaviour(index, mutation) ? Effect.EQUAL : Effect.DIFFERENT;
    }

    /**
     * To the end of the trace nothing contradicts the mutation. Either the reference itself would have behaved so, or
     * the specification leaves it to the implementation, and what was altered has not reached the other host.
     */
    private static boolean isAnotherBehaviour(int index, Mutation mutation) {
        List<TraceLine> lines = new ArrayList<>(TRACE.subList(0, index));
        lines.addAll(mutation.lines());
        lines.addAll(TRACE.subList(index + mutation.replaced(), TRACE.size()));
        TraceEvent event = TRACE.get(index).event();
        boolean free = event instanceof TraceEvent.Pull && event.outcome() instanceof Outcome.Ok<?>
                || event instanceof TraceEvent.Receive && mutation.what().startsWith(".data.length");
        return free || new ReferenceOracle().check(HEADER, lines) instanceof Verdict.Accepted;
    }

    @Test
    void tlcAgreesOnTheTraceAndOnMutationsOfIt() {
        assertSameVerdict(TRACE);
        assertThat(oracle.check(HEADER, TRACE)).isInstanceOf(Verdict.Accepted.class);
        for (int index : new int[] {30, 333}) {
            List<TraceLine> lines = new ArrayList<>(TRACE);
            TraceLine line = lines.get(index);
            lines.set(index, new TraceLine(line.step(), line.host(), line.nanos() + 1, line.event()));
            assertSameVerdict(lines);
            assertThat(oracle.check(HEADER, lines))
                    .isInstanceOfSatisfying(Verdict.Rejected.class, rejected -> assertThat(rejected.step())
                            .isEqualTo(line.step()));
        }
    }

    private static void assertSameVerdict(List<TraceLine> lines) {
        Verdict expected = oracle.check(HEADER, lines);
        Verdict verdict = new ForkedTlcChecker(SPECS, Duration.ofMinutes(2)).check(HEADER, lines);
        assertThat(verdict).hasSameClassAs(expected);
        if (verdict instanceof Verdict.Rejected rejected && expected instanceof Verdict.Rejected same) {
            assertThat(rejected.step()).isEqualTo(same.step());
            assertThat(rejected.clauses()).isEqualTo(same.clauses());
        }
    }
}
