package org.netchannel.conformance.exec;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SequencedMap;

/**
 * A conversation in which every operation comes at least once and makes sense, and for each request what would make
 * none of it. Socket numbers are those that the implementation has answered.
 */
final class LineConversation {
    private static final JsonNodeFactory JSON = JsonNodeFactory.instance;
    private static final String SOCKET = "socket";

    /** What an argument is, and what it is not. */
    private enum Kind {
        WHOLE("null", "\"7\"", "1.5", "true", "[7]", "{}"),
        FLAG("null", "\"true\"", "1", "[]"),
        CLASS("null", "2", "\"FAST\"", "\"latency\"", "[\"LATENCY\"]"),
        BASE64("null", "7", "\"A!\"", "[\"AA==\"]", "{}"),
        CONFIG("7", "\"{}\"", "[]", "{\"speed\":1}", "{\"sendBuffer\":\"1\"}", "{\"sendBuffer\":1.5}",
                "{\"sendBuffer\":0}", "{\"maxPayload\":65497}"),
        INCARNATION("7", "\"12\"", "\"000000000000000g\"", "\"00000000000000001\"");

        private final List<String> nonsense;

        Kind(String... nonsense) {
            this.nonsense = List.of(nonsense);
        }

        /** endpoint.md calls it optional, or may be read so. */
        private boolean optional() {
            return this == CONFIG || this == INCARNATION;
        }
    }

    /** One request; values are JSON, and the socket number is put in later. */
    private record Request(String op, SequencedMap<String, String> values, Map<String, Kind> kinds) {
        private Request(String op) {
            this(op, new LinkedHashMap<>(), new LinkedHashMap<>());
        }

        private Request with(String name, Kind kind, String value) {
            values.put(name, value);
            kinds.put(name, kind);
            return this;
        }

        private Request whole(String name, long value) {
            return with(name, Kind.WHOLE, Long.toString(value));
        }

        private Request onSocket() {
            return with(SOCKET, Kind.WHOLE, "");
        }
    }

    private final List<Request> requests = new ArrayList<>();
    private String socket = "0";

    /** From open to the end of two connections that nobody answers. */
    LineConversation() {
        add("open").with("config", Kind.CONFIG, "{\"sendBuffer\":4096}").whole("seed", 5)
                .with("incarnation", Kind.INCARNATION, "\"00000000000000a7\"");
        channelUp(1, "CONTROL");
        channelUp(3, "LATENCY");
        add("pull").whole("channel", 1).whole("max", 4);
        add("listen").whole("port", 80).whole("backlog", 2);
        connect();
        add("accept").whole("port", 80);
        add("send").onSocket().with("data", Kind.BASE64, "\"AAECAw==\"");
        add("receive").onSocket().whole("max", 10);
        add("status").onSocket();
        add("advance").whole("nanos", 1_000);
        add("pull").whole("channel", 1).whole("max", 4);
        add("shutdown").onSocket();
        add("close").onSocket();
        connect();
        add("abort").onSocket();
        add("deliver").whole("channel", 3).with("packet", Kind.BASE64, "\"TkMBAQ==\"");
        channelUp(5, "THROUGHPUT");
        add("channelDrain").whole("channel", 5);
        add("channelDown").whole("channel", 5);
        add("unlisten").whole("port", 80);
        add("advance").whole("nanos", 1_000_000_000);
        add("pull").whole("channel", 1).whole("max", 100);
    }

    private Request add(String op) {
        Request request = new Request(op);
        requests.add(request);
        return request;
    }

    private void channelUp(int channel, String channelClass) {
        add("channelUp").whole("channel", channel).with("class", Kind.CLASS, '"' + channelClass + '"')
                .with("dialer", Kind.FLAG, "true");
    }

    private void connect() {
        add("connect").whole("port", 443).with("class", Kind.CLASS, "\"LATENCY\"");
    }

    int size() {
        return requests.size();
    }

    String op(int number) {
        return requests.get(number).op();
    }

    /** A request as it makes sense. */
    String line(int number) {
        Request request = requests.get(number);
        return line(request, request.values());
    }

    private String line(Request request, Map<String, String> values) {
        StringBuilder line = new StringBuilder("{\"op\":" + JSON.textNode(request.op()));
        values.forEach((name, value) ->
                line.append(",\"").append(name).append("\":").append(value.isEmpty() ? socket : value));
        return line.append('}').toString();
    }

    /** Takes the number of a socket out of an answer. */
    void answered(JsonNode answer) {
        if (answer.path(SOCKET).isIntegralNumber()) {
            socket = answer.path(SOCKET).asText();
        }
    }

    /** The same request in every way in which it makes no sense, with one argument missing or wrong. */
    List<String> nonsense(int number) {
        Request request = requests.get(number);
        List<String> lines = new ArrayList<>();
        request.kinds().forEach((name, kind) -> {
            if (!kind.optional()) {
                lines.add(line(request, without(request.values(), name)));
            }
            kind.nonsense.forEach(value -> lines.add(line(request, replaced(request.values(), name, value))));
        });
        return lines;
    }

    /** The same request with a number in place of another that it would be if cut to 32 or 64 bits. */
    List<String> tooLarge(int number) {
        Request request = requests.get(number);
        List<String> lines = new ArrayList<>();
        for (String name : List.of("channel", "port", SOCKET)) {
            String value = request.values().get(name);
            if (value != null) {
                BigInteger whole = new BigInteger(value.isEmpty() ? socket : value);
                for (int bits : new int[] {32, 64}) {
                    String larger = whole.add(BigInteger.ONE.shiftLeft(bits)).toString();
                    lines.add(line(request, replaced(request.values(), name, larger)));
                }
            }
        }
        return lines;
    }

    private static Map<String, String> without(Map<String, String> values, String name) {
        Map<String, String> others = new LinkedHashMap<>(values);
        others.remove(name);
        return others;
    }

    private static Map<String, String> replaced(Map<String, String> values, String name, String value) {
        Map<String, String> others = new LinkedHashMap<>(values);
        others.put(name, value);
        return others;
    }

    /** The request as another writer of JSON may write it: other order, blanks, escapes. */
    String otherwise(int number) {
        Request request = requests.get(number);
        Map<String, String> values = new LinkedHashMap<>();
        request.values().sequencedEntrySet().reversed().forEach(entry -> values.put(entry.getKey(), entry.getValue()));
        StringBuilder line = new StringBuilder("{ ");
        values.forEach((name, value) -> line.append('"').append(escaped(name)).append("\" :\t")
                .append(value.isEmpty() ? socket : value).append(" , "));
        return line.append("\"op\" : \"").append(escaped(request.op())).append("\" } ").toString();
    }

    /** Its first letter as a number, which JSON allows. */
    private static String escaped(String name) {
        return String.format("\\u%04x", (int) name.charAt(0)) + name.substring(1);
    }
}
