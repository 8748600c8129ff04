package org.netchannel.traces;

import com.fasterxml.jackson.core.JsonGenerator;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.netchannel.traces.Endpoint.Connected;
import org.netchannel.traces.Endpoint.Delivery;
import org.netchannel.traces.Endpoint.Identity;
import org.netchannel.traces.Outcome.Done;
import org.netchannel.traces.TraceEvent.Range;
import org.netchannel.traces.TraceEvent.Received;

/** Writes the fields of a {@link TraceEvent} into a line's object; {@link EventReader} is the other way. */
final class EventWriter {
    /** Writes the result of a call that went well. */
    private interface Result<T> {
        void write(JsonGenerator json, T value) throws IOException;
    }

    private static final Result<Done> NOTHING = (_, _) -> {};

    private EventWriter() {}

    static void write(JsonGenerator json, TraceEvent event) throws IOException {
        json.writeStringField("op", event.op());
        switch (event) {
            case TraceEvent.Open open -> open(json, open);
            case TraceEvent.ChannelUp channelUp -> channelUp(json, channelUp);
            case TraceEvent.ChannelDown(int channel, Outcome<Done> outcome) ->
                call(json, "channel", channel, outcome, NOTHING);
            case TraceEvent.ChannelDrain(int channel, Outcome<Done> outcome) ->
                call(json, "channel", channel, outcome, NOTHING);
            case TraceEvent.Listen listen -> {
                json.writeNumberField("port", listen.port());
                call(json, "backlog", listen.backlog(), listen.outcome(), NOTHING);
            }
            case TraceEvent.Unlisten(int port, Outcome<Done> outcome) -> call(json, "port", port, outcome, NOTHING);
            case TraceEvent.Connect connect -> {
                json.writeNumberField("port", connect.port());
                json.writeStringField("class", connect.trafficClass().name());
                outcome(json, connect.outcome(), EventWriter::connected);
            }
            case TraceEvent.Accept(int port, Outcome<Optional<Connected>> outcome) ->
                call(json, "port", port, outcome, EventWriter::accepted);
            case TraceEvent.Send send -> {
                json.writeNumberField("socket", send.socket());
                range(json, send.data());
                outcome(json, send.outcome(), EventWriter::taken);
            }
            case TraceEvent.Receive receive -> {
                json.writeNumberField("socket", receive.socket());
                call(json, "max", receive.max(), receive.outcome(), EventWriter::received);
            }
            case TraceEvent.Shutdown(int socket, Outcome<Done> outcome) ->
                call(json, "socket", socket, outcome, NOTHING);
            case TraceEvent.Close(int socket, Outcome<Done> outcome) -> call(json, "socket", socket, outcome, NOTHING);
            case TraceEvent.Abort(int socket, Outcome<Done> outcome) -> call(json, "socket", socket, outcome, NOTHING);
            case TraceEvent.Status(int socket, Outcome<Endpoint.Status> outcome) ->
                call(json, "socket", socket, outcome, EventWriter::status);
            case TraceEvent.Deliver deliver -> deliver(json, deliver);
            case TraceEvent.Pull pull -> {
                json.writeNumberField("channel", pull.channel());
                call(json, "max", pull.max(), pull.outcome(), EventWriter::packets);
            }
            case TraceEvent.Advance(long nanos, Outcome<Done> outcome) -> call(json, "by", nanos, outcome, NOTHING);
        }
    }

    static void config(JsonGenerator json, Config config) throws IOException {
        if (config.given().size() > TraceFormat.MAX_FIELDS) {
            throw new IllegalArgumentException("config has " + config.given().size()
                    + " settings, legal in a trace is at most " + TraceFormat.MAX_FIELDS);
        }
        json.writeObjectFieldStart("config");
        for (Map.Entry<String, Long> setting : config.given().entrySet()) {
            json.writeNumberField(setting.getKey(), setting.getValue());
        }
        json.writeEndObject();
    }

