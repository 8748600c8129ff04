package org.netchannel.traces;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;
import org.netchannel.traces.Outcome.Done;
import org.netchannel.traces.TraceEvent.Range;

class RecordingEndpointTest {
    private static final long OURS = 0x8f0c_2d11_a97b_3e64L;
    private static final long THEIRS = 7;

    private final List<TraceLine> lines = new ArrayList<>();
    private final ScriptedEndpoint scripted = new ScriptedEndpoint();
    private final RecordingEndpoint endpoint =
            new RecordingEndpoint(scripted, "A", PayloadPattern::matches, lines::add);

    @Test
    void everyCallIsPassedOnAndRecordedWithItsArgumentsAndResult() {
        Config config = TraceArbitraries.someConfig();
        OptionalLong incarnation = OptionalLong.of(9);
        Outcome<Endpoint.Identity> identity = scripted.answer(Outcome.ok(new Endpoint.Identity("n", "v")));
        assertThat(endpoint.open(config, -3, incarnation)).isSameAs(identity);
        assertRecorded("open[" + config + ", -3, " + incarnation + "]",
                new TraceEvent.Open(config, -3, incarnation, identity));

        Outcome<Done> done = scripted.answer(Outcome.done());
        assertThat(endpoint.channelUp(3, ChannelClass.LATENCY, true)).isSameAs(done);
        assertRecorded("channelUp[3, LATENCY, true]", new TraceEvent.ChannelUp(3, ChannelClass.LATENCY, true, done));

        Outcome<Done> inUse = scripted.answer(Outcome.failed(ErrorCode.PORT_IN_USE, "taken"));
        assertThat(endpoint.listen(80, 4)).isSameAs(inUse);
        assertRecorded("listen[80, 4]", new TraceEvent.Listen(80, 4, inUse));

        Outcome<Endpoint.Status> status =
                scripted.answer(Outcome.ok(new Endpoint.Status(Endpoint.State.CLOSED, Optional.of(Reason.TIMEOUT))));
        assertThat(endpoint.status(1)).isSameAs(status);
        assertRecorded("status[1]", new TraceEvent.Status(1, status));
    }

    @Test
    void everyCallWithOneNumberAndNoResultIsPassedOnAndRecorded() {
        Outcome<Done> done = Outcome.done();
        scripted.answers.addAll(List.of(done, done, done, done, done, done));
        assertThat(endpoint.channelDown(1)).isSameAs(done);
        assertRecorded("channelDown[1]", new TraceEvent.ChannelDown(1, done));
        assertThat(endpoint.channelDrain(2)).isSameAs(done);
        assertRecorded("channelDrain[2]", new TraceEvent.ChannelDrain(2, done));
        assertThat(endpoint.unlisten(3)).isSameAs(done);
        assertRecorded("unlisten[3]", new TraceEvent.Unlisten(3, done));
        assertThat(endpoint.shutdown(4)).isSameAs(done);
        assertRecorded("shutdown[4]", new TraceEvent.Shutdown(4, done));
        assertThat(endpoint.close(5)).isSameAs(done);
        assertRecorded("close[5]", new TraceEvent.Close(5, done));
        assertThat(endpoint.abort(6)).isSameAs(done);
        assertRecorded("abort[6]", new TraceEvent.Abort(6, done));
    }

    @Test
    void timeIsTheSumOfTheAdvancesBeforeTheCall() {
        Outcome<Done> done = scripted.answer(Outcome.done());
        assertThat(endpoint.advance(5)).isSameAs(done);
        scripted.answer(Outcome.failed(ErrorCode.BAD_REQUEST, "no"));
        endpoint.advance(-2);
        scripted.answer(Outcome.done());
        endpoint.advance(7);
        scripted.answer(Outcome.done());
        endpoint.advance(-1);
        assertThat(lines.stream().map(TraceLine::nanos)).containsExactly(0L, 5L, 5L, 12L);
        assertThat(lines.stream().map(line -> ((TraceEvent.Advance) line.event()).nanos()))
                .containsExactly(5L, -2L, 7L, -1L);
        assertThat(lines.stream().map(TraceLine::step)).containsExactly(1L, 2L, 3L, 4L);
        assertThat(endpoint.nanos()).isEqualTo(12);
    }

