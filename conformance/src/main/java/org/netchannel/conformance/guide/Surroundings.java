package org.netchannel.conformance.guide;

import java.util.HashMap;
import java.util.Map;
import java.util.TreeSet;

/**
 * What was there when something happened, as far as one can tell from a trace: how a packet's numbers stand to those
 * before it, what its connection went through already, which channels there were. One thread calls.
 */
final class Surroundings {
    private static final String CONTROL = "CONTROL";

    /** What one host has seen of one connection. */
    private static final class Seen {
        private long stopIn;
        private long resumeIn;
        private long stopOut;
        private long resumeOut;
        private long endIn;
        private long endOut;
        private boolean opened;
        private boolean finIn;
        private boolean finOut;
        private boolean resetIn;
        private boolean resetOut;
        private boolean closed;

        private String flags() {
            return (opened ? "o" : "") + (stopIn > resumeIn ? "h" : "") + (stopOut > resumeOut ? "s" : "")
                    + (finIn ? "f" : "") + (finOut ? "F" : "") + (resetIn ? "r" : "") + (resetOut ? "R" : "")
                    + (closed ? "c" : "");
        }
    }

    /** The channels of one host. */
    private static final class Channels {
        private final TreeSet<Integer> control = new TreeSet<>();
        private final TreeSet<Integer> draining = new TreeSet<>();
        private final TreeSet<Integer> failed = new TreeSet<>();

        private String flags(int channel) {
            String kind = !control.contains(channel) ? "" : control.last() == channel ? "N" : "O";
            return kind + Math.min(3, control.size()) + (draining.contains(channel) ? "d" : "")
                    + (failed.contains(channel) ? "x" : failed.isEmpty() ? "" : "y");
        }
    }

    private final Map<String, Seen> seen = new HashMap<>();
    private final Map<String, Channels> channels = new HashMap<>();
    private final Map<String, String> sockets = new HashMap<>();

    /** Which connection an event is about; empty when it is about none. */
    String connection(Map<String, Object> event) {
        if (event.get("packet") instanceof Map<?, ?> packet) {
            return String.valueOf(packet.get("connection"));
        }
        Object named = event.get("connection");
        return named != null ? named.toString() : sockets.getOrDefault(socket(event), "");
    }

    private static String socket(Map<String, Object> event) {
        return event.get("host") + " " + event.get("socket");
    }

    /** Describes the surroundings of the next event, and goes past it. */
    String next(Map<String, Object> event) {
        String connection = connection(event);
        Seen here = seen.computeIfAbsent(event.get("host") + connection, _ -> new Seen());
        Channels own = channels.computeIfAbsent(event.get("host").toString(), _ -> new Channels());
        String result = Boolean.TRUE.equals(event.get("ok")) ? "" : " " + event.get("error") + event.get("reason");
        return here.flags() + result + switch (event.get("op").toString()) {
            case "deliver" -> deliver(event, here, own);
            case "pull" -> pull(event, here, own);
            default -> call(event, connection, here, own);
        };
    }

    private static long number(Object value) {
        return value instanceof Number number ? number.longValue() : 0;
    }

    private static String order(long one, long other) {
        return one < other ? "<" : one == other ? "=" : ">";
    }

    private static String deliver(Map<String, Object> event, Seen here, Channels own) {
        Map<?, ?> packet = (Map<?, ?>) event.get("packet");
        String outcome = (Boolean.TRUE.equals(event.get("failed")) ? "!" : "")
                + (Boolean.TRUE.equals(event.get("forged")) ? "*" : "");
        String numbers = numbers(packet, here);
        if (Boolean.TRUE.equals(event.get("accepted"))) {
            arrived(packet, here);
        }
        if (Boolean.TRUE.equals(event.get("failed"))) {
            own.failed.add((int) number(event.get("channel")));
        }
        return " " + own.flags((int) number(event.get("channel"))) + outcome + numbers;
    }

