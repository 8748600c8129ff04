package org.netchannel.traces;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.TreeMap;
import org.netchannel.traces.Endpoint.Connected;
import org.netchannel.traces.Endpoint.Delivery;
import org.netchannel.traces.Endpoint.Identity;
import org.netchannel.traces.Endpoint.State;
import org.netchannel.traces.Outcome.Done;
import org.netchannel.traces.TraceEvent.Range;
import org.netchannel.traces.TraceEvent.Received;

/** Makes a {@link TraceEvent} of a line's fields; {@link EventWriter} is the other way. */
final class EventReader {
    private static final String OPS = "one of open, channelUp, channelDown, channelDrain, listen, unlisten, connect, "
            + "accept, send, receive, shutdown, close, abort, status, deliver, pull, advance";

    /** Reads the result of a call that went well. */
    private interface Result<T> {
        T read(JsonFields fields) throws MalformedTraceException;
    }

    private EventReader() {}

    static TraceEvent read(JsonFields fields) throws MalformedTraceException {
        return switch (fields.textOrEmpty("op")) {
            case "open" -> open(fields);
            case "channelUp" -> new TraceEvent.ChannelUp(
                    fields.int32("channel"),
                    fields.constant("class", ChannelClass.class),
                    fields.flag("dialer"),
                    done(fields));
            case "channelDown" -> new TraceEvent.ChannelDown(fields.int32("channel"), done(fields));
            case "channelDrain" -> new TraceEvent.ChannelDrain(fields.int32("channel"), done(fields));
            case "listen" -> new TraceEvent.Listen(fields.int32("port"), fields.int32("backlog"), done(fields));
            case "unlisten" -> new TraceEvent.Unlisten(fields.int32("port"), done(fields));
            case "connect" -> new TraceEvent.Connect(
                    fields.int32("port"),
                    fields.constant("class", ChannelClass.class),
                    outcome(fields, EventReader::connected));
            case "accept" -> new TraceEvent.Accept(fields.int32("port"), outcome(fields, EventReader::accepted));
            case "send" -> new TraceEvent.Send(
                    fields.int32("socket"), range(fields), outcome(fields, f -> f.int32("taken")));
            case "receive" -> new TraceEvent.Receive(
                    fields.int32("socket"), fields.int32("max"), outcome(fields, EventReader::received));
            case "shutdown" -> new TraceEvent.Shutdown(fields.int32("socket"), done(fields));
            case "close" -> new TraceEvent.Close(fields.int32("socket"), done(fields));
            case "abort" -> new TraceEvent.Abort(fields.int32("socket"), done(fields));
            case "status" -> new TraceEvent.Status(fields.int32("socket"), outcome(fields, EventReader::status));
            case "deliver" -> new TraceEvent.Deliver(
                    fields.int32("channel"),
                    PacketFields.read(fields.object("packet"), fields.flagOr("intact", true)),
                    fields.flagOr("forged", false),
                    outcome(fields, f -> new Delivery(f.flag("accepted"), f.flagOr("failed", false))));
            case "pull" -> new TraceEvent.Pull(
                    fields.int32("channel"), fields.int32("max"), outcome(fields, EventReader::packets));
            case "advance" -> new TraceEvent.Advance(
                    fields.integer("by", Long.MIN_VALUE, Long.MAX_VALUE), done(fields));
            default -> throw fields.illegal("op", OPS);
        };
    }

    static Config config(JsonFields fields) throws MalformedTraceException {
        JsonFields config = fields.object("config");
        Map<String, Long> given = new TreeMap<>();
        for (int i = 0; i < config.size(); i++) {
            String key = config.keyAt(i);
            given.put(key, config.integer(key, Long.MIN_VALUE, Long.MAX_VALUE));
        }
        return new Config(given);
    }

    private static TraceEvent open(JsonFields fields) throws MalformedTraceException {
        return new TraceEvent.Open(
                config(fields),
                fields.integer("seed", Long.MIN_VALUE, Long.MAX_VALUE),
                fields.has("incarnation") ? OptionalLong.of(fields.hex("incarnation")) : OptionalLong.empty(),
                outcome(fields, f -> new Identity(
                        f.text("name"), f.text("version"))));
    }

    private static <T> Outcome<T> outcome(JsonFields fields, Result<T> result) throws MalformedTraceException {
        if (!fields.has("error")) {
            return Outcome.ok(result.read(fields));
        }
        return new Outcome.Failed<>(
                fields.constant("error", ErrorCode.class),
                fields.optionalConstant("reason", Reason.class),
                fields.has("message") ? fields.text("message") : "");
    }

    private static Outcome<Done> done(JsonFields fields) throws MalformedTraceException {
        return outcome(fields, _ -> Done.DONE);
    }

    private static Connected connected(JsonFields fields) throws MalformedTraceException {
        return new Connected(fields.int32("socket"), fields.hex("connection"));
    }

    private static Optional<Connected> accepted(JsonFields fields) throws MalformedTraceException {
        return fields.isNull("socket") ? Optional.empty() : Optional.of(connected(fields));
    }

    private static Range range(JsonFields fields) throws MalformedTraceException {
        JsonFields data = fields.object("data");
        return new Range(data.unsigned("offset"), (int) data.integer("length", 0, Integer.MAX_VALUE));
    }

    private static Received received(JsonFields fields) throws MalformedTraceException {
        return new Received(range(fields), fields.flagOr("intact", true), fields.flagOr("end", false));
    }

    private static Endpoint.Status status(JsonFields fields) throws MalformedTraceException {
        return new Endpoint.Status(
                fields.constant("state", State.class), fields.optionalConstant("reason", Reason.class));
    }

    private static List<TracePacket> packets(JsonFields fields) throws MalformedTraceException {
        JsonFields list = fields.list("packets");
        boolean intact = fields.flagOr("intact", true);
        List<TracePacket> packets = new ArrayList<>(list.size());
        for (int i = 0; i < list.size(); i++) {
            packets.add(PacketFields.read(list.objectAt(i), intact));
        }
        return packets;
    }
}
