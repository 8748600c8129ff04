package org.netchannel.conformance.check;

import java.util.LinkedHashMap;
import java.util.Map;
import org.netchannel.traces.ChannelClass;
import org.netchannel.traces.Hello;
import org.netchannel.traces.PacketHeader;
import org.netchannel.traces.PacketType;
import org.netchannel.traces.TracePacket;

/** Turns packets of a trace into the records that the specification knows. */
final class PacketRecords {
    private static final String UNKNOWN = "UNKNOWN";
    private static final Map<String, Object> UNREADABLE = Map.of("type", "UNREADABLE", "intact", true);

    private PacketRecords() {}

    static Map<String, Object> of(TracePacket packet) {
        return switch (packet) {
            case TracePacket.Unreadable _ -> UNREADABLE;
            case TracePacket.Readable readable -> readable(readable);
        };
    }

    private static Map<String, Object> readable(TracePacket.Readable packet) {
        PacketHeader header = packet.header();
        Map<String, Object> fields = new LinkedHashMap<>();
        fields.put("type", header.type().map(PacketType::name).orElse(UNKNOWN));
        fields.put("sourcePort", header.sourcePort());
        fields.put("destinationPort", header.destinationPort());
        fields.put("tag", SpecNumbers.unsigned(header.tag()));
        fields.put("connection", SpecNumbers.connection(header.connection()));
        fields.put("offset", SpecNumbers.unsigned(header.offset()));
        fields.put("ack", SpecNumbers.unsigned(header.ack()));
        fields.put("length", SpecNumbers.unsigned(header.length()));
        fields.put("intact", packet.intact());
        packet.hello().ifPresent(hello -> fields.put("hello", hello(hello)));
        return fields;
    }

    private static Map<String, Object> hello(Hello hello) {
        return Map.of(
                "incarnation", SpecNumbers.incarnation(hello.incarnation()),
                "channel", SpecNumbers.unsigned(hello.channel()),
                "class", className(hello.classCode()),
                "largestPayload", SpecNumbers.unsigned(hello.largestPayload()));
    }

    private static String className(long code) {
        for (ChannelClass channelClass : ChannelClass.values()) {
            if (channelClass.code() == code) {
                return channelClass.name();
            }
        }
        return UNKNOWN;
    }
}
