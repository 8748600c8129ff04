package org.netchannel.conformance.check;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.netchannel.traces.MalformedTraceException;
import org.netchannel.traces.TraceHeader;
import org.netchannel.traces.TraceLine;
import org.netchannel.traces.TraceReader;
import org.netchannel.traces.TraceWriter;

/**
 * Everything that can be done to one line of a trace: dropped, given twice, swapped with the next, any field altered.
 */
final class Mutations {
    /** Not part of what a trace says: a line's own number, and words for people. */
    private static final Set<String> REMARKS = Set.of("step", "message", "why", "name", "version");

    private static final ObjectMapper JSON = new ObjectMapper();

    private final TraceHeader header;
    private final List<TraceLine> lines;

    /**
     * What stands in place of some lines.
     *
     * @param what says what was done
     * @param replaced how many lines it replaces
     * @param lines what stands there instead
     */
    record Mutation(String what, int replaced, List<TraceLine> lines) {}

    Mutations(TraceHeader header, List<TraceLine> lines) {
        this.header = header;
        this.lines = lines;
    }

    /** All mutations that begin at one line. */
    List<Mutation> at(int index) {
        TraceLine line = lines.get(index);
        List<Mutation> all = new ArrayList<>();
        all.add(new Mutation("drop", 1, List.of()));
        all.add(new Mutation("duplicate", 1, List.of(line, line)));
        if (index + 1 < lines.size()) {
            all.add(new Mutation("swap", 2, List.of(lines.get(index + 1), line)));
        }
        alter(line, all);
        return all;
    }

    private void alter(TraceLine line, List<Mutation> all) {
        ObjectNode root = parse(TraceWriter.json(line));
        for (Leaf leaf : leaves(root, "", new ArrayList<>())) {
            JsonNode before = leaf.get();
            for (JsonNode other : others(before)) {
                leaf.set(other);
                read(root.toString())
                        .ifPresent(altered ->
                                all.add(new Mutation(
                                        leaf.path() + " " + before + " -> " + other, 1, List.of(altered))));
            }
            leaf.set(before);
        }
    }

    private List<JsonNode> others(JsonNode value) {
        var nodes = JSON.getNodeFactory();
        if (value.isBoolean()) {
            return List.of(nodes.booleanNode(!value.booleanValue()));
        }
        if (value.isNumber()) {
            return List.of(nodes.numberNode(value.longValue() + 1), nodes.numberNode(value.longValue() - 1));
        }
        if (value.isTextual()) {
            String text = value.textValue();
            List<JsonNode> others = new ArrayList<>();
            for (String candidate : List.of("left", "right", "CONTROL", "LATENCY", "THROUGHPUT", "DATA", "ACK", "RST",
                    "STOP", "RESUME", "FIN", "SYN_SENT", "ESTABLISHED", "CLOSED", "00000000000000aa")) {
                if (!candidate.equals(text)) {
                    others.add(nodes.textNode(candidate));
                }
            }
            return others;
        }
        return List.of();
    }

    /** A place in a line's object. */
    private record Leaf(String path, JsonNode parent, String key, int index) {
        JsonNode get() {
            return parent.isObject() ? parent.get(key) : parent.get(index);
        }

        void set(JsonNode value) {
            if (parent instanceof ObjectNode object) {
                object.set(key, value);
            } else {
                ((ArrayNode) parent).set(index, value);
            }
        }
    }

    private static List<Leaf> leaves(JsonNode node, String path, List<Leaf> found) {
        if (node.isObject()) {
            node.properties().forEach(field -> {
                if (!REMARKS.contains(field.getKey())) {
                    String below = path + "." + field.getKey();
                    found.add(new Leaf(below, node, field.getKey(), 0));
                    leaves(field.getValue(), below, found);
                }
            });
        } else if (node.isArray()) {
            for (int i = 0; i < node.size(); i++) {
                leaves(node.get(i), path + "[" + i + "]", found);
            }
        }
        return found;
    }

    private static ObjectNode parse(String json) {
        try {
            return (ObjectNode) JSON.readTree(json);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The line that a text stands for, if it is one. */
    private Optional<TraceLine> read(String json) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try {
            TraceWriter.to(bytes, header).close();
            bytes.writeBytes((json + "\n").getBytes(StandardCharsets.UTF_8));
            try (TraceReader reader = TraceReader.of(new ByteArrayInputStream(bytes.toByteArray()), "altered")) {
                return reader.next();
            }
        } catch (MalformedTraceException e) {
            return Optional.empty();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
