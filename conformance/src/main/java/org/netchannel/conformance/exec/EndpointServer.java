package org.netchannel.conformance.exec;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.util.Arrays;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.TreeMap;
import org.netchannel.traces.Bytes;
import org.netchannel.traces.ChannelClass;
import org.netchannel.traces.Config;
import org.netchannel.traces.Endpoint;
import org.netchannel.traces.ErrorCode;
import org.netchannel.traces.Outcome;
import org.netchannel.traces.Reason;

/**
 * An endpoint behind the line protocol of endpoint.md: reads a request from each line and writes its answer. A line
 * that makes no sense is answered by BAD_REQUEST and changes nothing. One thread calls.
 */
public final class EndpointServer {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final int LONGEST_REQUEST = 1 << 26;
    private static final String OPS = "one of open, channelUp, channelDown, channelDrain, listen, unlisten, connect, "
            + "accept, send, receive, shutdown, close, abort, status, deliver, pull, advance";

    /** Writes the result of a call that went well. */
    private interface Result<T> {
        void write(ObjectNode answer, T value);
    }

    private final Endpoint endpoint;

    /**
     * Serves an endpoint.
     *
     * @param endpoint one that is not open yet
     */
    public EndpointServer(Endpoint endpoint) {
        this.endpoint = endpoint;
    }

    /**
     * Answers every line until the end of input.
     *
     * @param in where the requests come from
     * @param out where the answers go; each is flushed
     * @throws IOException when one of them breaks
     */
    public void serve(InputStream in, OutputStream out) throws IOException {
        LineReader reader = new LineReader(in);
        while (true) {
            switch (reader.next(LONGEST_REQUEST)) {
                case LineReader.Read.Line(Bytes line) -> write(answer(line), out);
                case LineReader.Read.NoLine(LineReader.End end, Bytes beginning) -> {
                    switch (end) {
                        case NOTHING -> {
                            return;
                        }
                        case WITHIN -> write(answer(beginning), out);
                        case TOO_LONG -> {
                            write(badRequest("the line has more than " + LONGEST_REQUEST + " bytes"), out);
                            reader.skipLine();
                        }
                    }
                }
            }
        }
    }

    private static void write(ObjectNode answer, OutputStream out) throws IOException {
        byte[] json = JSON.writeValueAsBytes(answer);
        byte[] line = Arrays.copyOf(json, json.length + 1);
        line[json.length] = '\n';
        out.write(line);
        out.flush();
    }

    private ObjectNode answer(Bytes line) {
        try {
            return call(Fields.parse(line));
        } catch (IllFormedException e) {
            return badRequest(e.getMessage());
        }
    }

    private static ObjectNode badRequest(String message) {
        return answer(Outcome.failed(ErrorCode.BAD_REQUEST, message), EndpointServer::nothing);
    }

    private ObjectNode call(Fields request) throws IllFormedException {
        return switch (request.text("op")) {
            case "open" -> answer(open(request), EndpointServer::identity);
            case "channelUp" -> answer(endpoint.channelUp(request.int32("channel"),
                    request.constant("class", ChannelClass.class), request.flag("dialer")), EndpointServer::nothing);
            case "channelDown" -> answer(endpoint.channelDown(request.int32("channel")), EndpointServer::nothing);
            case "channelDrain" -> answer(endpoint.channelDrain(request.int32("channel")), EndpointServer::nothing);
            case "listen" -> answer(
                    endpoint.listen(request.int32("port"), request.int32("backlog")), EndpointServer::nothing);
            case "unlisten" -> answer(endpoint.unlisten(request.int32("port")), EndpointServer::nothing);
            case "connect" -> answer(endpoint.connect(
                    request.int32("port"), request.constant("class", ChannelClass.class)), EndpointServer::connected);
            case "accept" -> answer(endpoint.accept(request.int32("port")), EndpointServer::accepted);
            case "send" -> answer(endpoint.send(request.int32("socket"), request.base64("data")),
                    (answer, taken) -> answer.put("taken", taken));
            case "receive" -> answer(
                    endpoint.receive(request.int32("socket"), request.int32("max")), EndpointServer::received);
            case "shutdown" -> answer(endpoint.shutdown(request.int32("socket")), EndpointServer::nothing);
            case "close" -> answer(endpoint.close(request.int32("socket")), EndpointServer::nothing);
            case "abort" -> answer(endpoint.abort(request.int32("socket")), EndpointServer::nothing);
            case "status" -> answer(endpoint.status(request.int32("socket")), EndpointServer::status);
            case "deliver" -> answer(
                    endpoint.deliver(request.int32("channel"), request.base64("packet")), EndpointServer::delivery);
            case "pull" -> answer(
                    endpoint.pull(request.int32("channel"), request.int32("max")), EndpointServer::packets);
            case "advance" -> answer(
                    endpoint.advance(request.integer("nanos", Long.MIN_VALUE, Long.MAX_VALUE)),
                    EndpointServer::nothing);
            default -> throw request.illegal("op", OPS);
        };
    }

    private Outcome<Endpoint.Identity> open(Fields request) throws IllFormedException {
        Map<String, Long> given = new TreeMap<>();
        Fields settings = request.object("config");
        for (String key : settings.keys()) {
            given.put(key, settings.integer(key, Long.MIN_VALUE, Long.MAX_VALUE));
        }
        OptionalLong incarnation = request.has("incarnation")
                ? OptionalLong.of(request.hex("incarnation")) : OptionalLong.empty();
        return endpoint.open(
                new Config(given), request.integer("seed", Long.MIN_VALUE, Long.MAX_VALUE), incarnation);
    }

    private static <T> ObjectNode answer(Outcome<T> outcome, Result<T> result) {
        ObjectNode answer = JSON.createObjectNode();
        switch (outcome) {
            case Outcome.Ok<T>(T value) -> result.write(answer.put("ok", true), value);
            case Outcome.Failed<T>(ErrorCode error, Optional<Reason> reason, String message) -> {
                answer.put("ok", false).put("error", error.name());
                reason.ifPresent(why -> answer.put("reason", why.name()));
                answer.put("message", message);
            }
        }
        return answer;
    }

    private static void nothing(ObjectNode answer, Outcome.Done done) {
        // Nothing but ok.
    }

    private static void identity(ObjectNode answer, Endpoint.Identity identity) {
        answer.put("name", identity.name()).put("version", identity.version());
    }

    private static void connected(ObjectNode answer, Endpoint.Connected connected) {
        answer.put("socket", connected.socket())
                .put("connection", HexFormat.of().toHexDigits(connected.connection()));
    }

    private static void accepted(ObjectNode answer, Optional<Endpoint.Connected> child) {
        child.ifPresentOrElse(connected -> connected(answer, connected), () -> answer.putNull("socket"));
    }

    private static void received(ObjectNode answer, Endpoint.Received received) {
        answer.put("data", text(received.data()));
        if (received.end()) {
            answer.put("end", true);
        }
    }

    private static void status(ObjectNode answer, Endpoint.Status status) {
        answer.put("state", status.state().name())
                .put("reason", status.reason().map(Reason::name).orElse(null));
    }

    private static void delivery(ObjectNode answer, Endpoint.Delivery delivery) {
        answer.put("accepted", delivery.accepted());
        if (delivery.failed()) {
            answer.put("failed", true);
        }
    }

    private static void packets(ObjectNode answer, List<Bytes> packets) {
        ArrayNode list = answer.putArray("packets");
        packets.forEach(packet -> list.add(text(packet)));
    }

    private static String text(Bytes bytes) {
        return Base64.getEncoder().encodeToString(bytes.toArray());
    }
}
