package org.netchannel.conformance.exec;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.Duration;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.netchannel.conformance.Patience;
import org.netchannel.conformance.Violation;
import org.netchannel.conformance.exec.WrongLines.Mistake;
import org.netchannel.conformance.suite.Arrangement;
import org.netchannel.conformance.suite.Finding;
import org.netchannel.conformance.suite.Part;
import org.netchannel.conformance.suite.Plan;
import org.netchannel.conformance.suite.Result;
import org.netchannel.conformance.suite.Subject;
import org.netchannel.conformance.suite.Suite;
import org.netchannel.conformance.suite.Topic;

/** What endpoint.md says of lines is checked, and each mistake with lines is found by the check that is for it. */
@Timeout(value = 180, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class LineChecksTest {
    private static final Duration ANSWER = Duration.ofSeconds(60);
    private static final Duration SHORT = Duration.ofSeconds(5);

    static Stream<LineCheck> checks() {
        return LineChecks.all().stream();
    }

    @Test
    void everyOperationHasACheckOfItsArguments() {
        assertThat(checks().map(LineCheck::name).filter(name -> name.startsWith("wrong arguments of ")))
                .hasSize(17).doesNotHaveDuplicates();
    }

    /** Of the many that are alike two will do; the examples pass them all. */
    static Stream<LineCheck> someChecks() {
        return checks().filter(check -> !check.name().startsWith("wrong arguments of ")
                || Set.of("open", "deliver").contains(check.name().substring("wrong arguments of ".length())));
    }

    @ParameterizedTest
    @MethodSource("someChecks")
    void referenceKeepsToEndpointMd(LineCheck check) throws InterruptedException {
        try (ExecImplementation served = new ExecImplementation(ServedReference.COMMAND, ANSWER, 0)) {
            assertThat(check.run(served).violation()).isEmpty();
        }
    }

    @ParameterizedTest
    @CsvSource(delimiter = ';', value = {
        "ENDS_WITH_THREE; end of input at once; end of input does not end it well; its exit status is 3",
        "ENDS_WITH_THREE; end of input; end of input does not end it well; its exit status is 3",
        "NEVER_ENDS; end of input at once; end of input does not end it well; it is still running 5.0 s after the end",
        "OPENS_AGAIN; open twice; nonsense is not answered by BAD_REQUEST; request: {\"op\":\"open\"",
        "ANSWERS_BEFORE_OPEN; calls before open; nonsense is not answered by BAD_REQUEST; request: {\"op\":\"channelUp",
        "KNOWS_EVERY_OPERATION; no such operation; nonsense is not answered by BAD_REQUEST; request: {\"op\":\"fly\"}",
        "TAKES_TEXT_FOR_NUMBERS; wrong arguments of pull; nonsense is not answered by BAD_REQUEST; \"max\":\"7\"",
        "CUTS_NUMBERS; numbers that are too large; nonsense is not answered by BAD_REQUEST; 4294967297",
        "DICES; the same calls twice; the same calls get other answers; connection",
        "COUNTS_NONSENSE; nonsense between calls; nonsense changes something; \"op\":\"pull\"",
        "ANSWERS_LAST_FIRST; many requests at once; requests at once get other answers; \"op\":\"open\"",
        "WANTS_OP_FIRST; JSON written otherwise; the same JSON written otherwise gets another answer; BAD_REQUEST",
        "KEEPS_LINES_SHORT; a long line; a long line is not understood; bytes)",
        "HAS_NO_MESSAGES; open twice; BAD_REQUEST has no message; a message, a string",
    })
    void mistakeIsFoundByItsCheck(Mistake mistake, String name, String kind, String detail)
            throws InterruptedException {
        LineCheck check = checks().filter(each -> each.name().equals(name)).findFirst().orElseThrow();
        try (ExecImplementation wrong = new ExecImplementation(
                command(mistake), mistake == Mistake.NEVER_ENDS ? SHORT : ANSWER, 0)) {
            Violation violation = check.run(wrong).violation().orElseThrow();
            assertThat(violation.kind()).isEqualTo(kind);
            assertThat(String.join("\n", violation.details())).contains(detail);
            assertThat(violation.clauses()).containsExactly(ExecEndpoint.CLAUSE);
        }
    }

    private static String command(Mistake mistake) {
        return ServedReference.command(WrongLines.class) + " " + mistake;
    }

    private static Result result(String command, Set<Part> parts) throws InterruptedException {
        Plan plan = new Plan(parts, EnumSet.of(Topic.HOSTILE), List.of(Arrangement.SELF), 1, 1, Duration.ofMinutes(1),
                3, 2);
        try (ExecImplementation wrong = new ExecImplementation(command, ANSWER, 2)) {
            return new Suite(new Subject("wrong", wrong, Patience.ofWatched(ANSWER)), plan,
                    Path.of("../specs/tla")).run(progress -> { });
        }
    }

    @Test
    void oneMistakeIsOneFindingAndLeavesNothingOut() throws InterruptedException {
        Result result = result(command(Mistake.TAKES_TEXT_FOR_NUMBERS), Set.of(Part.LINES, Part.SCENARIOS));
        assertThat(result.findings()).hasSize(1);
        Finding finding = result.findings().getFirst();
        assertThat(finding.clauses()).containsExactly(ExecEndpoint.CLAUSE);
        assertThat(finding.alike()).hasSizeGreaterThan(5);
        assertThat(finding.smallest().steps()).last().asString().contains("\"7\"");
        assertThat(result.parts()).extracting(part -> part.part() + " " + (part.failed() > 0))
                .containsExactly("lines true", "scenarios false");
    }

    @Test
    void silenceLeavesTheRestOut() throws InterruptedException {
        Result result = result("exit 3", Set.of(Part.LINES, Part.DRILLS));
        assertThat(result.parts()).last()
                .extracting("remark").isEqualTo("left out because of the findings");
        assertThat(result.findings()).extracting(finding -> finding.smallest().violation().details().getFirst())
                .containsExactly("its exit status is 3", "it ended without an answer, with exit status 3");
    }
}