    /** Writes the last argument of a call, and its outcome. */
    private static <T> void call(JsonGenerator json, String key, long argument, Outcome<T> outcome, Result<T> result)
            throws IOException {
        json.writeNumberField(key, argument);
        outcome(json, outcome, result);
    }

    private static <T> void outcome(JsonGenerator json, Outcome<T> outcome, Result<T> result) throws IOException {
        switch (outcome) {
            case Outcome.Ok<T>(T value) -> result.write(json, value);
            case Outcome.Failed<T>(ErrorCode error, Optional<Reason> reason, String message) -> {
                json.writeStringField("error", error.name());
                if (reason.isPresent()) {
                    json.writeStringField("reason", reason.get().name());
                }
                if (!message.isEmpty()) {
                    TraceFormat.writeText(json, "message", message);
                }
            }
        }
    }

    private static void open(JsonGenerator json, TraceEvent.Open open) throws IOException {
        config(json, open.config());
        json.writeNumberField("seed", open.seed());
        if (open.incarnation().isPresent()) {
            TraceFormat.writeHex(json, "incarnation", open.incarnation().getAsLong());
        }
        outcome(json, open.outcome(), EventWriter::identity);
    }

    private static void channelUp(JsonGenerator json, TraceEvent.ChannelUp channelUp) throws IOException {
        json.writeNumberField("channel", channelUp.channel());
        json.writeStringField("class", channelUp.channelClass().name());
        json.writeBooleanField("dialer", channelUp.dialer());
        outcome(json, channelUp.outcome(), NOTHING);
    }

    private static void deliver(JsonGenerator json, TraceEvent.Deliver deliver) throws IOException {
        json.writeNumberField("channel", deliver.channel());
        json.writeFieldName("packet");
        PacketFields.write(json, deliver.packet());
        if (deliver.forged()) {
            json.writeBooleanField("forged", true);
        }
        outcome(json, deliver.outcome(), EventWriter::delivery);
    }

    private static void identity(JsonGenerator json, Identity identity) throws IOException {
        TraceFormat.writeText(json, "name", identity.name());
        TraceFormat.writeText(json, "version", identity.version());
    }

    private static void connected(JsonGenerator json, Connected connected) throws IOException {
        json.writeNumberField("socket", connected.socket());
        TraceFormat.writeHex(json, "connection", connected.connection());
    }

    private static void accepted(JsonGenerator json, Optional<Connected> child) throws IOException {
        if (child.isPresent()) {
            connected(json, child.get());
        } else {
            json.writeNullField("socket");
        }
    }

    private static void taken(JsonGenerator json, int taken) throws IOException {
        json.writeNumberField("taken", taken);
    }

    private static void range(JsonGenerator json, Range data) throws IOException {
        json.writeObjectFieldStart("data");
        TraceFormat.writeUnsigned(json, "offset", data.offset());
        json.writeNumberField("length", data.length());
        json.writeEndObject();
    }

    private static void received(JsonGenerator json, Received received) throws IOException {
        range(json, received.data());
        if (received.end()) {
            json.writeBooleanField("end", true);
        }
        if (!received.intact()) {
            json.writeBooleanField("intact", false);
        }
    }

    private static void status(JsonGenerator json, Endpoint.Status status) throws IOException {
        json.writeStringField("state", status.state().name());
        if (status.reason().isPresent()) {
            json.writeStringField("reason", status.reason().get().name());
        } else {
            json.writeNullField("reason");
        }
    }

    private static void delivery(JsonGenerator json, Delivery delivery) throws IOException {
        json.writeBooleanField("accepted", delivery.accepted());
        if (delivery.failed()) {
            json.writeBooleanField("failed", true);
        }
    }

    private static void packets(JsonGenerator json, List<TracePacket> packets) throws IOException {
        json.writeArrayFieldStart("packets");
        for (TracePacket packet : packets) {
            PacketFields.write(json, packet);
        }
        json.writeEndArray();
    }
}
