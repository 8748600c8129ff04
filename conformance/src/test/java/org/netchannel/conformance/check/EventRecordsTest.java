package org.netchannel.conformance.check;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.netchannel.traces.Config;
import org.netchannel.traces.Config.Setting;
import org.netchannel.traces.Endpoint.Delivery;
import org.netchannel.traces.Endpoint.Identity;
import org.netchannel.traces.ErrorCode;
import org.netchannel.traces.Hello;
import org.netchannel.traces.Outcome;
import org.netchannel.traces.PacketHeader;
import org.netchannel.traces.Reason;
import org.netchannel.traces.TraceEvent;
import org.netchannel.traces.TraceEvent.Range;
import org.netchannel.traces.TraceLine;
import org.netchannel.traces.TracePacket;

class EventRecordsTest {
    private static final int LARGEST = (1 << 30) - 1;

    private final EventRecords records = new EventRecords(Lines.HEADER);

    private Map<String, Object> only(TraceEvent event) {
        List<Map<String, Object>> events = records.of(new TraceLine(7, "right", 3_000_000_005L, event));
        assertThat(events).hasSize(1);
        return events.getFirst();
    }

    private static TracePacket packet(int type, int length, long tag, long offset, long ack, Optional<Hello> hello) {
        return new TracePacket.Readable(
                new PacketHeader(type, length, 1, 2, tag, 0xAL, offset, ack), hello, true);
    }

    private Object delivered(TracePacket packet) {
        TraceEvent event = new TraceEvent.Deliver(3, packet, true, Outcome.ok(new Delivery(true, true)));
        assertThat(only(event))
                .containsEntry("forged", true)
                .containsEntry("accepted", true)
                .containsEntry("failed", true);
        return only(event).get("packet");
    }

    @Test
    void hostsAreAAndBWhateverTheirNames() {
        assertThat(only(new TraceEvent.Unlisten(1, Outcome.done())))
                .isEqualTo(Map.of(
                        "op", "unlisten", "host", "B", "line", 7, "nanos", List.of(3, 5), "ok", true, "error", "",
                        "reason", "", "port", 1));
    }

    @Test
    void errorsStandBesideTheArguments() {
        assertThat(only(new TraceEvent.Connect(80, org.netchannel.traces.ChannelClass.LATENCY,
                        Outcome.failed(ErrorCode.REFUSED, Reason.LIMIT))))
                .containsEntry("ok", false)
                .containsEntry("error", "REFUSED")
                .containsEntry("reason", "LIMIT")
                .containsEntry("class", "LATENCY")
                .containsEntry("socket", 0)
                .containsEntry("connection", "0000000000000000");
    }

    @Test
    void aPullIsOneEventForEachPacketAndOneForItsEnd() {
        TracePacket one = packet(6, 0, 0, 0, 5, Optional.empty());
        TraceEvent pull = new TraceEvent.Pull(9, 2, Outcome.ok(List.of(one, one)));
        List<Map<String, Object>> events = records.of(new TraceLine(1, "left", 0, pull));
        assertThat(events).extracting(event -> event.get("op")).containsExactly("pull", "pull", "pullEnd");
        assertThat(events.getFirst()).containsEntry("channel", 9).containsKey("packet");
        assertThat(events.getLast()).containsEntry("drained", false);
        assertThat(only(new TraceEvent.Pull(9, 1, Outcome.ok(List.of())))).containsEntry("drained", true);
        assertThat(only(new TraceEvent.Pull(9, 1, Outcome.failed(ErrorCode.BAD_REQUEST, ""))))
                .containsEntry("op", "pullEnd")
                .containsEntry("ok", false)
                .containsEntry("drained", false);
    }

    @Test
    void numbersOfPacketsKeepTheirValueUpToTheLargestThatFits() {
        assertThat(delivered(packet(5, 9, LARGEST, LARGEST, LARGEST - 1L, Optional.empty())))
                .isEqualTo(Map.of(
                        "type", "DATA", "sourcePort", 1, "destinationPort", 2, "tag", LARGEST, "connection",
                        "000000000000000a", "offset", LARGEST, "ack", LARGEST - 1, "length", 9, "intact", true));
        assertThat(delivered(packet(5, 9, 0xFFFF_FFFFL, LARGEST + 1L, -1, Optional.empty())))
                .isEqualTo(Map.of(
                        "type", "DATA", "sourcePort", 1, "destinationPort", 2, "tag", LARGEST, "connection",
                        "000000000000000a", "offset", LARGEST, "ack", LARGEST, "length", 9, "intact", true));
    }

