package org.netchannel.conformance.check;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.util.Set;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.netchannel.traces.TraceReader;

/** How the oracle searches, shown with a specification small enough to know all its behaviours. */
class SpecOracleSearchTest {
    private static SpecOracle oracle;

    @BeforeAll
    static void load() {
        oracle = new SpecOracle(Path.of("src/test/resources/pipe"));
    }

    private static Verdict check(Lines lines) {
        return oracle.check(Lines.HEADER, lines);
    }

    private static void assertRejectedAt(long step, Lines lines) {
        assertThat(check(lines)).isInstanceOfSatisfying(Verdict.Rejected.class, rejected -> assertThat(rejected.step())
                .isEqualTo(step));
    }

    @Test
    void aTraceOfNoLinesProvesNothing() {
        assertThat(check(new Lines())).isEqualTo(new Verdict.Vacuous());
    }

    @Test
    void aBehaviourIsAcceptedWithItsClauses() {
        assertThat(check(new Lines().send(0, 10).send(10, 5)))
                .isEqualTo(new Verdict.Accepted(2, Set.of("NC-DATA-3")));
    }

    @Test
    void stepsThatTheTraceDoesNotShowAreFound() {
        assertThat(check(new Lines().send(0, 3).receive(0, 2).receive(2, 1).receive(3, 0)))
                .isEqualTo(new Verdict.Accepted(4, Set.of("NC-DATA-1", "NC-DATA-3")));
    }

    @Test
    void aHiddenStepMayHaveBeenTakenLongBefore() {
        Lines lines = new Lines().send(0, 1);
        for (int i = 0; i < 1_000; i++) {
            lines.accept(0);
        }
        assertThat(check(lines.receive(0, 1))).isInstanceOf(Verdict.Accepted.class);
    }

    @Test
    void theFirstLineThatNothingExplainsIsNamed() {
        assertRejectedAt(3, new Lines().send(0, 3).receive(0, 2).receive(2, 2).receive(4, 9));
        assertRejectedAt(1, new Lines().send(1, 3));
        assertRejectedAt(2, new Lines().send(0, 3).send(2, 1));
    }

    @Test
    void aRejectionSaysWhatWasWrongWhereAndWhatWouldHaveBeenRight() {
        assertThat(check(new Lines().send(0, 3).send(2, 1)))
                .isInstanceOfSatisfying(Verdict.Rejected.class, rejected -> {
            assertThat(rejected.clauses()).containsExactly("NC-DATA-1");
            assertThat(String.join("\n", rejected.explanation()))
                    .contains("\"op\":\"send\"")
                    .contains("\"step\":2")
                    .contains("the specification says: {offset: 3}")
                    .contains("A: {bytes: 3, choice: 0}")
                    .doesNotContain("B: {");
        });
    }

    @Test
    void aChoiceThatShowsLaterIsRightWhateverItWas() {
        for (int choice = 1; choice <= 3; choice++) {
            assertThat(check(new Lines().listen(3).send(0, 1).accept(choice))).isInstanceOf(Verdict.Accepted.class);
        }
        assertRejectedAt(3, new Lines().listen(3).send(0, 1).accept(4));
        assertRejectedAt(3, new Lines().listen(3).accept(2).accept(3));
    }

    @Test
    void choicesThatNeverShowAreFollowedUpToALimit() {
        assertRejectedAt(9, unlistens(8).send(5, 1));
        assertThat(check(unlistens(9).send(5, 1))).isInstanceOfSatisfying(Verdict.Incomplete.class, incomplete -> {
            assertThat(incomplete.step()).isEqualTo(9);
            assertThat(incomplete.reason()).contains("256 states");
        });
        assertThat(check(unlistens(9).send(0, 1))).isInstanceOf(Verdict.Accepted.class);
    }

    private static Lines unlistens(int count) {
        Lines lines = new Lines();
        for (int i = 0; i < count; i++) {
            lines.unlisten();
        }
        return lines;
    }

