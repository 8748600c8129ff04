package org.netchannel.traces;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.Size;
import org.junit.jupiter.api.Test;

/** The small values of the observable language keep what they promise. */
class ValuesTest {
    @Test
    void everyTypeCodeFromOneToTwelveIsInUse() {
        List<PacketType> found = new ArrayList<>();
        for (int code = -1; code <= 256; code++) {
            PacketType.ofCode(code).ifPresent(found::add);
        }
        assertThat(found).containsExactly(PacketType.values());
        assertThat(PacketType.ofCode(5)).contains(PacketType.DATA);
    }

    @Test
    void everyClassCodeIsFoundAndNoOther() {
        for (ChannelClass channelClass : ChannelClass.values()) {
            assertThat(ChannelClass.ofCode(channelClass.code())).contains(channelClass);
        }
        assertThat(ChannelClass.ofCode(-1)).isEmpty();
        assertThat(ChannelClass.ofCode(3)).isEmpty();
        assertThat(ChannelClass.ofCode(0x1_0000_0001L)).isEmpty();
    }

    @Test
    void aReasonBelongsToItsPacketType() {
        assertThat(Reason.of(PacketType.NCREFUSE, 1)).contains(Reason.NO_LISTENER);
        assertThat(Reason.of(PacketType.RST, 1)).contains(Reason.ABORTED);
        assertThat(Reason.of(PacketType.RST, 8)).contains(Reason.TIMEOUT);
        assertThat(Reason.of(PacketType.NCREFUSE, 4)).isEmpty();
        assertThat(Reason.of(PacketType.RST, 9)).isEmpty();
        assertThat(Reason.of(PacketType.RST, 0)).isEmpty();
        assertThat(Reason.of(PacketType.DATA, 1)).isEmpty();
        assertThat(Reason.LIMIT.carrier()).isEqualTo(PacketType.NCREFUSE);
        assertThat(Reason.LIMIT.tag()).isEqualTo(3);
    }

    @Test
    void aHeaderFieldThatDoesNotFitIsAMistake() {
        assertThat(new PacketHeader(255, 0, 65_535, 65_535, 0xFFFF_FFFFL, -1, -1, -1).type()).isEmpty();
        assertThatThrownBy(() -> new PacketHeader(256, 0, 0, 0, 0, 0, 0, 0))
                .hasMessage("typeCode is 256, legal is 0 to 255");
        assertThatThrownBy(() -> new PacketHeader(0, -1, 0, 0, 0, 0, 0, 0)).hasMessageStartingWith("length is -1,");
        assertThatThrownBy(() -> new PacketHeader(0, 0, 65_536, 0, 0, 0, 0, 0))
                .hasMessage("sourcePort is 65536, legal is 0 to 65535");
        assertThatThrownBy(() -> new PacketHeader(0, 0, 0, 65_536, 0, 0, 0, 0))
                .hasMessageStartingWith("destinationPort is 65536,");
        assertThatThrownBy(() -> new PacketHeader(0, 0, 0, 0, 0x1_0000_0000L, 0, 0, 0))
                .hasMessage("tag is 4294967296, legal is 0 to 4294967295");
    }

    @Test
    void aPacketWhoseHeaderGivesAnotherLengthIsAMistake() {
        PacketHeader header = new PacketHeader(5, 2, 1, 2, 0, 3, 0, 0);
        assertThatThrownBy(() -> new Packet(header, Bytes.of((byte) 1)))
                .hasMessage("header says 2 payload bytes, there are 1");
    }

    @Property
    void aSliceIsEqualToACopyOfTheSameBytes(@ForAll @Size(min = 3, max = 30) byte[] array) {
        Bytes slice = Bytes.of(array).slice(1, array.length - 2).slice(1, array.length - 3);
        Bytes copy = Bytes.of(slice.toArray());
        assertThat(slice).isEqualTo(copy);
        assertThat(slice.hashCode()).isEqualTo(Arrays.hashCode(slice.toArray()));
        for (int i = 0; i < slice.length(); i++) {
            assertThat(slice.at(i)).isEqualTo(array[2 + i]);
        }
        if (copy.length() > 0) {
            copy.array()[copy.length() - 1]++;
            assertThat(slice).isNotEqualTo(copy);
        }
    }