    @Test
    void recordersOfOneTraceShareTheSteps() {
        AtomicLong steps = new AtomicLong();
        PayloadCheck any = (_, _, _, _) -> true;
        RecordingEndpoint a = new RecordingEndpoint(scripted, "A", any, steps::incrementAndGet, lines::add);
        RecordingEndpoint b = new RecordingEndpoint(scripted, "B", any, steps::incrementAndGet, lines::add);
        scripted.answers.addAll(List.of(Outcome.done(), Outcome.done(), Outcome.done()));
        a.advance(1);
        b.advance(2);
        a.advance(3);
        assertThat(lines.stream().map(line -> line.step() + line.host() + line.nanos()))
                .containsExactly("1A0", "2B0", "3A1");
    }

    @Test
    void aCallThatEndsInAnExceptionLeavesNoLineAndNoGap() {
        assertThatThrownBy(() -> endpoint.listen(80, 1)).isInstanceOf(NoSuchElementException.class);
        scripted.answer(Outcome.done());
        endpoint.listen(80, 1);
        assertThat(lines).extracting(TraceLine::step).containsExactly(1L);
    }

    @Test
    void theOffsetOfASendIsWhatTheSocketTookBefore() {
        connect(1, OURS);
        send(1, 10, Outcome.ok(4));
        send(1, 6, Outcome.ok(0));
        send(1, 6, Outcome.failed(ErrorCode.RESET, Reason.ABORTED));
        send(1, 6, Outcome.ok(6));
        send(1, 1, Outcome.ok(1));
        send(2, 3, Outcome.failed(ErrorCode.NO_SUCH_SOCKET, ""));
        assertThat(lines.stream().skip(1).map(line -> ((TraceEvent.Send) line.event()).data()))
                .containsExactly(new Range(0, 10), new Range(4, 6), new Range(4, 6), new Range(4, 6), new Range(10, 1),
                        new Range(0, 3));
    }

    @Test
    void theConnectingSideReadsTheOtherDirectionAndTheAcceptingSideTheFirst() {
        connect(1, OURS);
        accept(2, THEIRS);
        assertThat(receive(1, pattern(OURS, 1, 0, 9), false)).isEqualTo(received(0, 9, true, false));
        assertThat(receive(2, pattern(THEIRS, 0, 0, 5), false)).isEqualTo(received(0, 5, true, false));
        assertThat(receive(1, pattern(OURS, 1, 9, 20), false)).isEqualTo(received(9, 20, true, false));
        assertThat(receive(2, pattern(THEIRS, 0, 5, 1), false)).isEqualTo(received(5, 1, true, false));
        assertThat(receive(2, Bytes.EMPTY, true)).isEqualTo(received(6, 0, true, true));
    }

    @Test
    void wrongBytesThatAreReadAreNotIntact() {
        connect(1, OURS);
        accept(2, THEIRS);
        assertThat(receive(1, pattern(OURS, 0, 0, 9), false)).isEqualTo(received(0, 9, false, false));
        assertThat(receive(1, pattern(OURS, 1, 0, 9), false)).isEqualTo(received(9, 9, false, false));
        assertThat(receive(2, pattern(THEIRS, 1, 0, 9), false)).isEqualTo(received(0, 9, false, false));
    }

    @Test
    void anErrorOfAReadIsKept() {
        connect(1, OURS);
        scripted.answer(Outcome.failed(ErrorCode.RESET, Reason.CLOSED));
        endpoint.receive(1, 10);
        assertThat(last()).isEqualTo(new TraceEvent.Receive(1, 10, Outcome.failed(ErrorCode.RESET, Reason.CLOSED)));
        assertThat(receive(1, pattern(OURS, 1, 0, 2), false)).isEqualTo(received(0, 2, true, false));
    }

    @Test
    void bytesFromASocketThatThereIsNotAreNotIntact() {
        assertThat(receive(8, Bytes.of((byte) 1), false)).isEqualTo(received(0, 1, false, false));
        assertThat(receive(8, Bytes.EMPTY, false)).isEqualTo(received(0, 0, true, false));
    }

