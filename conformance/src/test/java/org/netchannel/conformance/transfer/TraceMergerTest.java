package org.netchannel.conformance.transfer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.netchannel.traces.ChannelClass;
import org.netchannel.traces.Config;
import org.netchannel.traces.Config.Setting;
import org.netchannel.traces.Endpoint.Delivery;
import org.netchannel.traces.MalformedTraceException;
import org.netchannel.traces.Outcome;
import org.netchannel.traces.PacketHeader;
import org.netchannel.traces.TraceEvent;
import org.netchannel.traces.TraceHeader;
import org.netchannel.traces.TraceLine;
import org.netchannel.traces.TracePacket;
import org.netchannel.traces.TraceReader;
import org.netchannel.traces.TraceWriter;

class TraceMergerTest {
    @TempDir
    Path folder;

    private TraceMerger.Merged result;

    private static TracePacket packet(int offset) {
        return new TracePacket.Readable(new PacketHeader(5, 1, 1, 2, 0, 7, offset, 0), Optional.empty(), true);
    }

    private static TraceEvent pull(int channel, int... offsets) {
        List<TracePacket> packets = java.util.Arrays.stream(offsets).mapToObj(TraceMergerTest::packet).toList();
        return new TraceEvent.Pull(channel, 16, Outcome.ok(packets));
    }

    private static TraceEvent deliver(int channel, int offset, boolean accepted) {
        return new TraceEvent.Deliver(channel, packet(offset), false, Outcome.ok(new Delivery(accepted, false)));
    }

    private static TraceEvent up(int channel, boolean dialer) {
        return new TraceEvent.ChannelUp(channel, ChannelClass.THROUGHPUT, dialer, Outcome.done());
    }

    private static TraceEvent advance(long nanos) {
        return new TraceEvent.Advance(nanos, Outcome.done());
    }

    private Path trace(String host, List<TraceEvent> events) throws IOException {
        return trace(host, Config.DEFAULTS, events);
    }

    private Path trace(String host, Config config, List<TraceEvent> events) throws IOException {
        Path file = folder.resolve(host + ".ndjson");
        try (TraceWriter writer = TraceWriter.create(file, new TraceHeader("x", List.of(host), config, 1))) {
            long step = 0;
            for (TraceEvent event : events) {
                writer.write(new TraceLine(++step, host, step, event));
            }
        }
        return file;
    }

    private List<TraceLine> merge(List<TraceEvent> a, List<TraceEvent> b) throws IOException {
        Path merged = folder.resolve("merged.ndjson");
        result = TraceMerger.merge(trace("A", a), trace("B", b), merged);
        long count = result.lines();
        List<TraceLine> lines = new ArrayList<>();
        try (TraceReader reader = TraceReader.open(merged)) {
            assertThat(reader.header().hosts()).containsExactly("A", "B");
            reader.forEach(lines::add);
        }
        assertThat(lines).hasSize((int) count).extracting(TraceLine::step)
                .isEqualTo(Stream.iterate(1L, step -> step + 1).limit(count).toList());
        assertThat(lines.stream().filter(line -> line.host().equals("A")).map(TraceLine::event)).isEqualTo(a);
        assertThat(lines.stream().filter(line -> line.host().equals("B")).map(TraceLine::event)).isEqualTo(b);
        return lines;
    }

    private static int at(List<TraceLine> lines, String host, TraceEvent event) {
        for (int i = 0; i < lines.size(); i++) {
            if (lines.get(i).host().equals(host) && lines.get(i).event().equals(event)) {
                return i;
            }
        }
        throw new AssertionError(event + " is not there");
    }

    @Test
    void aDeliverComesAfterThePullOfItsPacketWhicheverTraceIsFirst() throws IOException {
        List<TraceEvent> one = List.of(advance(1), deliver(1, 10, true), pull(1, 20), advance(2));
        List<TraceEvent> two = List.of(pull(1, 10), deliver(1, 20, true), advance(3));
        List<TraceLine> lines = merge(one, two);
        assertThat(at(lines, "A", deliver(1, 10, true))).isGreaterThan(at(lines, "B", pull(1, 10)));
        assertThat(at(lines, "B", deliver(1, 20, true))).isGreaterThan(at(lines, "A", pull(1, 20)));
        lines = merge(two, one);
        assertThat(at(lines, "B", deliver(1, 10, true))).isGreaterThan(at(lines, "A", pull(1, 10)));
    }

    @Test
    void packetsAreMatchedByPositionNotByWhatTheySay() throws IOException {
        List<TraceLine> lines = merge(
                List.of(pull(3, 10), advance(1), pull(3, 10)),
                List.of(deliver(3, 10, true), pull(5, 1), deliver(3, 10, true)));
        assertThat(lines).last().extracting(TraceLine::event).isEqualTo(deliver(3, 10, true));
    }

    @Test
    void aPacketThatIsNotAcceptedIsOfferedAgainAndCountsOnce() throws IOException {
        List<TraceLine> lines = merge(
                List.of(pull(3, 10), deliver(5, 1, true), pull(3, 11)),
                List.of(deliver(3, 10, false), pull(5, 1), deliver(3, 10, true), deliver(3, 11, true)));
        assertThat(lines).last().extracting(TraceLine::event).isEqualTo(deliver(3, 11, true));
        assertThat(at(lines, "B", deliver(3, 11, true))).isGreaterThan(at(lines, "A", pull(3, 11)));
    }

