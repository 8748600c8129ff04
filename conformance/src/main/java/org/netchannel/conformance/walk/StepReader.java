package org.netchannel.conformance.walk;

import java.util.List;
import java.util.Map;
import org.netchannel.specs.engine.SpecAction;
import org.netchannel.specs.engine.SpecState;

/** Reads off what a step of the specification did: the packet that left or arrived, the bytes sent or read. */
final class StepReader {
    private static final List<String> HOSTS = List.of("A", "B");

    private StepReader() {}

    static WalkStep read(SpecAction action, SpecState before, SpecState after) {
        Map<String, Object> arguments = action.arguments();
        int host = HOSTS.indexOf(arguments.containsKey("h") ? arguments.get("h") : hostOf(action.name()));
        String connection = (String) arguments.getOrDefault("id", "");
        int channel = (Integer) arguments.getOrDefault("n", 0);
        return switch (action.name()) {
            case "PullPrompt", "PullFree" -> pulled(action.name(), host, before, after);
            case "Arrive" -> packet(action.name(), host, channel, incoming(before, host).get(channel), 0);
            case "AppSend" -> new WalkStep(
                    action.name(), host, connection, 0, "", 0, grown("sent", host, connection, before, after));
            case "AppReceive" -> new WalkStep(
                    action.name(), host, connection, 0, "", 0, grown("read", host, connection, before, after));
            default -> new WalkStep(action.name(), host, connection, channel, "", 0, 0);
        };
    }

    /** Actions without a host among their arguments. */
    private static String hostOf(String action) {
        return switch (action) {
            case "AppConnect", "Redial" -> "A";
            case "AppListen", "AppAccept", "AnswerDial" -> "B";
            default -> throw new IllegalArgumentException("whose action is " + action + "?");
        };
    }

    private static WalkStep pulled(String action, int host, SpecState before, SpecState after) {
        Map<Integer, List<?>> then = incoming(after, 1 - host);
        Map<Integer, List<?>> now = incoming(before, 1 - host);
        for (Map.Entry<Integer, List<?>> wire : then.entrySet()) {
            int length = wire.getValue().size();
            if (length > now.getOrDefault(wire.getKey(), List.of()).size()) {
                return packet(action, host, wire.getKey(), wire.getValue(), length - 1);
            }
        }
        throw new IllegalStateException(action + " put no packet on any channel");
    }

    private static WalkStep packet(String action, int host, int channel, List<?> wire, int index) {
        Map<?, ?> packet = (Map<?, ?>) wire.get(index);
        String type = (String) packet.get("type");
        int offset = type.equals("DATA") ? (Integer) packet.get("offset") : 0;
        return new WalkStep(action, host, (String) packet.get("connection"), channel, type, offset, 0);
    }

    @SuppressWarnings("unchecked") // the shapes are those of NetChannel.tla
    private static Map<Integer, List<?>> incoming(SpecState state, int host) {
        return (Map<Integer, List<?>>) ((Map<?, ?>) state.value("wire")).get(HOSTS.get(host));
    }

    private static int grown(String field, int host, String connection, SpecState before, SpecState after) {
        return (Integer) end(after, host, connection).get(field) - (Integer) end(before, host, connection).get(field);
    }

    private static Map<?, ?> end(SpecState state, int host, String connection) {
        Map<?, ?> one = (Map<?, ?>) ((Map<?, ?>) state.value("host")).get(HOSTS.get(host));
        return (Map<?, ?>) ((Map<?, ?>) one.get("conn")).get(connection);
    }
}