    @Test
    void aSocketNumberUsedAgainAfterCloseOrAbortBeginsANewStream() {
        connect(1, OURS);
        send(1, 10, Outcome.ok(10));
        scripted.answer(Outcome.failed(ErrorCode.BAD_REQUEST, ""));
        endpoint.close(1);
        send(1, 1, Outcome.ok(1));
        assertThat(((TraceEvent.Send) last()).data()).isEqualTo(new Range(10, 1));
        scripted.answer(Outcome.done());
        endpoint.close(1);
        send(1, 2, Outcome.failed(ErrorCode.NO_SUCH_SOCKET, ""));
        assertThat(((TraceEvent.Send) last()).data()).isEqualTo(new Range(0, 2));

        accept(1, THEIRS);
        assertThat(receive(1, pattern(THEIRS, 0, 0, 3), false)).isEqualTo(received(0, 3, true, false));
        scripted.answer(Outcome.done());
        endpoint.abort(1);
        assertThat(receive(1, pattern(THEIRS, 0, 3, 3), false)).isEqualTo(received(0, 3, false, false));
    }

    @Test
    void nobodyWaitingToBeAcceptedChangesNothing() {
        scripted.answer(Outcome.ok(Optional.empty()));
        endpoint.accept(80);
        assertThat(last()).isEqualTo(new TraceEvent.Accept(80, Outcome.ok(Optional.empty())));
    }

    @Test
    void dataThatIsPulledOrDeliveredIsCheckedInItsDirection() {
        connect(1, OURS);
        for (int direction = 0; direction < 2; direction++) {
            Bytes ours = data(OURS, direction, 1_000);
            Bytes theirs = data(THEIRS, direction, 1_000);
            assertThat(intact(pull(ours))).isEqualTo(direction == 0);
            assertThat(intact(deliver(ours))).isEqualTo(direction == 1);
            assertThat(intact(pull(theirs))).isEqualTo(direction == 1);
            assertThat(intact(deliver(theirs))).isEqualTo(direction == 0);
        }
    }

    @Test
    void anyOtherPayloadIsNotChecked() {
        PacketHeader unknown = new PacketHeader(77, 3, 1, 2, 3, 4, 5, 6);
        Bytes packet = PacketCodec.encode(new Packet(unknown, Bytes.of(new byte[3])));
        assertThat(deliver(packet)).isEqualTo(new TracePacket.Readable(unknown, Optional.empty(), true));
    }

    @Test
    void theHelloIsShownWhenItIsWellFormed() {
        Hello hello = new Hello(1, 3, 1, 9_000);
        PacketHeader header = new PacketHeader(1, 24, 0, 0, 0, 0, 0, 0);
        assertThat(pull(PacketCodec.encode(new Packet(header, HelloCodec.encode(hello)))))
                .isEqualTo(new TracePacket.Readable(header, Optional.of(hello), true));

        PacketHeader tooShort = new PacketHeader(1, 23, 0, 0, 0, 0, 0, 0);
        assertThat(deliver(PacketCodec.encode(new Packet(tooShort, Bytes.of(new byte[23])))))
                .isEqualTo(new TracePacket.Readable(tooShort, Optional.empty(), true));

        PacketHeader otherType = new PacketHeader(6, 24, 0, 0, 0, 0, 0, 0);
        assertThat(deliver(PacketCodec.encode(new Packet(otherType, HelloCodec.encode(hello)))))
                .isEqualTo(new TracePacket.Readable(otherType, Optional.empty(), true));
    }

    @Test
    void bytesThatAreNoPacketArePassedOnAndRecordedAsUnreadable() {
        Bytes garbage = Bytes.of(new byte[50]);
        TracePacket unreadable = new TracePacket.Unreadable("byte 0: magic is 0x0000, legal is 0x4E43");
        assertThat(deliver(garbage)).isEqualTo(unreadable);
        assertThat(scripted.lastCall).isEqualTo("deliver[1, 50 bytes]");
        assertThat(pull(garbage)).isEqualTo(unreadable);
    }

    @Test
    void aForgedPacketIsMarked() {
        Bytes packet = data(OURS, 0, 0);
        Outcome<Endpoint.Delivery> refused = scripted.answer(Outcome.ok(new Endpoint.Delivery(false, false)));
        assertThat(endpoint.deliverForged(3, packet)).isSameAs(refused);
        TraceEvent.Deliver forged = (TraceEvent.Deliver) last();
        assertThat(forged.forged()).isTrue();
        assertThat(forged.outcome()).isSameAs(refused);
        assertThat(scripted.lastCall).isEqualTo("deliver[3, 52 bytes]");

        deliver(packet);
        assertThat(((TraceEvent.Deliver) last()).forged()).isFalse();
    }

