package org.netchannel.traces;

import com.fasterxml.jackson.core.JsonGenerator;
import java.io.IOException;
import java.util.Optional;

/** A packet of a trace line as a JSON object, both ways. */
final class PacketFields {
    /** A type code that is not in use (NC-HDR-3); the code stands in {@code typeCode}. */
    private static final String UNKNOWN = "UNKNOWN";

    /** Bytes that are no packet (NC-HDR-2). */
    private static final String UNREADABLE = "UNREADABLE";

    private static final long MAX_U32 = 0xFFFF_FFFFL;

    private PacketFields() {}

    /**
     * Reads a packet.
     *
     * @param fields the packet's object
     * @param lineIntact the {@code intact} of the whole line; false holds for each of its packets
     */
    static TracePacket read(JsonFields fields, boolean lineIntact) throws MalformedTraceException {
        String type = fields.textOrEmpty("type");
        if (type.equals(UNREADABLE)) {
            return new TracePacket.Unreadable(fields.text("why"));
        }
        PacketHeader header = new PacketHeader(
                typeCode(type, fields),
                (int) fields.integer("length", 0, Integer.MAX_VALUE),
                (int) fields.integer("sourcePort", 0, 65_535),
                (int) fields.integer("destinationPort", 0, 65_535),
                fields.integer("tag", 0, MAX_U32),
                fields.hex("connection"),
                fields.unsigned("offset"),
                fields.unsigned("ack"));
        Optional<Hello> hello = fields.has("hello") ? Optional.of(hello(fields.object("hello"))) : Optional.empty();
        return new TracePacket.Readable(header, hello, lineIntact & fields.flagOr("intact", true));
    }

    private static int typeCode(String type, JsonFields fields) throws MalformedTraceException {
        if (!type.equals(UNKNOWN)) {
            return fields.constant("type", PacketType.class, UNKNOWN, UNREADABLE).code();
        }
        int code = (int) fields.integer("typeCode", 0, 255);
        if (PacketType.ofCode(code).isPresent()) {
            throw fields.illegal("typeCode", "a code that is not in use: 0 or 13 to 255");
        }
        return code;
    }

    private static Hello hello(JsonFields fields) throws MalformedTraceException {
        return new Hello(
                fields.hex("incarnation"),
                fields.integer("channel", 0, MAX_U32),
                fields.hasText("class")
                        ? fields.constant("class", ChannelClass.class).code()
                        : fields.integer("class", 0, MAX_U32),
                fields.integer("largestPayload", 0, MAX_U32));
    }

    static void write(JsonGenerator json, TracePacket packet) throws IOException {
        json.writeStartObject();
        switch (packet) {
            case TracePacket.Readable(PacketHeader header, Optional<Hello> hello, boolean intact) -> {
                write(json, header);
                if (hello.isPresent()) {
                    write(json, hello.get());
                }
                if (!intact) {
                    json.writeBooleanField("intact", false);
                }
            }
            case TracePacket.Unreadable(String why) -> {
                json.writeStringField("type", UNREADABLE);
                TraceFormat.writeText(json, "why", why);
            }
        }
        json.writeEndObject();
    }

    private static void write(JsonGenerator json, PacketHeader header) throws IOException {
        Optional<PacketType> type = header.type();
        json.writeStringField("type", type.isPresent() ? type.get().name() : UNKNOWN);
        if (type.isEmpty()) {
            json.writeNumberField("typeCode", header.typeCode());
        }
        json.writeNumberField("sourcePort", header.sourcePort());
        json.writeNumberField("destinationPort", header.destinationPort());
        json.writeNumberField("tag", header.tag());
        TraceFormat.writeHex(json, "connection", header.connection());
        TraceFormat.writeUnsigned(json, "offset", header.offset());
        TraceFormat.writeUnsigned(json, "ack", header.ack());
        json.writeNumberField("length", header.length());
    }

    private static void write(JsonGenerator json, Hello hello) throws IOException {
        json.writeObjectFieldStart("hello");
        TraceFormat.writeHex(json, "incarnation", hello.incarnation());
        json.writeNumberField("channel", hello.channel());
        Optional<ChannelClass> known = ChannelClass.ofCode(hello.classCode());
        if (known.isPresent()) {
            json.writeStringField("class", known.get().name());
        } else {
            json.writeNumberField("class", hello.classCode());
        }
        json.writeNumberField("largestPayload", hello.largestPayload());
        json.writeEndObject();
    }
}
