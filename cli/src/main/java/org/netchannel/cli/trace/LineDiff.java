package org.netchannel.cli.trace;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.MissingNode;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/** Tells in which fields two lines of traces differ. Any thread may call. */
public final class LineDiff {
    /** Every field of a trace (traces/README.md) that can be left out of a comparison. */
    public static final Set<String> FIELDS = Set.copyOf(List.of(
            "accepted", "ack", "backlog", "by", "channel", "class", "config", "connection", "data", "destinationPort",
            "dialer", "end", "error", "failed", "forged", "hello", "host", "hosts", "implementation", "incarnation",
            "intact", "largestPayload", "length", "max", "message", "name", "nanos", "offset", "op", "packet",
            "packets", "port", "reason", "seed", "socket", "sourcePort", "state", "step", "tag", "taken", "trace",
            "type", "typeCode", "version", "why"));

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final int MOST = 8;
    private static final int LONGEST_VALUE = 60;

    private final Set<String> ignored;

    /**
     * Compares everything but some fields.
     *
     * @param ignored names out of {@link #FIELDS}; {@code implementation} stands for what open answers, too
     */
    public LineDiff(Set<String> ignored) {
        this.ignored = new TreeSet<>(ignored);
        if (ignored.contains("implementation")) {
            this.ignored.addAll(List.of("name", "version"));
        }
    }

    /**
     * Compares two lines.
     *
     * @param first a line, as JSON
     * @param second another
     * @return for each field that differs, up to some number, a line that names it and both values; none when equal
     */
    public List<String> of(String first, String second) {
        List<String> differences = new ArrayList<>();
        try {
            compare("", JSON.readTree(first), JSON.readTree(second), differences);
        } catch (JsonProcessingException e) {
            throw new IllegalArgumentException("a line is JSON", e);
        }
        int more = differences.size() - MOST;
        return more <= 0 ? differences : with(differences.subList(0, MOST), "and " + more + " fields more");
    }

    private static List<String> with(List<String> lines, String last) {
        List<String> all = new ArrayList<>(lines);
        all.add(last);
        return all;
    }

    private void compare(String path, JsonNode first, JsonNode second, List<String> differences) {
        if (first.isObject() && second.isObject()) {
            Set<String> names = new LinkedHashSet<>();
            first.fieldNames().forEachRemaining(names::add);
            second.fieldNames().forEachRemaining(names::add);
            names.removeAll(ignored);
            String prefix = path.isEmpty() ? "" : path + ".";
            names.forEach(name -> compare(prefix + name, first.path(name), second.path(name), differences));
        } else if (first.isArray() && second.isArray()) {
            for (int i = 0; i < Math.max(first.size(), second.size()); i++) {
                compare(path + "[" + i + "]", first.path(i), second.path(i), differences);
            }
        } else if (!first.equals(second)) {
            differences.add(path + ": " + text(first) + " and " + text(second));
        }
    }

    private static String text(JsonNode value) {
        String text = value instanceof MissingNode ? "none" : value.toString();
        return text.length() <= LONGEST_VALUE ? text : text.substring(0, LONGEST_VALUE - 3) + "...";
    }
}
