package org.netchannel.conformance.optimized;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.BufferedReader;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.netchannel.conformance.check.ForkedTlcChecker;
import org.netchannel.conformance.check.SpecOracle;
import org.netchannel.conformance.check.TraceChecker;
import org.netchannel.conformance.check.Verdict;
import org.netchannel.conformance.transfer.TraceMerger;
import org.netchannel.optimized.NetStack;
import org.netchannel.optimized.TcpLink;
import org.netchannel.optimized.dpdk.Dpdk;
import org.netchannel.optimized.dpdk.Eal;
import org.netchannel.optimized.dpdk.EalOptions;
import org.netchannel.traces.Endpoint.Delivery;
import org.netchannel.traces.Outcome.Ok;
import org.netchannel.traces.TraceEvent;
import org.netchannel.traces.TraceHeader;
import org.netchannel.traces.TraceLine;
import org.netchannel.traces.TraceReader;
import org.netchannel.traces.TraceWriter;

/**
 * The same as {@link ThreadedTracesTest} with a process for each stack, over net_memif, also when it loses frames, and
 * over the kernel's TCP. Each writes the trace of what it did; merged, the specification allows them.
 */
@Timeout(value = 300, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class TwoProcessesTracesTest {
    private static final int CHANNELS = 2;

    @TempDir
    private Path folder;

    /** What A does with its stack, once B listens at a port. */
    private interface Dialing {
        void dial(NetStack stack, int port) throws Exception;
    }

    @ParameterizedTest
    @CsvSource({"9000, 0", "1500, 0.02"})
    void theSpecificationAcceptsWhatTwoProcessesDidOverMemif(int mtu, double loss) throws Exception {
        if (System.getenv("CI") != null) {
            assertThat(Dpdk.missing()).isEmpty();
        }
        assumeTrue(Dpdk.missing().isEmpty(), () -> Dpdk.missing().orElseThrow());
        Eal.start(EalOptions.withoutHugepages(256));
        try (MemifEnd memif = new MemifEnd(1, folder, mtu, loss)) {
            converse((stack, port) -> memif.dialTheOtherEnd(stack, CHANNELS), "" + mtu, "" + loss);
            assertThat(memif.lost() > 0).isEqualTo(loss > 0);
        }
        assertThat(accepted(new SpecOracle(RecordedStacks.MODULES)).clauses())
                .contains("NC-HOL-4", "NC-HOL-6", "NC-FAIL-1", "NC-CH-5");
        if (loss > 0) {
            accepted(new ForkedTlcChecker(RecordedStacks.MODULES, Duration.ofMinutes(4)));
        }
    }

    @Test
    void theSpecificationAcceptsWhatTwoProcessesDidOverTcpButNotOneLineInAnothersPlace() throws Exception {
        converse((stack, port) -> TcpLink.dial(
                stack, new InetSocketAddress(InetAddress.getLoopbackAddress(), port), CHANNELS, CHANNELS));
        accepted(new SpecOracle(RecordedStacks.MODULES));
        exchangeTwoPackets();
        TraceMerger.merge(TracedHost.file("A", folder), TracedHost.file("B", folder), merged());
        try (TraceReader reader = TraceReader.open(merged())) {
            Verdict verdict = new SpecOracle(RecordedStacks.MODULES).check(reader.header(), reader);
            assertThat(verdict).isInstanceOfSatisfying(
                    Verdict.Rejected.class, rejected -> assertThat(rejected.clauses()).contains("NC-CH-1"));
        }
    }

    private Path merged() {
        return folder.resolve("merged.ndjson");
    }

    /** A is here and dials, B is a process of its own. */
    private void converse(Dialing dialing, String... arguments) throws Exception {
        Process other = start(arguments);
        try (BufferedReader said = other.inputReader(); Conversation conversation = new Conversation();
                TracedHost host = new TracedHost("A", folder)) {
            dialing.dial(host.stack(), Integer.parseInt(said.readLine()));
            conversation.ask(host.stack());
            assertThat(said.readLine()).isEqualTo("done");
            other.outputWriter().append("end\n").flush();
            assertThat(other.waitFor()).isZero();
        } finally {
            other.destroyForcibly();
        }
    }

    private Process start(String... arguments) throws IOException {
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:TieredStopAtLevel=1",
                "--enable-native-access=ALL-UNNAMED", "--add-opens=java.base/jdk.internal.misc=ALL-UNNAMED",
                "-cp", System.getProperty("java.class.path"), TracedMain.class.getName(), folder.toString()));
        command.addAll(List.of(arguments));
        return new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.INHERIT).start();
    }

    private Verdict.Accepted accepted(TraceChecker checker) throws IOException {
        TraceMerger.Merged result =
                TraceMerger.merge(TracedHost.file("A", folder), TracedHost.file("B", folder), merged());
        assertThat(result.stuckAt()).isEmpty();
        assertThat(result.lines()).isGreaterThan(1_000);
        try (TraceReader reader = TraceReader.open(merged())) {
            return RecordedStacks.accepted(checker, reader.header(), reader);
        }
    }

    /** In the trace of B two packets change places that follow each other on a channel and are not alike. */
    private void exchangeTwoPackets() throws IOException {
        TraceHeader header;
        List<TraceLine> lines = new ArrayList<>();
        try (TraceReader reader = TraceReader.open(TracedHost.file("B", folder))) {
            header = reader.header();
            reader.forEach(lines::add);
        }
        int second = 1;
        while (!areOnOneChannel(lines.get(second - 1).event(), lines.get(second).event())) {
            second++;
        }
        Collections.swap(lines, second - 1, second);
        try (TraceWriter writer = TraceWriter.create(TracedHost.file("B", folder), header)) {
            lines.forEach(writer::write);
        }
    }

    private static boolean areOnOneChannel(TraceEvent one, TraceEvent next) {
        return accepts(one) && accepts(next)
                && one instanceof TraceEvent.Deliver first && next instanceof TraceEvent.Deliver second
                && first.channel() == second.channel() && !first.packet().equals(second.packet());
    }

    private static boolean accepts(TraceEvent event) {
        return event instanceof TraceEvent.Deliver deliver
                && deliver.outcome() instanceof Ok<Delivery>(Delivery delivery) && delivery.accepted();
    }
}
