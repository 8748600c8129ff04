package org.netchannel.specs.pictures;

import static java.util.stream.Collectors.toMap;

import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.netchannel.specs.engine.SpecAction;
import org.netchannel.specs.engine.SpecState;

/** What leads from one state of a small machine to another: an action, with the packet that arrives or leaves. */
final class Cause {
    private Cause() {}

    static String of(SpecAction action, SpecState before, SpecState after) {
        Object host = action.arguments().get("h");
        return switch (action.name()) {
            case "Arrive" -> "Arrive " + type(wires(before, host).get(action.arguments().get("n")), 0);
            case "PullPrompt", "PullFree" -> "Pull " + pulled(before, after);
            default -> action.name();
        };
    }

    private static String pulled(SpecState before, SpecState after) {
        for (Object host : ((Map<?, ?>) after.value("wire")).keySet()) {
            Map<Object, List<?>> then = wires(after, host);
            for (Object channel : then.keySet()) {
                int length = then.get(channel).size();
                if (length > wires(before, host).getOrDefault(channel, List.of()).size()) {
                    return type(then.get(channel), length - 1);
                }
            }
        }
        throw new IllegalStateException("no packet left a host");
    }

    private static String type(List<?> wire, int index) {
        return (String) ((Map<?, ?>) wire.get(index)).get("type");
    }

    @SuppressWarnings("unchecked") // the shapes are those of NetChannel.tla
    private static Map<Object, List<?>> wires(SpecState state, Object host) {
        Object wires = ((Map<?, ?>) state.value("wire")).get(host);
        // A function whose domain is 1..n is a sequence.
        return wires instanceof List<?> list
                ? IntStream.range(0, list.size()).boxed().collect(toMap(i -> i + 1, i -> (List<?>) list.get(i)))
                : (Map<Object, List<?>>) wires;
    }
}