    @Test
    void helloComesWithWhatItSays() {
        Hello hello = new Hello(-1, 0xFFFF_FFFFL, 2, 1_000);
        assertThat(((Map<?, ?>) delivered(packet(1, 24, 0, 0, 0, Optional.of(hello)))).get("hello"))
                .isEqualTo(Map.of(
                        "incarnation", List.of(0x3F_FFFF, 0x1F_FFFF, 0x1F_FFFF), "channel", LARGEST, "class",
                        "THROUGHPUT", "largestPayload", 1_000));
        Hello odd = new Hello(1, 1, 3, 1);
        Map<?, ?> packet = (Map<?, ?>) delivered(packet(1, 24, 0, 0, 0, Optional.of(odd)));
        assertThat(((Map<?, ?>) packet.get("hello")).get("class"))
                .isEqualTo("UNKNOWN");
    }

    @Test
    void incarnationsKeepTheirOrder() {
        assertThat(SpecNumbers.incarnation(0)).containsExactly(0, 0, 0);
        assertThat(SpecNumbers.incarnation(1)).containsExactly(0, 0, 1);
        assertThat(SpecNumbers.incarnation(1L << 21)).containsExactly(0, 1, 0);
        assertThat(SpecNumbers.incarnation(1L << 42)).containsExactly(1, 0, 0);
        assertThat(SpecNumbers.incarnation(Long.MIN_VALUE)).containsExactly(1 << 21, 0, 0);
    }

    @Test
    void whatIsNoPacketHasNoFields() {
        assertThat(delivered(new TracePacket.Unreadable("too short")))
                .isEqualTo(Map.of("type", "UNREADABLE", "intact", true));
        assertThat(((Map<?, ?>) delivered(packet(200, 0, 0, 0, 0, Optional.empty()))).get("type")).isEqualTo("UNKNOWN");
    }

    @Test
    void allSettingsAreThereAndTimesArePairs() {
        Config config = Config.DEFAULTS
                .with(Setting.SEND_BUFFER, 1 << 30)
                .with(Setting.RECEIVE_BUFFER, (1L << 30) + 7)
                .with(Setting.ACK_DELAY_NANOS, 1_500_000_000L)
                .with(Setting.SOCKET_LIMIT, -5);
        Map<String, Object> open =
                only(new TraceEvent.Open(config, 1, OptionalLong.empty(), Outcome.ok(new Identity("x", "1"))));
        assertThat(open).containsEntry("unknownSettings", Set.of()).containsEntry("incarnation", List.of());
        assertThat((Map<?, ?>) open.get("config")).isEqualTo(Map.of(
                "sendBuffer", 1 << 30, "receiveBuffer", (1 << 30) + 1, "channelBudget", 1 << 20, "queueThreshold",
                2 << 20, "maxPayload", 65_496, "socketLimit", -1, "holTimer", List.of(0, 1_000_000), "ackDelay",
                List.of(1, 500_000_000), "connectTimeout", List.of(5, 0)));
        Config odd = new Config(Map.of("colour", 1L));
        assertThat(only(new TraceEvent.Open(odd, 1, OptionalLong.of(2), Outcome.failed(ErrorCode.BAD_REQUEST, ""))))
                .containsEntry("unknownSettings", Set.of("colour"))
                .containsEntry("incarnation", List.of(0, 0, 2));
    }

    @Test
    void advancesBackAndFarAheadHaveAForm() {
        assertThat(only(new TraceEvent.Advance(-1, Outcome.failed(ErrorCode.BAD_REQUEST, ""))))
                .containsEntry("by", List.of(-1, 999_999_999));
        assertThat(only(new TraceEvent.Advance(Long.MAX_VALUE, Outcome.failed(ErrorCode.BAD_REQUEST, ""))).get("by"))
                .isEqualTo(List.of(LARGEST, 854_775_807));
    }

    @Test
    void whatHasNoFormIsSaid() {
        TraceEvent event = new TraceEvent.Unlisten(1, Outcome.done());
        assertThatThrownBy(() -> records.of(new TraceLine(1L << 31, "left", 0, event)))
                .isInstanceOf(BeyondSpecException.class)
                .hasMessageContaining("2147483648");
        assertThatThrownBy(() -> records.of(new TraceLine(1, "left", (1L << 30) * 1_000_000_000L, event)))
                .isInstanceOf(BeyondSpecException.class)
                .hasMessageContaining(String.valueOf(LARGEST));
        assertThat(records.of(new TraceLine(1, "left", LARGEST * 1_000_000_000L, event))).hasSize(1);
        TraceEvent send = new TraceEvent.Send(1, new Range(LARGEST, 1), Outcome.ok(1));
        assertThatThrownBy(() -> records.of(new TraceLine(1, "left", 0, send)))
                .isInstanceOf(BeyondSpecException.class)
                .hasMessageContaining(String.valueOf(LARGEST + 1));
    }
}
