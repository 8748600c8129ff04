package org.netchannel.traces;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.From;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.Size;
import net.jqwik.api.lifecycle.AfterContainer;

class TraceRoundTripTest {
    private static final List<String> HOSTS = List.of("A", "B", "ü \"quoted\"\n\u2028\uD83D");
    private static final Set<String> OPS_SEEN = new HashSet<>();

    @Provide
    Arbitrary<TraceLine> lines() {
        return TraceArbitraries.lines(HOSTS);
    }

    @Property
    void aTraceIsReadAsItWasWritten(@ForAll("lines") TraceLine only, @ForAll long seed) throws IOException {
        TraceHeader header = new TraceHeader("made for a test", HOSTS, TraceArbitraries.someConfig(), seed);
        roundTrip(header, List.of(only));
        OPS_SEEN.add(only.event().op());
    }

    @Property(tries = 50)
    void severalLinesKeepTheirOrder(@ForAll @Size(max = 20) List<@From("lines") TraceLine> lines)
            throws IOException {
        roundTrip(new TraceHeader("", HOSTS, Config.DEFAULTS, 0), lines);
    }

    @AfterContainer
    static void everyOpWasSeen() {
        assertThat(OPS_SEEN).hasSize(TraceEvent.class.getPermittedSubclasses().length);
    }

    @Property
    void everyTypeCodeIsKept(@ForAll("headers") PacketHeader packet) throws IOException {
        TraceEvent event = new TraceEvent.Pull(1, 1, Outcome.ok(List.of(
                new TracePacket.Readable(packet, Optional.empty(), true))));
        roundTrip(new TraceHeader("", HOSTS, Config.DEFAULTS, 0), List.of(new TraceLine(1, "A", 0, event)));
    }

    @Provide
    Arbitrary<PacketHeader> headers() {
        return Arbitraries.integers().between(0, 255).flatMap(code -> TraceArbitraries.headers()
                .map(h -> new PacketHeader(code, h.length(), h.sourcePort(), h.destinationPort(), h.tag(),
                        h.connection(), h.offset(), h.ack())));
    }

    private static void roundTrip(TraceHeader header, List<TraceLine> lines) throws IOException {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        try (TraceWriter writer = TraceWriter.to(out, header)) {
            lines.forEach(writer::write);
        }
        List<TraceLine> read = new ArrayList<>();
        try (TraceReader reader = TraceReader.of(new ByteArrayInputStream(out.toByteArray()), "test")) {
            assertThat(reader.header()).isEqualTo(header);
            reader.forEach(read::add);
        }
        assertThat(read).isEqualTo(lines);
        assertThat(out.toString(StandardCharsets.UTF_8).lines()).hasSize(1 + lines.size());
    }
}
