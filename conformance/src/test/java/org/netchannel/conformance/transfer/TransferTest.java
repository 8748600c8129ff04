package org.netchannel.conformance.transfer;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedReader;
import java.io.FilterWriter;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.OutputStreamWriter;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.netchannel.conformance.check.SpecOracle;
import org.netchannel.conformance.check.Verdict;
import org.netchannel.traces.Outcome;
import org.netchannel.traces.PacketType;
import org.netchannel.traces.TraceEvent;
import org.netchannel.traces.TraceLine;
import org.netchannel.traces.TracePacket;
import org.netchannel.traces.TraceReader;

/** Two processes, real TCP connections, and the specification as the judge of what they did. */
class TransferTest {
    private static final Path MODULES = Path.of("..", "specs", "tla");

    @TempDir
    Path folder;

    /** What the two processes run. */
    static final class Host {
        private Host() {}

        public static void main(String[] args) throws IOException {
            TransferHost.run(
                    new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8)),
                    new PrintWriter(System.out, true, StandardCharsets.UTF_8));
        }
    }

    private static List<String> java(Class<?> main) {
        return List.of(Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-cp", System.getProperty("java.class.path"), main.getName());
    }

    private Transfer.Result transfer(int bytes, LinkPlan channels, boolean kill) throws Exception {
        return transfer(bytes, channels, kill, java(Host.class));
    }

    private Transfer.Result transfer(int bytes, LinkPlan channels, boolean kill, List<String> command)
            throws Exception {
        long seed = System.nanoTime();
        byte[] content = new byte[bytes];
        new Random(seed).nextBytes(content);
        Path file = Files.write(folder.resolve("file"), content);
        return Transfer.run(
                new Transfer.Order(file, folder, "reference", "reference", channels, kill, seed, command),
                (received, total) -> assertThat(received).isBetween(0L, total));
    }

    private Verdict judge(Transfer.Result result) throws IOException {
        assertThat(result.traces()).hasSize(2);
        Path merged = folder.resolve("merged.ndjson");
        TraceMerger.merge(result.traces().get(0), result.traces().get(1), merged);
        try (TraceReader reader = TraceReader.open(merged)) {
            return new SpecOracle(MODULES).check(reader.header(), reader);
        }
    }

    @Test
    void aFileArrivesOnBothSidesAndTheSpecificationExplainsHow() throws Exception {
        Transfer.Result result = transfer(3_000_001, new LinkPlan(1, 3), false);
        assertThat(result.problems()).isEmpty();
        assertThat(result.channelFailures()).isZero();
        assertThat(result.took()).isLessThan(Duration.ofSeconds(60));
        assertThat(judge(result)).isInstanceOf(Verdict.Accepted.class);
    }

    @Test
    void anEmptyFileArrivesToo() throws Exception {
        Transfer.Result result = transfer(0, new LinkPlan(0, 1), false);
        assertThat(result.problems()).isEmpty();
        assertThat(judge(result)).isInstanceOf(Verdict.Accepted.class);
    }

    private static Set<Long> sentTwice(Path trace) throws IOException {
        Set<Long> once = new HashSet<>();
        Set<Long> twice = new HashSet<>();
        try (TraceReader reader = TraceReader.open(trace)) {
            for (TraceLine line : reader) {
                if (line.event() instanceof TraceEvent.Pull pull
                        && pull.outcome() instanceof Outcome.Ok<List<TracePacket>>(List<TracePacket> packets)) {
                    packets.stream()
                            .map(packet -> ((TracePacket.Readable) packet).header())
                            .filter(header -> header.typeCode() == PacketType.DATA.code() && !once.add(header.offset()))
                            .forEach(header -> twice.add(header.offset()));
                }
            }
        }
        return twice;
    }

    @Test
    void aChannelKilledInTheMiddleLosesNothing() throws Exception {
        Transfer.Result result = transfer(5_000_000, new LinkPlan(0, 2), true);
        assertThat(result.problems()).isEmpty();
        assertThat(result.killedChannel()).isPositive();
        assertThat(result.channelFailures()).isGreaterThanOrEqualTo(2);
        assertThat(sentTwice(result.traces().getFirst())).as("offsets of DATA sent again").isNotEmpty();
        assertThat(judge(result)).isInstanceOf(Verdict.Accepted.class);
    }

    /** Ends while the file is under way. */
    static final class Mortal {
        private Mortal() {}

        public static void main(String[] args) throws IOException {
            PrintWriter watched = new PrintWriter(new FilterWriter(new OutputStreamWriter(System.out)) {
                @Override
                public void write(String text, int from, int length) throws IOException {
                    if (text.contains("\"MOVING\"")) {
                        Runtime.getRuntime().halt(9);
                    }
                    super.write(text, from, length);
                }
            }, true);
            TransferHost.run(new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8)), watched);
        }
    }

    @Test
    void aProcessThatDiesIsAProblemAndTheOtherIsEnded() throws Exception {
        Transfer.Result result = transfer(64_000_000, new LinkPlan(0, 2), false, java(Mortal.class));
        assertThat(result.problems()).isNotEmpty().first().asString().contains("ended with status 9");
        assertThat(ProcessHandle.current().children().filter(ProcessHandle::isAlive)).isEmpty();
    }

    @Test
    void aProcessThatDoesNotStartIsAProblemWithItsLastWords() throws Exception {
        List<String> command = new ArrayList<>(java(Host.class));
        command.set(3, "org.netchannel.NoSuchClass");
        Transfer.Result result = transfer(1, new LinkPlan(0, 1), false, command);
        assertThat(result.problems()).hasSize(1).first().asString().startsWith("host B: ended").contains("NoSuchClass");
        assertThat(result.traces()).isEmpty();
    }

    @Test
    void aProcessThatSaysSomethingElseIsAProblem() throws Exception {
        Transfer.Result result = transfer(1, new LinkPlan(0, 1), false, List.of("echo", "hello"));
        assertThat(result.problems()).containsExactly("host B: said something that is no report");
    }
}
