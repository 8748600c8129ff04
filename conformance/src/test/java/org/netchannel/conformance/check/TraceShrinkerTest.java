package org.netchannel.conformance.check;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.netchannel.conformance.check.TraceShrinker.Shrunk;
import org.netchannel.traces.ChannelClass;
import org.netchannel.traces.Config;
import org.netchannel.traces.Endpoint.Connected;
import org.netchannel.traces.Endpoint.Delivery;
import org.netchannel.traces.Outcome;
import org.netchannel.traces.PacketHeader;
import org.netchannel.traces.PacketType;
import org.netchannel.traces.TraceEvent;
import org.netchannel.traces.TraceHeader;
import org.netchannel.traces.TraceLine;
import org.netchannel.traces.TracePacket;

/** A judge of these tests rejects the unlisten of port 9, and says why by the ports that listen. */
class TraceShrinkerTest {
    private static final TraceHeader HEADER = new TraceHeader("by hand", List.of("A", "B"), Config.DEFAULTS, 1);
    private static final TraceEvent LAST = new TraceEvent.Unlisten(9, Outcome.done());

    private final List<TraceLine> lines = new ArrayList<>();

    private void add(String host, long nanos, TraceEvent event) {
        lines.add(new TraceLine(10L * (lines.size() + 1), host, nanos, event));
    }

    private void add(TraceEvent event) {
        add("A", 0, event);
    }

    private static TraceEvent listen(int port) {
        return new TraceEvent.Listen(port, 1, Outcome.done());
    }

    private static TracePacket packet(long connection) {
        return new TracePacket.Readable(
                new PacketHeader(PacketType.ACK.code(), 0, 1, 2, 0, connection, 0, 0), Optional.empty(), true);
    }

    private static Verdict judge(Iterable<TraceLine> lines) {
        boolean one = false;
        boolean two = false;
        long last = 0;
        for (TraceLine line : lines) {
            last = line.step();
            one |= line.event().equals(listen(1));
            two |= line.event().equals(listen(2));
            if (line.event().equals(LAST)) {
                return new Verdict.Rejected(last, one ? Set.of("NC-A-1") : Set.of(), List.of(
                        "line: " + last, "the specification says: " + (two ? "two" : "none") + " (3 not shown)",
                        "state before: " + line.nanos()));
            }
        }
        return new Verdict.Accepted(last, Set.of());
    }

    private Optional<Shrunk> shrink(long limitSeconds) {
        return new TraceShrinker((_, trace) -> judge(trace), HEADER, TimeUnit.SECONDS.toNanos(limitSeconds), _ -> {})
                .shrink(lines);
    }

    private List<TraceEvent> left() {
        return shrink(60).orElseThrow().lines().stream().map(TraceLine::event).toList();
    }

    @Test
    void whatTheClausesOrTheAnswerNeedStays() {
        add(listen(3));
        add(listen(1));
        add(listen(4));
        add(listen(2));
        add(listen(5));
        add(LAST);
        assertThat(left()).containsExactly(listen(1), listen(2), LAST);
    }

    @Test
    void stepsAndTimesAreThoseOfARunWithoutWhatWasTakenOut() {
        add(listen(1));
        add("A", 0, new TraceEvent.Advance(30, Outcome.done()));
        add("B", 0, new TraceEvent.Advance(500, Outcome.done()));
        add("A", 30, listen(2));
        add("A", 30, LAST);
        assertThat(shrink(60).orElseThrow().lines()).containsExactly(
                new TraceLine(1, "A", 0, listen(1)), new TraceLine(2, "A", 0, listen(2)),
                new TraceLine(3, "A", 0, LAST));
    }

    @Test
    void aPullLosesThePacketsOfAConnectionAndAsMuchOfItsMaximum() {
        lines.add(new TraceLine(1, "A", 0, new TraceEvent.Pull(1, 2, Outcome.ok(List.of(packet(7), packet(8))))));
        List<TraceLine> left = TraceParts.withoutConnections(lines, Set.of(7L));
        assertThat(left).extracting(TraceLine::event)
                .containsExactly(new TraceEvent.Pull(1, 1, Outcome.ok(List.of(packet(8)))));
        assertThat(TraceParts.withoutConnections(lines, Set.of(7L, 8L))).isEmpty();
    }

    @Test
    void aConnectionGoesWithItsCallsOnBothHostsAndItsPackets() {
        TraceEvent other = new TraceEvent.Connect(80, ChannelClass.LATENCY, Outcome.ok(new Connected(2, 8)));
        add(new TraceEvent.Connect(80, ChannelClass.LATENCY, Outcome.ok(new Connected(1, 7))));
        add(other);
        add("B", 0, new TraceEvent.Accept(80, Outcome.ok(Optional.of(new Connected(5, 7)))));
        add("B", 0, new TraceEvent.Shutdown(5, Outcome.done()));
        add(new TraceEvent.Close(1, Outcome.done()));
        add(new TraceEvent.Close(2, Outcome.done()));
        add(new TraceEvent.Deliver(1, packet(7), false, Outcome.ok(new Delivery(true, false))));
        assertThat(TraceParts.connections(lines)).containsExactlyInAnyOrder(7L, 8L);
        assertThat(TraceParts.withoutConnections(lines, Set.of(7L))).extracting(TraceLine::event)
                .containsExactly(other, new TraceEvent.Close(2, Outcome.done()));
    }

    @Test
    void withoutTimeNothingIsTakenOutAndItSaysSo() {
        add(listen(1));
        add(listen(3));
        add(LAST);
        assertThat(shrink(0)).hasValueSatisfying(shrunk -> {
            assertThat(shrunk.lines()).hasSize(3);
            assertThat(shrunk.inTime()).isFalse();
        });
    }

    @Test
    void aTraceThatIsNotRejectedAtItsEndIsNotShrunk() {
        add(LAST);
        add(listen(1));
        assertThat(shrink(60)).isEmpty();
        lines.removeFirst();
        assertThat(shrink(60)).isEmpty();
    }
}