    private static String numbers(Map<?, ?> packet, Seen here) {
        long tag = number(packet.get("tag"));
        long offset = number(packet.get("offset"));
        long end = offset + number(packet.get("length"));
        String ack = order(number(packet.get("ack")), here.endOut);
        return switch (packet.get("type").toString()) {
            case "STOP", "RESUME" -> order(tag, here.stopIn) + order(tag, here.resumeIn) + ack;
            case "STOP_ACK" -> order(tag, here.stopOut) + order(tag, here.resumeOut) + order(offset, here.endIn);
            case "DATA" -> (end <= here.endIn ? "old" : offset < here.endIn ? "across" : order(offset, here.endIn))
                    + ack;
            case "FIN" -> order(offset, here.endIn) + ack;
            case "RST", "NCREFUSE" -> String.valueOf(tag);
            case "NCSYN", "HELLO", "CHANNEL_CLOSE", "UNKNOWN", "UNREADABLE" -> "";
            default -> ack;
        };
    }

    private static void arrived(Map<?, ?> packet, Seen here) {
        long tag = number(packet.get("tag"));
        switch (packet.get("type").toString()) {
            case "STOP" -> here.stopIn = Math.max(here.stopIn, tag);
            case "RESUME" -> here.resumeIn = Math.max(here.resumeIn, tag);
            case "DATA" -> here.endIn =
                    Math.max(here.endIn, number(packet.get("offset")) + number(packet.get("length")));
            case "FIN" -> here.finIn = true;
            case "RST" -> here.resetIn = true;
            case "NCSYN", "NCSYN_ACK" -> here.opened = true;
            default -> { }
        }
    }

    private static String pull(Map<String, Object> event, Seen here, Channels own) {
        Map<?, ?> packet = (Map<?, ?>) event.get("packet");
        long tag = number(packet.get("tag"));
        long end = number(packet.get("offset")) + number(packet.get("length"));
        String again = "";
        switch (packet.get("type").toString()) {
            case "STOP" -> {
                again = order(tag, here.stopOut);
                here.stopOut = tag;
            }
            case "RESUME" -> {
                again = order(tag, here.resumeOut) + order(tag, here.stopOut);
                here.resumeOut = tag;
            }
            case "STOP_ACK" -> again = order(tag, here.stopIn) + order(tag, here.resumeIn);
            case "DATA" -> {
                again = end <= here.endOut ? "again" : "";
                here.endOut = Math.max(here.endOut, end);
            }
            case "FIN" -> {
                again = here.finOut ? "again" : "";
                here.finOut = true;
            }
            case "RST" -> {
                again = tag + (here.resetOut ? "again" : "");
                here.resetOut = true;
            }
            case "NCREFUSE" -> again = String.valueOf(tag);
            default -> { }
        }
        return " " + own.flags((int) number(event.get("channel"))) + again;
    }

    private String call(Map<String, Object> event, String connection, Seen here, Channels own) {
        int channel = (int) number(event.get("channel"));
        String before = own.flags(channel);
        switch (event.get("op").toString()) {
            case "connect", "accept" -> sockets.put(socket(event), connection);
            case "close", "abort" -> here.closed = true;
            case "channelUp" -> {
                if (CONTROL.equals(event.get("class"))) {
                    own.control.add(channel);
                }
            }
            case "channelDrain" -> own.draining.add(channel);
            case "channelDown" -> {
                own.control.remove(channel);
                own.failed.add(channel);
            }
            default -> { }
        }
        return switch (event.get("op").toString()) {
            case "channelUp", "channelDrain", "channelDown" -> " " + before + event.getOrDefault("class", "");
            case "send" -> order(number(event.get("taken")), 0) + order(number(event.get("taken")),
                    number(event.get("length")));
            case "receive" -> order(number(event.get("length")), 0) + event.getOrDefault("end", "");
            case "pullEnd" -> " " + before;
            default -> "";
        };
    }
}
