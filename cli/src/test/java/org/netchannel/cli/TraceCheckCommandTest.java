package org.netchannel.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.netchannel.reference.ReferenceEndpoint;
import org.netchannel.traces.Bytes;
import org.netchannel.traces.ChannelClass;
import org.netchannel.traces.Config;
import org.netchannel.traces.Outcome;
import org.netchannel.traces.PayloadPattern;
import org.netchannel.traces.RecordingEndpoint;
import org.netchannel.traces.TraceHeader;
import org.netchannel.traces.TraceWriter;

@ExtendWith(SourcesAsHome.class)
class TraceCheckCommandTest {
    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();

    @TempDir
    private Path folder;

    private Path trace;

    /** Two hosts greet each other on a control channel, and one asks for a connection. */
    @BeforeEach
    void record() throws IOException {
        trace = folder.resolve("run.ndjson");
        TraceHeader header = new TraceHeader("reference", List.of("left", "right"), Config.DEFAULTS, 7);
        try (TraceWriter writer = TraceWriter.create(trace, header)) {
            AtomicLong steps = new AtomicLong();
            List<RecordingEndpoint> hosts = new ArrayList<>();
            for (String host : header.hosts()) {
                RecordingEndpoint endpoint = new RecordingEndpoint(
                        new ReferenceEndpoint(), host, PayloadPattern::matches, steps::incrementAndGet, writer::write);
                endpoint.open(Config.DEFAULTS, 7, OptionalLong.of(hosts.size()));
                endpoint.channelUp(1, ChannelClass.CONTROL, hosts.isEmpty());
                hosts.add(endpoint);
            }
            hosts.get(0).connect(80, ChannelClass.LATENCY);
            carry(hosts.get(0), hosts.get(1));
            carry(hosts.get(1), hosts.get(0));
        }
    }

    private static void carry(RecordingEndpoint from, RecordingEndpoint to) {
        List<Bytes> packets = ((Outcome.Ok<List<Bytes>>) from.pull(1, 100)).value();
        packets.forEach(packet -> to.deliver(1, packet));
    }

    private int check(String... args) {
        List<String> all = new ArrayList<>(List.of("trace", "check"));
        all.addAll(List.of(args));
        return Main.run(new PrintWriter(out, true), new PrintWriter(err, true), all.toArray(String[]::new));
    }

    private void replace(String what, String with) throws IOException {
        String text = Files.readString(trace);
        assertThat(text).contains(what);
        Files.writeString(trace, text.replace(what, with));
    }

    @Test
    void aBehaviourIsAcceptedByEveryOracle() {
        for (String oracle : List.of("spec", "tlc", "reference")) {
            out.getBuffer().setLength(0);
            assertThat(check("--oracle", oracle, trace.toString())).as(oracle + err).isEqualTo(ExitStatus.HELD);
            assertThat(out.toString()).startsWith("accepted: ").contains(" lines in ");
        }
    }

    @Test
    void theExercisedClausesAreNamed() {
        assertThat(check(trace.toString())).isEqualTo(ExitStatus.HELD);
        assertThat(out.toString()).contains("clauses exercised: ").contains("NC-HS-2");
    }

    @Test
    void whatIsNoBehaviourIsRejectedWithLineClausesAndState() throws IOException {
        replace("\"type\":\"NCREFUSE\"", "\"type\":\"NCSYN_ACK\"");
        assertThat(check(trace.toString())).isEqualTo(ExitStatus.VIOLATION);
        assertThat(out.toString())
                .startsWith("rejected at step ")
                .contains("line: {\"step\":")
                .contains("\"op\":\"pull\"")
                .contains("the specification says")
                .contains("state before")
                .containsPattern("(?m)^  NC-[A-Z]+-\\d+ \\p{Upper}");
    }

    @Test
    void everyOracleRejectsAtTheSameStep() throws IOException {
        replace("\"type\":\"NCREFUSE\"", "\"type\":\"NCSYN_ACK\"");
        List<String> firstLines = new ArrayList<>();
        for (String oracle : List.of("spec", "tlc", "reference")) {
            out.getBuffer().setLength(0);
            assertThat(check("--oracle", oracle, trace.toString())).as(oracle).isEqualTo(ExitStatus.VIOLATION);
            firstLines.add(out.toString().lines().findFirst().orElseThrow());
        }
        assertThat(firstLines).containsOnly(firstLines.getFirst());
    }

    @Test
    void jsonHasTheSame() throws IOException {
        assertThat(check("--json", trace.toString())).isEqualTo(ExitStatus.HELD);
        assertThat(out.toString()).contains("\"verdict\" : \"ACCEPTED\"").contains("\"clausesExercised\"");
        out.getBuffer().setLength(0);
        replace("\"type\":\"NCREFUSE\"", "\"type\":\"NCSYN_ACK\"");
        assertThat(check("--json", trace.toString())).isEqualTo(ExitStatus.VIOLATION);
        assertThat(out.toString()).contains("\"verdict\" : \"REJECTED\"").contains("\"step\"").contains("\"NC-");
    }

    @Test
    void whatIsNoTraceIsOneLineWithItsPlace() throws IOException {
        Files.writeString(trace, Files.readString(trace) + "{\"step\":99,\"host\":\"nobody\"}\n");
        assertThat(check(trace.toString())).isEqualTo(ExitStatus.USAGE);
        assertThat(err.toString().lines()).hasSize(1);
        assertThat(err.toString()).contains(trace.toString()).contains("nobody").contains("line ");
        assertThat(out.toString()).isEmpty();
    }

    @Test
    void emptyFilesAndEmptyTracesAreOneLine() throws IOException {
        String header = Files.readString(trace).lines().findFirst().orElseThrow() + "\n";
        for (String text : List.of("", "\n", "garbage", header)) {
            err.getBuffer().setLength(0);
            Files.writeString(trace, text);
            assertThat(check(trace.toString())).as(text).isEqualTo(ExitStatus.USAGE);
            assertThat(err.toString().lines()).as(text).hasSize(1);
            assertThat(err.toString()).as(text).contains("run.ndjson");
        }
    }

    @Test
    void whatTheReferenceCannotReplayIsOneLine() throws IOException {
        replace("\"name\":\"reference\"", "\"name\":\"other\"");
        assertThat(check("--oracle", "reference", trace.toString())).isEqualTo(ExitStatus.USAGE);
        assertThat(err.toString().lines()).hasSize(1);
        assertThat(err.toString()).contains("other").contains("step 0");
    }

    @Test
    void wrongArgumentsAreOneLine() {
        assertThat(check(folder.resolve("missing").toString())).isEqualTo(ExitStatus.USAGE);
        assertThat(check(folder.toString())).isEqualTo(ExitStatus.USAGE);
        assertThat(check("--oracle", "magic", trace.toString())).isEqualTo(ExitStatus.USAGE);
        assertThat(check()).isEqualTo(ExitStatus.USAGE);
        assertThat(err.toString().lines()).hasSize(4);
        assertThat(err.toString()).contains("missing").contains("directory").contains("magic").contains("FILE");
    }
}
