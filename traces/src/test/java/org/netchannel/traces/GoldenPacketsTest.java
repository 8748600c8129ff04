package org.netchannel.traces;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.EnumSet;
import java.util.HexFormat;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.netchannel.traces.Decoded.Good;
import org.netchannel.traces.Decoded.Malformed;

class GoldenPacketsTest {
    private static final String TRACE = """
            {"trace":"netchannel","version":1,"implementation":"","hosts":["A"],"config":{},"seed":0}
            {"step":1,"host":"A","nanos":0,"op":"deliver","channel":1,"packet":%s,"accepted":true}
            """;

    private final JsonNode golden;

    GoldenPacketsTest() throws IOException {
        golden = new ObjectMapper().readTree(Resources.path("golden-packets.json").toFile());
    }

    @Test
    void decodingTheHexGivesTheMeaning() throws IOException {
        for (JsonNode entry : golden.get("packets")) {
            Packet packet = ((Good<Packet>) PacketCodec.decode(hex(entry))).value();
            assertThat(asTraced(packet)).as(entry.get("name").asText()).isEqualTo(meaning(entry));
        }
    }

    @Test
    void encodingTheMeaningGivesTheHex() throws IOException {
        for (JsonNode entry : golden.get("packets")) {
            Bytes hex = hex(entry);
            TracePacket.Readable meaning = meaning(entry);
            Bytes payload = meaning.hello()
                    .map(HelloCodec::encode)
                    .orElseGet(() -> hex.slice(PacketHeader.BYTES, hex.length() - PacketHeader.BYTES));
            assertThat(PacketCodec.encode(new Packet(meaning.header(), payload)))
                    .as(entry.get("name").asText())
                    .isEqualTo(hex);
        }
    }

    @Test
    void malformedBytesAreReportedWhereTheyAreWrong() {
        for (JsonNode entry : golden.get("malformed")) {
            assertThat(PacketCodec.decode(hex(entry)))
                    .as(entry.get("name").asText())
                    .isEqualTo(new Malformed<>(
                            entry.get("byteIndex").asInt(), entry.get("reason").asText()));
        }
    }

    @Test
    void everyTypeAndEveryReasonIsThere() throws IOException {
        Set<PacketType> types = EnumSet.noneOf(PacketType.class);
        Set<Reason> reasons = EnumSet.noneOf(Reason.class);
        for (JsonNode entry : golden.get("packets")) {
            PacketHeader header = meaning(entry).header();
            header.type().ifPresent(type -> {
                types.add(type);
                Reason.of(type, header.tag()).ifPresent(reasons::add);
            });
        }
        assertThat(types).containsExactly(PacketType.values());
        assertThat(reasons).containsExactly(Reason.values());
    }

    @Test
    void theDataPacketsCarryThePayloadPattern() {
        PayloadCheck pattern = PayloadPattern::matches;
        int checked = 0;
        for (JsonNode entry : golden.get("packets")) {
            Packet packet = ((Good<Packet>) PacketCodec.decode(hex(entry))).value();
            PacketHeader header = packet.header();
            if (header.type().equals(Optional.of(PacketType.DATA)) && header.length() > 0) {
                int direction = header.destinationPort() == 80 ? 0 : 1;
                assertThat(pattern.intact(header.connection(), direction, header.offset(), packet.payload()))
                        .as(entry.get("name").asText())
                        .isTrue();
                checked++;
            }
        }
        assertThat(checked).isEqualTo(2);
    }

    private static Bytes hex(JsonNode entry) {
        return Bytes.of(HexFormat.of().parseHex(entry.get("hex").asText().replace(" ", "")));
    }

    /** The packet of an entry, read as the packet of a trace line is. */
    private static TracePacket.Readable meaning(JsonNode entry) throws IOException {
        byte[] trace = TRACE.formatted(entry.get("packet")).getBytes(StandardCharsets.UTF_8);
        try (TraceReader reader = TraceReader.of(new ByteArrayInputStream(trace), "golden")) {
            TraceEvent.Deliver line = (TraceEvent.Deliver) reader.next().orElseThrow().event();
            return (TracePacket.Readable) line.packet();
        }
    }

    private static TracePacket.Readable asTraced(Packet packet) {
        Optional<Hello> hello = packet.header().type().equals(Optional.of(PacketType.HELLO))
                        && HelloCodec.decode(packet.payload()) instanceof Good<Hello>(Hello value)
                ? Optional.of(value)
                : Optional.empty();
        return new TracePacket.Readable(packet.header(), hello, true);
    }
}
