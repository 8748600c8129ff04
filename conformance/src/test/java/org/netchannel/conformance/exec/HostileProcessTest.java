package org.netchannel.conformance.exec;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.OptionalLong;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.netchannel.conformance.Violation;
import org.netchannel.conformance.ViolationFound;
import org.netchannel.traces.Bytes;
import org.netchannel.traces.ChannelClass;
import org.netchannel.traces.Config;
import org.netchannel.traces.Endpoint;
import org.netchannel.traces.ErrorCode;
import org.netchannel.traces.Outcome;
import org.netchannel.traces.Reason;

/** Whatever a process does, a call comes back, and says what was wrong. */
@Timeout(value = 60, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class HostileProcessTest {
    private static final Duration LIMIT = Duration.ofSeconds(20);
    private static final Duration SHORT = Duration.ofMillis(300);
    /** For one that is to answer once. */
    private static final Duration LONGER = Duration.ofSeconds(3);
    private static final String OPENED = "{\"ok\":true,\"name\":\"n\",\"version\":\"v\"}";

    private static ExecEndpoint endpoint(String script, Duration limit) {
        try (ExecImplementation implementation = new ExecImplementation(script, limit, 0)) {
            return implementation.get();
        }
    }

    /** A process that answers each request with the next line. */
    private static ExecEndpoint answering(String... lines) {
        StringBuilder script = new StringBuilder();
        for (String line : lines) {
            script.append("read request; printf '%b\\n' '").append(line).append("'\n");
        }
        return endpoint(script + "cat > /dev/null", LIMIT);
    }

    private static Outcome<Endpoint.Identity> open(Endpoint endpoint) {
        return endpoint.open(Config.DEFAULTS, 1, OptionalLong.empty());
    }

    private static List<String> problem(Runnable call) {
        ViolationFound found = catchThrowableOfType(ViolationFound.class, call::run);
        assertThat(found).isNotNull();
        Violation violation = found.violation();
        assertThat(violation.kind()).isEqualTo(ExecEndpoint.KIND);
        assertThat(violation.clauses()).containsExactly(ExecEndpoint.CLAUSE);
        return violation.details();
    }

    private static List<String> problemOfOpen(String script, Duration limit) {
        try (ExecEndpoint endpoint = endpoint(script, limit)) {
            return problem(() -> open(endpoint));
        }
    }

    @Test
    void processThatHangsIsKilled() throws Exception {
        try (ExecEndpoint endpoint = endpoint("cat > /dev/null", SHORT)) {
            assertThat(problem(() -> open(endpoint)).getFirst()).isEqualTo("it did not answer within 0.3 s");
            awaitNoneOf(endpoint);
        }
    }

    @Test
    void processThatDoesNotReadIsKilled() {
        try (ExecEndpoint endpoint = endpoint("read request; echo '" + OPENED + "'; exec sleep 1000", LONGER)) {
            assertThat(open(endpoint)).isInstanceOf(Outcome.Ok.class);
            Bytes muchMoreThanAPipeHolds = Bytes.of(new byte[1 << 20]);
            assertThat(problem(() -> endpoint.send(1, muchMoreThanAPipeHolds)).getFirst())
                    .startsWith("it did not answer");
        }
    }

    @Test
    void processOfTheProcessIsKilledWithIt() throws Exception {
        try (ExecEndpoint endpoint = endpoint("sleep 1000 & cat > /dev/null; wait", SHORT)) {
            problem(() -> open(endpoint));
            awaitNoneOf(endpoint);
        }
    }

    @Test
    void callComesBackAlsoWhenAnotherHoldsThePipes(@TempDir Path folder) throws IOException {
        // Nobody can tell whose the grandchild is: it has a session and a parent of its own.
        Path alive = Files.createFile(folder.resolve("alive"));
        String grandchild = "setsid sh -c \"while [ -e '" + alive + "' ]; do sleep 0.1; done\"";
        assertThat(problemOfOpen("read request; (" + grandchild + " &); exit 3", SHORT)).isNotEmpty();
    }

    @Test
    void processThatDiesIsToldWithItsStatusAndLastWords() {
        List<String> problem = problemOfOpen("read request; echo 'Segmentation fault' >&2; exit 139", LIMIT);
        assertThat(problem.getFirst())
                .isEqualTo("it ended without an answer, with exit status 139");
        assertThat(problem).contains("  Segmentation fault")
                .contains("request: {\"op\":\"open\",\"config\":{},\"seed\":1}");
    }

    @Test
    void processThatDoesNotExistIsToldWithWhatTheShellSays() {
        assertThat(String.join("\n", problemOfOpen("/no/such/program", LIMIT)))
                .contains("127").contains("/no/such/program");
    }

    @Test
    void lineThatIsCutIsNoAnswer() {
        assertThat(problemOfOpen("read request; printf '{\"ok\":true'", LIMIT).getFirst())
                .isEqualTo("it ended without an answer, with exit status 0, within a line");
    }

    @Test
    void processThatClosesItsOutputIsFound() {
        assertThat(problemOfOpen("exec >&-; cat > /dev/null", LIMIT).getFirst())
                .isEqualTo("it has closed its standard output, and lives on");
    }

    @Test
    void secondLineForOneRequestIsFound() {
        String twice = "read request; printf '%s\\n%s\\n' '" + OPENED + "' '{\"ok\":true}'; cat > /dev/null";
        try (ExecEndpoint endpoint = endpoint(twice, LIMIT)) {
            open(endpoint);
            List<String> problem = problem(() -> endpoint.advance(1));
            assertThat(problem.getFirst()).isEqualTo("it wrote more than one line for the request before");
            assertThat(problem).contains("answer: {\"ok\":true}");
        }
    }

    @Test
    void floodIsFoundWithoutReadingItAll() {
        assertThat(problemOfOpen("yes", LIMIT).getFirst()).isNotEmpty();
    }

    @Test
    void lineWithoutEndIsFoundWithoutReadingItAll() {
        assertThat(problemOfOpen("read request; tr '\\0' x < /dev/zero", LIMIT).getFirst())
                .isEqualTo("it answered a line of more than 131072 bytes");
    }

    @Test
    void standardErrorWithoutEndDoesNotMatter() {
        try (ExecEndpoint endpoint = endpoint("yes error >&2 & read request; echo '" + OPENED + "'; cat > /dev/null",
                LIMIT)) {
            assertThat(open(endpoint)).isEqualTo(Outcome.ok(new Endpoint.Identity("n", "v")));
        }
    }

    @Test
    void everyCallAfterAViolationTellsTheSame() {
        try (ExecEndpoint endpoint = endpoint("exit 5", LIMIT)) {
            assertThat(problem(() -> open(endpoint))).isEqualTo(problem(() -> endpoint.advance(1)));
        }
    }

    @ParameterizedTest
    @CsvSource(delimiter = ';', value = {
        "; the line is empty",
        "yes; the line is no JSON",
        "[]; the line is [], legal is one JSON object",
        "{\"ok\":true} {}; the line is no JSON",
        "{\"ok\":true,\"ok\":true}; the line is no JSON: Duplicate",
        "{\"name\":\"n\"}; ok is missing, legal is true or false",
        "{\"ok\":\"true\"}; ok is \"true\", legal is true or false",
        "{\"ok\":true}; name is missing",
        "{\"ok\":true,\"name\":7,\"version\":\"v\"}; name is 7, legal is a string",
        "{\"ok\":true,\"name\":\"\\0377\",\"version\":\"v\"}; the line is not UTF-8",
        "{\"ok\":false}; error is missing",
        "{\"ok\":false,\"error\":\"OOPS\"}; error is \"OOPS\", legal is one of PORT_IN_USE",
        "{\"ok\":false,\"error\":\"REFUSED\",\"reason\":3}; reason is 3, legal is one of",
    })
    void answerThatIsIllFormedIsNamed(String answer, String problem) {
        try (ExecEndpoint endpoint = answering(answer == null ? "" : answer)) {
            assertThat(problem(() -> open(endpoint)).getFirst()).startsWith(problem);
        }
    }

    @ParameterizedTest
    @CsvSource(delimiter = ';', value = {
        "connect; {\"ok\":true,\"socket\":1}; connection is missing",
        "connect; {\"ok\":true,\"socket\":1,\"connection\":\"1\"}; connection is \"1\"",
        "connect; {\"ok\":true,\"socket\":1.0,\"connection\":\"0000000000000001\"}; socket is 1.0",
        "connect; {\"ok\":true,\"socket\":4294967296,\"connection\":\"0000000000000001\"}; socket is 4294967296",
        "accept; {\"ok\":true}; socket is missing",
        "send; {\"ok\":true,\"taken\":3}; taken is 3, legal is an integer from 0 to 2",
        "send; {\"ok\":true,\"taken\":-1}; taken is -1",
        "receive; {\"ok\":true,\"data\":\"AAAA\"}; data has 3 bytes, legal are at most 2",
        "receive; {\"ok\":true,\"data\":\"A!\"}; data is \"A!\", legal is a string in base64",
        "receive; {\"ok\":true,\"data\":\"\",\"end\":1}; end is 1",
        "status; {\"ok\":true,\"state\":\"OPEN\"}; state is \"OPEN\"",
        "deliver; {\"ok\":true}; accepted is missing",
        "deliver; {\"ok\":true,\"accepted\":null}; accepted is null",
        "pull; {\"ok\":true,\"packets\":\"\"}; packets is \"\"",
        "pull; {\"ok\":true,\"packets\":[\"AA==\",7]}; packets[1] is 7",
        "pull; {\"ok\":true,\"packets\":[\"\",\"\",\"\"]}; packets has 3 elements, legal are at most 2",
    })
    void resultThatIsIllFormedIsNamed(String op, String answer, String problem) {
        try (ExecEndpoint endpoint = answering(answer)) {
            assertThat(problem(() -> call(endpoint, op)).getFirst()).startsWith(problem);
        }
    }

    @Test
    void whatIsNotSaidHasItsPlainMeaning() {
        try (ExecEndpoint endpoint = answering(
                "{\"ok\":true,\"socket\":null}",
                "{\"ok\":true,\"data\":\"AAA=\"}",
                "{\"ok\":true,\"data\":\"\",\"end\":true}",
                "{\"ok\":true,\"state\":\"CLOSED\",\"reason\":\"TIMEOUT\"}",
                "{\"ok\":true,\"accepted\":true,\"more\":1}",
                "{\"ok\":false,\"error\":\"REFUSED\",\"reason\":\"LIMIT\",\"message\":\"m\"}")) {
            assertThat(endpoint.accept(1)).isEqualTo(Outcome.ok(java.util.Optional.empty()));
            assertThat(endpoint.receive(1, 2)).isEqualTo(
                    Outcome.ok(new Endpoint.Received(Bytes.of((byte) 0, (byte) 0), false)));
            assertThat(endpoint.receive(1, 2)).isEqualTo(Outcome.ok(new Endpoint.Received(Bytes.EMPTY, true)));
            assertThat(endpoint.status(1)).isEqualTo(Outcome.ok(
                    new Endpoint.Status(Endpoint.State.CLOSED, java.util.Optional.of(Reason.TIMEOUT))));
            assertThat(endpoint.deliver(1, Bytes.EMPTY)).isEqualTo(Outcome.ok(new Endpoint.Delivery(true, false)));
            assertThat(endpoint.connect(1, ChannelClass.LATENCY)).isEqualTo(
                    new Outcome.Failed<>(ErrorCode.REFUSED, java.util.Optional.of(Reason.LIMIT), "m"));
        }
    }

    private static Outcome<?> call(Endpoint endpoint, String op) {
        return switch (op) {
            case "connect" -> endpoint.connect(1, ChannelClass.LATENCY);
            case "accept" -> endpoint.accept(1);
            case "send" -> endpoint.send(1, Bytes.of(new byte[2]));
            case "receive" -> endpoint.receive(1, 2);
            case "status" -> endpoint.status(1);
            case "deliver" -> endpoint.deliver(1, Bytes.EMPTY);
            case "pull" -> endpoint.pull(1, 2);
            default -> throw new IllegalArgumentException(op);
        };
    }

    /** The process of an endpoint and all it has started end. */
    private static void awaitNoneOf(ExecEndpoint endpoint) throws Exception {
        for (ProcessHandle handle : endpoint.handles()) {
            handle.onExit().get(20, TimeUnit.SECONDS);
        }
    }
}
