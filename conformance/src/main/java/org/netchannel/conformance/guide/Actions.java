package org.netchannel.conformance.guide;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.netchannel.traces.PacketType;

/**
 * The actions of the specification that a trace shows: one for each operation, pull and deliver one for each type of
 * packet, and what else may come of them. Any thread may call.
 */
public final class Actions {
    private static final List<String> OPERATIONS = List.of("open", "channelUp", "channelDown", "channelDrain", "listen",
            "unlisten", "connect", "accept", "send", "receive", "shutdown", "close", "abort", "status", "advance");
    private static final String NOTHING = "pull nothing";
    private static final String REFUSED = "deliver refused";
    private static final String LOST = "deliver on a failed channel";
    private static final List<String> ALL = all("UNKNOWN", "UNREADABLE");

    private Actions() {}

    private static List<String> all(String... more) {
        List<String> all = new ArrayList<>(OPERATIONS);
        for (PacketType type : PacketType.values()) {
            all.add("pull " + type);
        }
        all.add(NOTHING);
        for (PacketType type : PacketType.values()) {
            all.add("deliver " + type);
        }
        for (String type : more) {
            all.add("deliver " + type);
        }
        all.addAll(List.of(REFUSED, LOST));
        return List.copyOf(all);
    }

    /**
     * Their names.
     *
     * @return in the order in which reports tell them
     */
    public static List<String> all() {
        return ALL;
    }

    /** The name of what an event is. */
    static String of(Map<String, Object> event) {
        String op = event.get("op").toString();
        return switch (op) {
            case "pullEnd" -> NOTHING;
            case "pull" -> op + " " + type(event);
            case "deliver" -> !Boolean.TRUE.equals(event.get("accepted")) ? REFUSED
                    : Boolean.TRUE.equals(event.get("failed")) && !breaks(event) ? LOST : op + " " + type(event);
            default -> op;
        };
    }

    /** What fails a channel as soon as it comes. */
    private static boolean breaks(Map<String, Object> event) {
        return Boolean.TRUE.equals(event.get("forged"));
    }

    static String type(Map<String, Object> event) {
        return event.get("packet") instanceof Map<?, ?> packet ? packet.get("type").toString() : "";
    }
}
