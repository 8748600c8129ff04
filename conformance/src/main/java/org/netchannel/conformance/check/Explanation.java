package org.netchannel.conformance.check;

import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;

/**
 * Writes values of the specification for a person. Of maps from hosts, connections, channels, sockets or ports only the
 * entries that an event is about are shown, and of records the fields that have something in them.
 */
final class Explanation {
    /** Functions from channels, sockets and ports; in the variable of what is under way, of each host. */
    private static final Set<String> NUMBERED = Set.of("chan", "socket", "listener", "flight", "A", "B");

    private static final int WIDTH = 100;
    private static final int LONGEST_LIST = 8;

    private final Set<Object> concerned = new HashSet<>();

    /**
     * Finds out what an event is about.
     *
     * @param event the event
     * @param hosts what the specification's variable of hosts holds: host to record
     */
    Explanation(Map<String, Object> event, Object hosts) {
        for (String field : List.of("host", "channel", "socket", "port", "connection")) {
            concern(event.get(field));
        }
        if (event.get("packet") instanceof Map<?, ?> packet) {
            concern(packet.get("connection"));
            concern(packet.get("sourcePort"));
            concern(packet.get("destinationPort"));
        }
        if (hosts instanceof Map<?, ?> map && map.get(event.get("host")) instanceof Map<?, ?> host) {
            if (host.get("socket") instanceof Map<?, ?> sockets) {
                concern(sockets.get(event.get("socket")));
            }
            if (event.get("op").equals("pullEnd") && host.get("chan") instanceof Map<?, ?> channels) {
                concernAll(channels.get(event.get("channel")));
            }
        }
    }

    /** What a channel still has to carry is what the end of a pull is about. */
    private void concernAll(Object channel) {
        if (channel instanceof Map<?, ?> fields && fields.get("owed") instanceof List<?> owed) {
            owed.forEach(packet -> concern(packet instanceof Map<?, ?> header ? header.get("connection") : null));
        }
    }

    private void concern(Object key) {
        if (key != null) {
            concerned.add(key);
        }
    }

    /** A value on as few lines as fit, each indented by two spaces for each level. */
    List<String> lines(String name, Object value) {
        List<String> lines = new ArrayList<>();
        write(lines, 0, name, value);
        return lines;
    }

    private void write(List<String> lines, int depth, String name, Object found) {
        Object value = found instanceof List<?> list && NUMBERED.contains(name) ? numbered(list) : found;
        String indent = "  ".repeat(depth);
        String flat = indent + name + ": " + flat(value);
        if (flat.length() > WIDTH && value instanceof Map<?, ?> map) {
            lines.add(indent + name + ":" + left(map));
            shown(map).forEach((key, element) -> write(lines, depth + 1, key, element));
        } else if (flat.length() > WIDTH && value instanceof Collection<?> elements) {
            lines.add(indent + name + ":");
            elements.stream().limit(LONGEST_LIST).forEach(element -> lines.add(indent + "  - " + flat(element)));
            if (elements.size() > LONGEST_LIST) {
                lines.add(indent + "  - ... " + (elements.size() - LONGEST_LIST) + " more");
            }
        } else {
            lines.add(flat);
        }
    }

    /** A function whose domain happens to be 1 to n looks like a sequence in TLA+, and comes as a list. */
    private static Map<Integer, Object> numbered(List<?> list) {
        Map<Integer, Object> map = new TreeMap<>();
        list.forEach(element -> map.put(map.size() + 1, element));
        return map;
    }

    private String flat(Object value) {
        return switch (value) {
            case String text -> text.isEmpty() ? "\"\"" : text;
            case Map<?, ?> map -> shown(map).entrySet().stream()
                    .map(entry -> entry.getKey() + ": " + flat(entry.getValue()))
                    .collect(Collectors.joining(", ", "{", "}")) + left(map);
            case List<?> list -> flat(list, "<", ">");
            case Set<?> set -> flat(new ArrayList<>(set), "{", "}");
            default -> value.toString();
        };
    }

    private String flat(List<?> list, String open, String close) {
        String rest = list.size() > LONGEST_LIST ? ", ... " + (list.size() - LONGEST_LIST) + " more" : "";
        return list.stream().limit(LONGEST_LIST).map(this::flat).collect(Collectors.joining(", ", open, rest + close));
    }

    private Map<String, Object> shown(Map<?, ?> map) {
        Map<String, Object> shown = new TreeMap<>();
        boolean table = isTable(map);
        map.forEach((key, value) -> {
            if (table ? concerned.contains(key) : !isEmpty(value)) {
                shown.put(key.toString(), value);
            }
        });
        return shown;
    }

    /** How many entries of a table are left out; fields of a record that have nothing in them go without saying. */
    private String left(Map<?, ?> map) {
        int left = map.size() - shown(map).size();
        return left == 0 || !isTable(map) ? "" : " (" + left + " not shown)";
    }

    private static boolean isEmpty(Object value) {
        return switch (value) {
            case String text -> text.isEmpty();
            case Map<?, ?> map -> map.isEmpty();
            case Collection<?> elements -> elements.isEmpty();
            default -> false;
        };
    }

    /** Whether a map's keys are hosts, connection ids or numbers, and not the fields of a record. */
    private static boolean isTable(Map<?, ?> map) {
        return map.keySet().stream().allMatch(key -> key instanceof Integer
                || key instanceof String text
                        && (text.equals("A") || text.equals("B") || text.matches("[0-9a-f]{16}")));
    }

    /** What is different: the sorted names of a set of strings. */
    static Set<String> names(Object set) {
        Set<String> names = new TreeSet<>();
        if (set instanceof Set<?> elements) {
            elements.forEach(element -> names.add(element.toString()));
        }
        return names;
    }
}
