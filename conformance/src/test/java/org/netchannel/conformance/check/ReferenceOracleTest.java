package org.netchannel.conformance.check;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.netchannel.traces.Config;
import org.netchannel.traces.Endpoint.Identity;
import org.netchannel.traces.ErrorCode;
import org.netchannel.traces.Outcome;
import org.netchannel.traces.TraceEvent;
import org.netchannel.traces.TraceEvent.Range;
import org.netchannel.traces.TraceLine;
import org.netchannel.traces.TracePacket;

class ReferenceOracleTest {
    private static final long SEED = 1;
    private static final List<TraceLine> TRACE = SampleTrace.lines(SEED, 5_000);

    private static Verdict check(List<TraceLine> lines) {
        return new ReferenceOracle().check(SampleTrace.header(SEED), lines);
    }

    private static void assertRejectedAt(TraceLine altered, String why) {
        List<TraceLine> lines = new ArrayList<>(TRACE);
        lines.set((int) altered.step() - 1, altered);
        assertThat(check(lines)).isInstanceOfSatisfying(Verdict.Rejected.class, rejected -> {
            assertThat(rejected.step()).isEqualTo(altered.step());
            assertThat(String.join("\n", rejected.explanation())).contains(why);
        });
    }

    private static TraceLine first(Class<? extends TraceEvent> kind, int after) {
        return TRACE.stream()
                .skip(after)
                .filter(line -> kind.isInstance(line.event()) && line.event().outcome() instanceof Outcome.Ok<?>)
                .findFirst()
                .orElseThrow();
    }

    private static TraceLine with(TraceLine line, TraceEvent event) {
        return new TraceLine(line.step(), line.host(), line.nanos(), event);
    }

    @Test
    void everyRunOfTheReferenceIsAccepted() {
        for (long seed = 1; seed <= 20; seed++) {
            List<TraceLine> lines = SampleTrace.lines(seed, 2_000);
            assertThat(new ReferenceOracle().check(SampleTrace.header(seed), lines))
                    .as("seed %d", seed)
                    .isEqualTo(new Verdict.Accepted(lines.size(), Set.of()));
        }
    }

    @Test
    void aTraceOfNoLinesProvesNothing() {
        assertThat(check(List.of())).isEqualTo(new Verdict.Vacuous());
    }

    @Test
    void anotherAnswerIsRejected() {
        TraceLine line = first(TraceEvent.Send.class, 1_000);
        TraceEvent.Send send = (TraceEvent.Send) line.event();
        int taken = ((Outcome.Ok<Integer>) send.outcome()).value();
        assertRejectedAt(
                with(line, new TraceEvent.Send(send.socket(), send.data(), Outcome.ok(taken + 1))),
                "\"taken\":" + taken + "}");
        assertRejectedAt(
                with(line, new TraceEvent.Send(
                        send.socket(),
                        new Range(send.data().offset() + 1, send.data().length()),
                        send.outcome())),
                "the reference says");
        assertRejectedAt(
                with(line, new TraceEvent.Send(
                        send.socket(), send.data(), Outcome.failed(ErrorCode.NOT_CONNECTED, ""))),
                "the reference says");
    }

    @Test
    void aPacketThatIsNotTheNextOneIsRejectedUnlessItIsForged() {
        TraceLine line = first(TraceEvent.Deliver.class, 1_000);
        TraceEvent.Deliver deliver = (TraceEvent.Deliver) line.event();
        TracePacket.Readable packet = (TracePacket.Readable) deliver.packet();
        var header = packet.header();
        TracePacket other = new TracePacket.Readable(
                new org.netchannel.traces.PacketHeader(
                        200, header.length(), 0, 0, 0, header.connection(), header.offset(), header.ack()),
                Optional.empty(),
                true);
        assertRejectedAt(
                with(line, new TraceEvent.Deliver(deliver.channel(), other, false, deliver.outcome())), "next packet");
        List<TraceLine> lines = new ArrayList<>(TRACE.subList(0, (int) line.step() - 1));
        lines.add(with(line, new TraceEvent.Deliver(deliver.channel(), other, true, deliver.outcome())));
        assertThat(check(lines)).isInstanceOf(Verdict.Accepted.class);
    }

    @Test
    void bytesThatWereNotIntactAreRejected() {
        TraceLine line = TRACE.stream()
                .filter(candidate -> candidate.event() instanceof TraceEvent.Receive receive
                        && receive.outcome() instanceof Outcome.Ok<TraceEvent.Received>(var received)
                        && received.data().length() > 0)
                .findFirst()
                .orElseThrow();
        TraceEvent.Receive receive = (TraceEvent.Receive) line.event();
        TraceEvent.Received received = ((Outcome.Ok<TraceEvent.Received>) receive.outcome()).value();
        assertRejectedAt(
                with(line, new TraceEvent.Receive(
                        receive.socket(),
                        receive.max(),
                        Outcome.ok(new TraceEvent.Received(received.data(), false, received.end())))),
                "the reference says");
    }

    @Test
    void anotherTimeIsRejected() {
        TraceLine line = TRACE.get(3_000);
        assertRejectedAt(
                new TraceLine(line.step(), line.host(), line.nanos() + 1, line.event()), "\"nanos\":" + line.nanos());
    }

    @Test
    void messagesMayDiffer() {
        List<TraceLine> lines = List.of(new TraceLine(1, "left", 0, new TraceEvent.Listen(
                1, 1, Outcome.failed(ErrorCode.BAD_REQUEST, "in other words"))));
        assertThat(check(lines)).isInstanceOf(Verdict.Accepted.class);
    }

    @Test
    void tracesOfOthersAreLeftOpen() {
        TraceEvent open =
                new TraceEvent.Open(Config.DEFAULTS, 1, OptionalLong.of(1), Outcome.ok(new Identity("other", "9")));
        assertThat(check(List.of(new TraceLine(1, "left", 0, open))))
                .isInstanceOfSatisfying(Verdict.Incomplete.class, incomplete -> {
                    assertThat(incomplete.step()).isZero();
                    assertThat(incomplete.reason()).contains("other 9").contains("reference");
                });
    }

    @Test
    void aSendThatIsTooLongToReplayIsLeftOpen() {
        TraceEvent send = new TraceEvent.Send(1, new Range(0, Integer.MAX_VALUE), Outcome.ok(0));
        assertThat(check(List.of(new TraceLine(1, "left", 0, send)))).isInstanceOf(Verdict.Incomplete.class);
    }
}