    @Test
    void channelsAreIndependent() throws IOException {
        List<TraceLine> lines = merge(
                List.of(pull(3, 1), deliver(9, 0, true), pull(5, 2)),
                List.of(pull(7, 0), deliver(3, 1, true), pull(9, 0), deliver(5, 2, true)));
        assertThat(lines).last().extracting(TraceLine::event).isEqualTo(deliver(5, 2, true));
    }

    @Test
    void aHostAcceptsAChannelAfterTheOtherHasDialedIt() throws IOException {
        List<TraceLine> lines = merge(List.of(up(1, false)), List.of(advance(1), up(1, true)));
        assertThat(at(lines, "A", up(1, false))).isGreaterThan(at(lines, "B", up(1, true)));
    }

    @Test
    void aDeliverThatNothingExplainsIsKeptForTheCheckerToReject() throws IOException {
        assertThat(merge(List.of(deliver(1, 1, true), pull(1, 2)), List.of(deliver(1, 2, true), advance(1))))
                .hasSize(4);
        assertThat(result.unexplained()).isEqualTo(1);
        assertThat(merge(List.of(deliver(1, 1, true)), List.of())).hasSize(1);
        assertThat(result.unexplained()).isEqualTo(1);
    }

    @Test
    void whereTracesDoNotFitTogetherIsTold() throws IOException {
        merge(List.of(pull(1, 1), advance(1), up(3, false)), List.of(deliver(1, 1, true), deliver(1, 2, true)));
        assertThat(result.unexplained()).isEqualTo(2);
        assertThat(result.stuckAt()).extracting(TraceLine::host, TraceLine::step)
                .containsExactly(tuple("A", 3L), tuple("B", 2L));
        merge(List.of(pull(1, 1, 2)), List.of(deliver(1, 1, true), deliver(1, 2, true)));
        assertThat(result).isEqualTo(new TraceMerger.Merged(3, 0, List.of()));
    }

    @Test
    void asManyChannelsAsNoHostHasAreNoTrace() throws IOException {
        List<TraceEvent> dialed = List.of(up(1, true), up(3, true), up(5, true), advance(1), up(5, true));
        Path a = trace("A", dialed);
        Path b = trace("B", List.of(deliver(1, 0, true), deliver(3, 0, true), deliver(5, 0, true)));
        Path merged = folder.resolve("merged.ndjson");
        assertThat(TraceMerger.merge(a, b, merged, 3).lines()).isEqualTo(8);
        Files.delete(merged);
        assertThatThrownBy(() -> TraceMerger.merge(a, b, merged, 2)).isInstanceOf(MismatchedTracesException.class)
                .hasMessage("host A has more than 2 channels at step 3");
        assertThat(merged).doesNotExist();
    }

    /** A run of two hosts with channels between them, cut into two traces, comes together as some run that is legal. */
    @Test
    void everyMergedOrderIsOneThatMayHaveHappened() throws IOException {
        long seed = System.nanoTime();
        Random random = new Random(seed);
        List<List<TraceEvent>> traces = List.of(new ArrayList<>(), new ArrayList<>());
        int[][] inFlight = new int[2][4];
        for (int i = 0; i < 5_000; i++) {
            int host = random.nextInt(2);
            int channel = random.nextInt(4);
            if (random.nextBoolean()) {
                traces.get(host).add(pull(channel, i));
                inFlight[1 - host][channel]++;
            } else if (inFlight[host][channel] > 0) {
                inFlight[host][channel]--;
                traces.get(host).add(deliver(channel, i, true));
            }
        }
        int[][] seen = new int[2][4];
        for (TraceLine line : merge(traces.get(0), traces.get(1))) {
            int host = line.host().equals("A") ? 0 : 1;
            switch (line.event()) {
                case TraceEvent.Pull pull -> seen[1 - host][pull.channel()]++;
                case TraceEvent.Deliver deliver ->
                    assertThat(seen[host][deliver.channel()]--).as("seed %d, step %d", seed, line.step()).isPositive();
                default -> throw new AssertionError(line);
            }
        }
        assertThat(seen).isDeepEqualTo(inFlight);
    }

    @Test
    void aTraceThatIsMalformedLeavesNothingBehind() throws IOException {
        Path a = trace("A", List.of(advance(1)));
        Path b = trace("B", List.of(advance(1)));
        Files.writeString(b, Files.readString(b) + "{\"step\":2,");
        Path merged = folder.resolve("merged.ndjson");
        assertThatThrownBy(() -> TraceMerger.merge(a, b, merged)).isInstanceOf(MalformedTraceException.class);
        try (Stream<Path> files = Files.list(folder)) {
            assertThat(files).containsExactlyInAnyOrder(a, b);
        }
    }

    @Test
    void tracesThatDoNotGoTogetherAreNotMerged() throws IOException {
        Path a = trace("A", List.of(advance(1)));
        Path b = trace("B", Config.DEFAULTS.with(Setting.MAX_PAYLOAD, 9), List.of(advance(1)));
        Path merged = folder.resolve("merged.ndjson");
        assertThatThrownBy(() -> TraceMerger.merge(a, a, merged)).hasMessageContaining("[A, A]");
        assertThatThrownBy(() -> TraceMerger.merge(a, b, merged)).hasMessageContaining("different settings");
        assertThat(merged).doesNotExist();
    }
}