    @Test
    void aMistakeInTheSpecificationIsAVerdictOfItsOwn() {
        assertThat(check(new Lines().send(0, 1).abort(0)))
                .isInstanceOfSatisfying(Verdict.EvaluationError.class, error -> {
            assertThat(error.step()).isEqualTo(2);
            assertThat(error.reason()).contains("\\div").contains("TraceNetChannel");
        });
        assertThat(check(new Lines().send(0, 1).abort(1))).isInstanceOf(Verdict.Accepted.class);
    }

    @Test
    void recursionMayBeDeep() {
        assertThat(check(new Lines().shutdown(5_000))).isInstanceOf(Verdict.Accepted.class);
    }

    @Test
    void interruptionIsKeptForTheCaller() {
        Thread.currentThread().interrupt();
        assertThat(check(new Lines().send(0, 1))).isInstanceOf(Verdict.Accepted.class);
        assertThat(Thread.interrupted()).isTrue();
    }

    @Test
    void anOracleForgetsTheTraceBefore() {
        assertThat(check(new Lines().send(0, 10))).isInstanceOf(Verdict.Accepted.class);
        assertThat(check(new Lines().send(0, 10))).isInstanceOf(Verdict.Accepted.class);
        assertRejectedAt(1, new Lines().send(10, 1));
    }

    @Test
    void aStreamLongerThanTheSpecificationCountsIsLeftOpen() {
        int largest = SpecNumbers.LARGEST;
        assertThat(check(new Lines().send(0, largest).send(largest, 0))).isInstanceOf(Verdict.Accepted.class);
        assertThat(check(new Lines().send(0, largest).send(largest, 1)))
                .isInstanceOfSatisfying(Verdict.Incomplete.class, incomplete -> {
                    assertThat(incomplete.step()).isEqualTo(1);
                    assertThat(incomplete.reason()).contains("1073741824");
                });
    }

    @Test
    void anOffsetThatNoSendCanHaveReachedIsWrongHoweverLargeItIs() {
        assertRejectedAt(2, new Lines().send(0, 1).send(1L << 40, 1));
        assertRejectedAt(2, new Lines().send(0, 1).send(-1, 1));
        assertRejectedAt(2, new Lines().send(0, 1).receive(1L << 32, 1));
    }

    @Test
    void lengthOfTheTraceDoesNotMatter() {
        Lines lines = new Lines();
        for (int i = 0; i < 20_000; i++) {
            lines.send(i, 1);
        }
        assertThat(check(lines)).isEqualTo(new Verdict.Accepted(20_000, Set.of("NC-DATA-3")));
    }

    @Test
    void aLineThatIsNoneEndsTheCheck() throws IOException {
        String trace = """
                {"trace":"netchannel","version":1,"implementation":"x","hosts":["left","right"],"config":{},"seed":1}
                {"step":1,"host":"left","nanos":0,"op":"send","socket":1,"data":{"offset":0,"length":1},"taken":1}
                {"step":2,"host":"left","nanos":0,"op":"sned"}
                """;
        try (TraceReader reader =
                TraceReader.of(new ByteArrayInputStream(trace.getBytes(StandardCharsets.UTF_8)), "trace")) {
            assertThat(oracle.check(reader.header(), reader))
                    .isInstanceOfSatisfying(Verdict.Malformed.class, malformed -> assertThat(malformed.reason())
                            .contains("line 3")
                            .contains("sned"));
        }
    }

    @Test
    void aFileThatCannotBeReadIsNoVerdict() {
        IOException cause = new IOException("disk on fire");
        Iterable<org.netchannel.traces.TraceLine> broken = () -> {
            throw new UncheckedIOException(cause);
        };
        org.assertj.core.api.Assertions.assertThatThrownBy(() -> oracle.check(Lines.HEADER, broken)).hasCause(cause);
    }
}