    @Test
    void bytesOutsideAViewCannotBeReached() {
        Bytes part = Bytes.of(new byte[10]).slice(2, 5);
        assertThat(part).hasToString("5 bytes").isNotEqualTo(part.slice(0, 4));
        assertThatThrownBy(() -> part.at(5)).isInstanceOf(IndexOutOfBoundsException.class);
        assertThatThrownBy(() -> part.at(-1)).isInstanceOf(IndexOutOfBoundsException.class);
        assertThatThrownBy(() -> part.slice(1, 5)).isInstanceOf(IndexOutOfBoundsException.class);
        assertThatThrownBy(() -> new Bytes(new byte[3], 1, 3)).isInstanceOf(IndexOutOfBoundsException.class);
    }

    @Test
    void everySettingIsLegalFromOneToItsLargestValue() {
        for (Config.Setting setting : Config.Setting.values()) {
            Config config = Config.DEFAULTS.with(Config.Setting.SEND_BUFFER, 77);
            assertThat(config.with(setting, 1).problem()).isEmpty();
            assertThat(config.with(setting, setting.max()).problem()).isEmpty();
            assertThat(config.with(setting, 0).problem())
                    .isEqualTo("config." + setting.key() + " is 0, legal is 1 to " + setting.max());
            assertThat(config.with(setting, setting.max() + 1).problem())
                    .isEqualTo("config." + setting.key() + " is " + (setting.max() + 1) + ", legal is 1 to "
                            + setting.max());
            assertThat(Config.DEFAULTS.get(setting)).isEqualTo(setting.defaultValue());
            assertThat(config.with(setting, 5).get(setting)).isEqualTo(5);
        }
        assertThat(Config.DEFAULTS.problem()).isEmpty();
    }

    @Test
    void aSettingThatDoesNotExistIsNamedWithThoseThatDo() {
        assertThat(new Config(Map.of("speed", 1L)).problem())
                .isEqualTo("config.speed is not a setting, legal are sendBuffer, receiveBuffer, channelBudget, "
                        + "queueThreshold, maxPayload, holTimerNanos, ackDelayNanos, connectTimeoutNanos, socketLimit");
    }

    @Test
    void aHeaderWithoutHostsOrWithEqualOnesOrAnIllegalSettingIsAMistake() {
        Config illegal = Config.DEFAULTS.with(Config.Setting.SOCKET_LIMIT, 0);
        assertThatThrownBy(() -> new TraceHeader("", List.of(), Config.DEFAULTS, 0))
                .hasMessage("hosts are [], legal is at least one, and different names");
        assertThatThrownBy(() -> new TraceHeader("", List.of("A", "A"), Config.DEFAULTS, 0))
                .hasMessage("hosts are [A, A], legal is at least one, and different names");
        assertThatThrownBy(() -> new TraceHeader("", List.of("A"), illegal, 0))
                .hasMessage("config.socketLimit is 0, legal is 1 to 1048576");
    }

    @Test
    void aLineBeforeTheFirstStepOrBeforeTimeZeroIsAMistake() {
        TraceEvent event = new TraceEvent.Unlisten(1, Outcome.done());
        assertThatThrownBy(() -> new TraceLine(0, "A", 0, event))
                .hasMessageStartingWith("step is 0, legal is 1 and up");
        assertThatThrownBy(() -> new TraceLine(1, "A", -1, event)).hasMessageContaining("nanos is -1, legal is 0");
    }

    @Test
    void theOutcomeOfAnErrorStaysAsItIsInAnotherForm() {
        Outcome<Integer> failed = new Outcome.Failed<>(ErrorCode.RESET, Optional.of(Reason.CLOSED), "m");
        assertThat(failed.map(value -> value + 1)).isEqualTo(failed);
        assertThat(Outcome.ok(1).map(value -> value + 1)).isEqualTo(Outcome.ok(2));
    }
}
