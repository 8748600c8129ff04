package org.netchannel.traces;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collections;
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
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;
import net.jqwik.api.lifecycle.AfterContainer;

class TraceRoundTripTest {
    private static final List<String> HOSTS = List.of("A", "B", "ü \"quoted\"\n\u2028\uD83D");
    private static final ObjectMapper JSON = new ObjectMapper();
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

    @Property(tries = 300)
    void theOrderOfFieldsDoesNotMatter(@ForAll("lines") TraceLine line, @ForAll @IntRange(max = 9) int first)
            throws IOException {
        TraceHeader header = new TraceHeader("i", HOSTS, TraceArbitraries.someConfig(), 5);
        ByteArrayOutputStream trace = new ByteArrayOutputStream();
        for (String text : written(header, List.of(line)).toString(StandardCharsets.UTF_8).split("\n")) {
            trace.write(JSON.writeValueAsBytes(turned(JSON.readTree(text), first)));
            trace.write('\n');
        }
        assertRead(trace.toByteArray(), header, List.of(line));
    }

    /** The same value with the fields of each object in another order: one of them first, the last one next. */
    private static JsonNode turned(JsonNode node, int first) {
        if (node instanceof ArrayNode list) {
            ArrayNode turned = JSON.createArrayNode();
            list.forEach(element -> turned.add(turned(element, first)));
            return turned;
        }
        if (!(node instanceof ObjectNode object)) {
            return node;
        }
        List<String> keys = new ArrayList<>();
        object.fieldNames().forEachRemaining(keys::add);
        Collections.rotate(keys, -first);
        Collections.reverse(keys.subList(Math.min(1, keys.size()), keys.size()));
        ObjectNode turned = JSON.createObjectNode();
        keys.forEach(key -> turned.set(key, turned(object.get(key), first)));
        return turned;
    }

    private static void roundTrip(TraceHeader header, List<TraceLine> lines) throws IOException {
        ByteArrayOutputStream out = written(header, lines);
        assertRead(out.toByteArray(), header, lines);
        assertThat(out.toString(StandardCharsets.UTF_8).lines()).hasSize(1 + lines.size());
    }

    private static ByteArrayOutputStream written(TraceHeader header, List<TraceLine> lines) throws IOException {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        try (TraceWriter writer = TraceWriter.to(out, header)) {
            lines.forEach(writer::write);
        }
        return out;
    }

    private static void assertRead(byte[] trace, TraceHeader header, List<TraceLine> lines) throws IOException {
        List<TraceLine> read = new ArrayList<>();
        try (TraceReader reader = TraceReader.of(new ByteArrayInputStream(trace), "test")) {
            assertThat(reader.header()).isEqualTo(header);
            reader.forEach(read::add);
        }
        assertThat(read).isEqualTo(lines);
    }
}
