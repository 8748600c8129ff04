package org.netchannel.optimized;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.List;
import java.util.OptionalLong;
import java.util.concurrent.TimeUnit;
import jdk.jfr.Recording;
import jdk.jfr.consumer.RecordedEvent;
import jdk.jfr.consumer.RecordingFile;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.netchannel.traces.Bytes;
import org.netchannel.traces.ChannelClass;
import org.netchannel.traces.Config;
import org.netchannel.traces.Config.Setting;

/** What happens rarely is in a flight recording, and what did not happen is not. */
class FlightEventsTest {
    private static final long INCARNATION = 0x0123_4567_89ab_cdefL;

    @TempDir
    private Path folder;

    private final Recording recording = new Recording();
    private final OptimizedEndpoint endpoint = new OptimizedEndpoint();

    @BeforeEach
    void record() {
        List.of("ChannelUp", "ChannelFailed", "Stop", "ConnectionLost", "PacketDropped", "Stall")
                .forEach(name -> recording.enable("org.netchannel." + name));
        recording.start();
        endpoint.open(Config.DEFAULTS, 1, OptionalLong.of(INCARNATION));
    }

    @AfterEach
    void close() {
        recording.close();
    }

    private List<RecordedEvent> events(String name) throws IOException {
        return eventsOfAnyHost(name).stream()
                .filter(event -> !event.hasField("host") || event.getString("host").equals("0123456789abcdef"))
                .toList();
    }

    private List<RecordedEvent> eventsOfAnyHost(String name) throws IOException {
        Path file = folder.resolve("events.jfr");
        recording.dump(file);
        return RecordingFile.readAllEvents(file).stream()
                .filter(event -> event.getEventType().getName().equals("org.netchannel." + name))
                .toList();
    }

    @Test
    void channelThatComesUpAndFailsIsThereTwice() throws IOException {
        endpoint.channelUp(3, ChannelClass.LATENCY, true);
        assertThat(events("ChannelFailed")).isEmpty();
        endpoint.channelDown(3);
        assertThat(events("ChannelUp")).singleElement()
                .satisfies(event -> assertThat(event.getInt("channel")).isEqualTo(3))
                .satisfies(event -> assertThat(event.getString("channelClass")).isEqualTo("LATENCY"));
        assertThat(events("ChannelFailed")).singleElement()
                .satisfies(event -> assertThat(event.getInt("channel")).isEqualTo(3));
    }

    @Test
    void garbageIsDroppedAndFailsItsChannel() throws IOException {
        endpoint.channelUp(1, ChannelClass.CONTROL, false);
        endpoint.deliver(1, Bytes.of(new byte[7]));
        assertThat(events("PacketDropped")).singleElement()
                .satisfies(event -> assertThat(event.getString("cause")).isEqualTo("MALFORMED"));
        assertThat(events("ChannelFailed")).hasSize(1);
    }

    @Test
    void connectionThatNobodyAnswersIsLost() throws IOException {
        endpoint.channelUp(1, ChannelClass.CONTROL, true);
        endpoint.connect(80, ChannelClass.LATENCY);
        endpoint.advance(Config.DEFAULTS.get(Setting.CONNECT_TIMEOUT_NANOS) - 1);
        assertThat(events("ConnectionLost")).isEmpty();
        endpoint.advance(1);
        assertThat(events("ConnectionLost")).singleElement()
                .satisfies(event -> assertThat(event.getString("error")).isEqualTo("TIMEOUT"));
    }

    @Test
    void readerThatDoesNotReadIsToldOf() throws IOException {
        Config small = Config.DEFAULTS.with(Setting.RECEIVE_BUFFER, 100).with(Setting.HOL_TIMER_NANOS, 1);
        try (Stepped stacks = new Stepped(small, 1)) {
            VirtualSocket[] ends = stacks.connect(stacks.right.listen(80, 1));
            stacks.until(() -> stacks.left.activeChannels(ChannelClass.LATENCY).length == 1);
            ends[0].trySend(ByteBuffer.allocate(100));
            ends[0].trySend(ByteBuffer.allocate(100));
            for (int i = 0; i < 1_000; i++) {
                stacks.step();
            }
        }
        assertThat(eventsOfAnyHost("Stop")).singleElement()
                .satisfies(event -> assertThat(event.getLong("epoch")).isEqualTo(1));
    }

    @Test
    void stallIsThereWhenItIsCounted() throws IOException {
        Cycles cycles = new Cycles();
        cycles.begin(5);
        cycles.begin(5 + Cycles.STALL_NS);
        assertThat(events("Stall")).isEmpty();
        cycles.begin(6 + 2 * Cycles.STALL_NS);
        assertThat(events("Stall")).singleElement().satisfies(event -> assertThat(
                event.getDuration("length").toNanos()).isEqualTo(TimeUnit.MILLISECONDS.toNanos(10) + 1));
    }
}