    @Test
    void pulledPacketsAreGivenAsTheyAreInTheirOrder() {
        List<Bytes> packets = List.of(data(OURS, 1, 0), data(OURS, 1, 5), Bytes.EMPTY);
        scripted.answer(Outcome.ok(packets));
        assertThat(endpoint.pull(3, 16)).isEqualTo(Outcome.ok(packets));
        assertThat(scripted.lastCall).isEqualTo("pull[3, 16]");
        TraceEvent.Pull pull = (TraceEvent.Pull) last();
        assertThat(pull.channel()).isEqualTo(3);
        assertThat(pull.max()).isEqualTo(16);
        assertThat(pull.outcome().map(seen -> seen.stream().map(Object::getClass).toList()))
                .isEqualTo(Outcome.ok(List.of(
                        TracePacket.Readable.class, TracePacket.Readable.class, TracePacket.Unreadable.class)));
    }

    private void assertRecorded(String call, TraceEvent event) {
        assertThat(scripted.lastCall).isEqualTo(call);
        assertThat(last()).isEqualTo(event);
    }

    private TraceEvent last() {
        return lines.getLast().event();
    }

    private void connect(int socket, long connection) {
        Outcome<Endpoint.Connected> outcome = scripted.answer(Outcome.ok(new Endpoint.Connected(socket, connection)));
        assertThat(endpoint.connect(80, ChannelClass.LATENCY)).isSameAs(outcome);
        assertThat(scripted.lastCall).isEqualTo("connect[80, LATENCY]");
        assertThat(last()).isEqualTo(new TraceEvent.Connect(80, ChannelClass.LATENCY,
                Outcome.ok(new Endpoint.Connected(socket, connection))));
    }

    private void accept(int socket, long connection) {
        Outcome<Optional<Endpoint.Connected>> outcome =
                scripted.answer(Outcome.ok(Optional.of(new Endpoint.Connected(socket, connection))));
        assertThat(endpoint.accept(80)).isSameAs(outcome);
        assertThat(last()).isEqualTo(new TraceEvent.Accept(80,
                Outcome.ok(Optional.of(new Endpoint.Connected(socket, connection)))));
    }

    private void send(int socket, int length, Outcome<Integer> outcome) {
        scripted.answer(outcome);
        assertThat(endpoint.send(socket, Bytes.of(new byte[length]))).isSameAs(outcome);
        assertThat(((TraceEvent.Send) last()).outcome()).isSameAs(outcome);
    }

    private TraceEvent.Received receive(int socket, Bytes data, boolean end) {
        Outcome<Endpoint.Received> outcome = scripted.answer(Outcome.ok(new Endpoint.Received(data, end)));
        assertThat(endpoint.receive(socket, 100)).isSameAs(outcome);
        TraceEvent.Receive event = (TraceEvent.Receive) last();
        assertThat(event.max()).isEqualTo(100);
        return ((Outcome.Ok<TraceEvent.Received>) event.outcome()).value();
    }

    private static TraceEvent.Received received(long offset, int length, boolean intact, boolean end) {
        return new TraceEvent.Received(new Range(offset, length), intact, end);
    }

    private TracePacket pull(Bytes packet) {
        scripted.answer(Outcome.ok(List.of(packet)));
        endpoint.pull(1, 8);
        return ((Outcome.Ok<List<TracePacket>>) ((TraceEvent.Pull) last()).outcome()).value().getFirst();
    }

    private TracePacket deliver(Bytes packet) {
        Outcome<Endpoint.Delivery> outcome = scripted.answer(Outcome.ok(new Endpoint.Delivery(true, false)));
        assertThat(endpoint.deliver(1, packet)).isSameAs(outcome);
        return ((TraceEvent.Deliver) last()).packet();
    }

    private static boolean intact(TracePacket packet) {
        return ((TracePacket.Readable) packet).intact();
    }

    private static Bytes data(long connection, int direction, long offset) {
        PacketHeader header = new PacketHeader(PacketType.DATA.code(), 12, 1, 2, 0, connection, offset, 0);
        return PacketCodec.encode(new Packet(header, pattern(connection, direction, offset, 12)));
    }

    private static Bytes pattern(long connection, int direction, long offset, int length) {
        return PayloadPattern.bytes(connection, direction, offset, length);
    }
}
